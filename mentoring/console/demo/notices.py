"""What the bell tells the people of the demo, and somebody who likes one mail a week best."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from accounts.models import Member
from accounts.reaching import address_of
from mentoring.notices.enums import Frequency
from mentoring.notices.operations.notices import mark_read
from mentoring.notices.operations.settings import change_settings
from mentoring.notices.queries.notices import notices_of
from mentoring.outbox.bells import SUFFIX
from mentoring.outbox.models import Message
from mentoring.outbox.registry import effect_kind
from mentoring.tenancy.scope import within

MOST = 12


def ring_bells(members: Iterable[Member], *, now: datetime) -> None:
    """Do what a worker would do next for these people; when it comes, it changes nothing.

    The oldest notice of each was read. Call it while no member is in scope.
    """
    for member in members:
        _ring(member, now=now)
        with within(member.organization_id, member_id=member.pk):
            if oldest := notices_of(member).last():
                mark_read(notice=oldest, now=now)


def prefer_summaries(member: Member, *, now: datetime) -> None:
    """One mail a week, and none in the evening."""
    change_settings(
        member=member,
        shown=[],
        turned_off=[],
        delivery={"digest": Frequency.WEEKLY, "spares_free_days": True},
        now=now,
    )


def _ring(member: Member, *, now: datetime) -> None:
    rows = Message.objects.filter(kind__endswith=SUFFIX, recipient=address_of(member).lower())
    due = rows.filter(due_at__lte=now).order_by("kind", "created_at", "pk")[:MOST]
    for name, same in groupby(due, key=attrgetter("kind")):
        kind, messages = effect_kind(name), list(same)
        unwanted = kind.unwanted(messages, now)
        kind.apply([each for each in messages if each.pk not in unwanted], now)
