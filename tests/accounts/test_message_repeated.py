"""A mail that was sent, sent once more because its reader says that it never came."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Action, Role
from accounts.models import AuditEvent, Member
from accounts.operations.invitations import KIND
from mentoring.lib.ids import uuid7
from mentoring.notices.models import TurnedOff
from mentoring.outbox.bells import bell_name
from mentoring.outbox.enums import Channel, Reason, State
from mentoring.outbox.models import Message
from programs.operations import announcements
from tests.accounts.test_message_log import NOON, create_done, create_message, create_sent, page_of
from tests.accounts.test_message_text import create_announcement, look
from tests.factories import create_invitation, create_member, create_owner, inside, login, url
from tests.notices.people import work

pytestmark = pytest.mark.django_db
QUESTION = "Send this mail once more?"
REFUSED = "This message was not sent again"


def create_mailed(owner, **fields):
    """An open invitation whose mail was sent."""
    invitation = create_invitation(owner)
    about = {"subject_id": invitation.pk, "occurrence": str(invitation.generation)}
    return create_sent(owner, invitation.email, **about, **fields)


def press(client, member, message, seen):
    address = url(member, "message_resend", message.pk)
    return login(client, member).post(address, {"seen": seen}, follow=True)


def press_shown(client, member, message):
    """Look, and press what is there."""
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', look(client, member, message).text)
    return press(client, member, message, seen)


def now_of(message):
    with inside(message.organization_id):
        return Message.objects.get(pk=message.pk)


def events_of(member) -> list[AuditEvent]:
    with inside(member.organization_id):
        return list(AuditEvent.objects.filter(action=Action.MESSAGE_RESENT))


def test_a_mail_that_was_sent_goes_out_once_more_after_a_question(client, mailoutbox):
    owner = create_owner()
    message = create_mailed(owner, due_on=NOON.date())
    page = look(client, owner, message).text
    assert QUESTION in page
    assert "A mailbox that has the first one may drop the second" in page

    answer = press_shown(client, owner, message)

    assert f"The message to {message.address} will be sent again in a moment." in answer.text
    waits = now_of(message)
    assert (waits.state, waits.attempts, waits.finished_at) == (State.QUEUED, 0, None)
    # It is not late, and no morning is meant any more.
    assert (waits.due_at, waits.due_on) == (waits.look_at, None)
    assert waits.due_at > NOON
    work(owner, at=timezone.now())
    (mail,) = mailoutbox
    assert str(message.pk) in mail.extra_headers["Message-ID"]
    assert now_of(message).state == State.SENT
    (event,) = events_of(owner)
    assert (event.actor_id, event.subject_id) == (owner.pk, message.pk)
    assert event.subject_name == message.address


def test_a_second_click_sends_nothing_also_when_a_worker_was_faster(client, mailoutbox):
    owner = create_owner()
    message = create_mailed(owner)
    seen = message.finished_at.isoformat()
    press(client, owner, message, seen)
    assert REFUSED in press(client, owner, message, seen).text
    work(owner, at=timezone.now())

    assert REFUSED in press(client, owner, message, seen).text

    work(owner, at=timezone.now())
    assert (len(mailoutbox), len(events_of(owner))) == (1, 1)
    press_shown(client, owner, message)
    work(owner, at=timezone.now())
    assert (len(mailoutbox), len(events_of(owner))) == (2, 2)


def test_what_nobody_needs_any_more_stays_sent(client):
    owner = create_owner()
    message = create_sent(owner, "ada@example.org")

    answer = press_shown(client, owner, message)

    assert "It was not sent again: it is not needed any more" in answer.text
    kept = now_of(message)
    assert (kept.state, kept.finished_at, kept.due_at) == (State.SENT, NOON, NOON)
    assert events_of(owner) == []


def test_who_has_turned_such_mails_off_since_gets_none(client):
    owner, message = create_announcement()
    work(owner, at=timezone.now())
    with inside(owner.organization_id):
        ada = Member.objects.get(name="Ada")
        TurnedOff.objects.create(member=ada, kind=announcements.KIND, way="mail")

    assert "not wanted as a mail" in press_shown(client, owner, message).text

    assert now_of(message).state == State.SENT


@pytest.mark.parametrize(
    "fields",
    [
        {"state": State.SKIPPED, "reason": Reason.WITHDRAWN},
        {"state": State.SKIPPED, "reason": Reason.PAUSED},
        {"state": State.EXPIRED},
    ],
)
def test_what_was_not_sent_is_not_sent_later_and_the_pages_say_why(client, fields):
    owner = create_owner()
    message = create_done(owner, "ada@example.org", **fields)
    why = "What was not sent is not sent later"
    page = look(client, owner, message).text
    assert (why in page, QUESTION in page) == (True, False)
    assert why in page_of(client, owner, "not_sent")

    assert REFUSED in press(client, owner, message, message.finished_at.isoformat()).text

    assert now_of(message).state == fields["state"]


def test_what_has_expired_since_is_not_sent_again(client):
    owner = create_owner()
    message = create_mailed(owner, expires_at=timezone.now() - timedelta(hours=1))
    page = look(client, owner, message).text
    assert ("its time has passed" in page, QUESTION in page) == (True, False)

    answer = press(client, owner, message, message.finished_at.isoformat())

    assert "This message has expired." in answer.text
    assert now_of(message).state == State.SENT


@pytest.mark.parametrize(
    "kind", ["feedback.survey", "checkins.prompt", "pairings.proposal", "gone"]
)
def test_nobody_finds_out_who_has_answered_by_sending_again(client, kind):
    owner = create_owner()
    message = create_sent(owner, "ada@example.org", kind=kind)
    page = look(client, owner, message).text
    assert ("Mails of this kind are not sent again" in page, QUESTION in page) == (True, False)

    assert REFUSED in press(client, owner, message, message.finished_at.isoformat()).text

    assert now_of(message).state == State.SENT


def test_bells_and_work_are_not_done_again(client):
    owner = create_owner()
    for kind in (bell_name(announcements.KIND), "pairings.expire"):
        done = {"kind": kind, "channel": Channel.EFFECT, "recipient": str(uuid7())}
        message = create_sent(owner, "", **done)
        assert "Send again" not in look(client, owner, message).text
        assert REFUSED in press(client, owner, message, message.finished_at.isoformat()).text
        assert now_of(message).state == State.SENT


def test_what_waits_does_not_become_due_by_asking(client):
    owner = create_owner()
    later = timezone.now() + timedelta(days=2)
    message = create_message(owner, kind=KIND, due_at=later, look_at=later)

    assert REFUSED in press(client, owner, message, "").text

    assert now_of(message).look_at == later


@pytest.mark.parametrize("roles", [[Role.HR_ANALYST], []])
def test_nobody_else_sends_it_again_and_strangers_find_nothing(client, roles):
    owner, stranger = create_owner(), create_owner()
    message = create_mailed(owner)
    seen = message.finished_at.isoformat()
    member = create_member(owner.organization, roles=roles)

    assert press(client, member, message, seen).status_code == 403
    assert press(client, stranger, message, seen).status_code == 404

    assert now_of(message).state == State.SENT
