"""The message center of the demo has something in every tab, and what failed can be mended."""

import pytest
from django.utils import timezone

from accounts.enums import Reach
from accounts.operations.invitations import KIND, invite, revoke
from accounts.operations.messages import resend
from mentoring.console.demo.failures import lose_some
from mentoring.outbox.models import Message
from tests.factories import create_owner, inside
from tests.pairings.conftest import mails
from tests.programs.people.steps import deliver

__all__ = ["mails"]
pytestmark = pytest.mark.django_db


def test_some_invitations_fail_one_is_not_needed_and_the_rest_waits(mails):
    owner, now = create_owner(), timezone.now()
    names = [f"p{number}@example.org" for number in range(4)]
    with inside(owner.organization_id):
        *_, last = invite(emails=names, roles=[], reach=Reach.ORGANIZATION, actor=owner, now=now)
        revoke(invitation=last, actor=owner, now=now)
        for _ in range(2):
            lose_some(names[:2], names[3], now=now)
        rows = Message.objects.filter(kind=KIND).order_by("recipient")
        states = list(rows.values_list("state", "reason"))
    assert states == [
        ("quarantined", "refused"),
        ("quarantined", "address"),
        ("queued", ""),
        ("skipped", "withdrawn"),
    ]
    with inside(owner.organization_id):
        resend(message=rows[0], actor=owner, now=now)
    deliver(owner)
    assert sorted(each["To"] for each in mails()) == [names[0], names[2]]
