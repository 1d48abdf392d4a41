"""Two admins who press the same button at the same moment."""

from django.utils import timezone

from accounts.enums import Action
from accounts.models import AuditEvent
from accounts.operations.messages import NotAgain, OtherNumber, resend, resend_all
from mentoring.outbox.models import Message
from tests.accounts.test_message_log import create_failed
from tests.accounts.test_message_repeated import create_mailed
from tests.factories import create_owner, inside
from tests.pairings.test_races import at_once


def test_two_who_press_at_once_send_once(committed_db):
    owner = create_owner()
    for number in range(5):
        create_failed(owner, f"p{number}@example.org")

    def press_it() -> str:
        messages = Message.objects.all()
        try:
            resend_all(messages=messages, expected=5, actor=owner, now=timezone.now())
        except OtherNumber:
            return "other"
        return "sent"

    assert at_once(owner.organization_id, press_it, press_it) == ["other", "sent"]
    with inside(owner.organization_id):
        events = AuditEvent.objects.filter(action=Action.MESSAGES_RESENT)
        assert [each.details for each in events] == [{"messages": 5}]


def test_two_who_repeat_the_same_mail_at_once_repeat_it_once(committed_db):
    owner = create_owner()
    message = create_mailed(owner)
    seen = message.finished_at.isoformat()

    def press_it() -> str:
        try:
            resend(message=message, actor=owner, now=timezone.now(), seen=seen)
        except NotAgain:
            return "other"
        return "sent"

    assert at_once(owner.organization_id, press_it, press_it) == ["other", "sent"]
    with inside(owner.organization_id):
        assert AuditEvent.objects.filter(action=Action.MESSAGE_RESENT).count() == 1
