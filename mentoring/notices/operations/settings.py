"""Saying how one wants to hear of things."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from accounts.models import Member
from mentoring.notices.enums import DIGEST, Frequency, Way
from mentoring.notices.locks import hold_for_change
from mentoring.notices.models import Delivery, TurnedOff
from mentoring.notices.operations.digests import send_what_waits
from mentoring.notices.queries.readers import addresses_of
from mentoring.outbox.operations import look_again
from mentoring.tenancy.scope import within

type Wish = tuple[str, Way]


@transaction.atomic
def change_settings(
    *,
    member: Member,
    shown: Iterable[str],
    turned_off: Iterable[Wish],
    delivery: Mapping[str, Any],
    now: datetime,
) -> None:
    """Keep what the member chose on the page: which of the ``shown`` kinds are off, and when.

    Once this is committed no mail goes out that it turns away. What was put off is looked at
    again, and what waits for a summary goes out at once when there are to be none.
    """
    addresses = addresses_of(member)
    hold_for_change(addresses)
    # Whoever chooses how often summaries come wants them.
    TurnedOff.objects.filter(member=member, kind__in=[*shown, DIGEST]).delete()
    rows = [TurnedOff(member=member, kind=kind, way=way) for kind, way in turned_off]
    TurnedOff.objects.bulk_create(rows, ignore_conflicts=True)
    Delivery.objects.update_or_create(member=member, defaults=dict(delivery))
    has_summaries = delivery["digest"] != Frequency.NEVER
    # Not before: a worker who holds a mail waits for the addresses that we hold.
    transaction.on_commit(partial(_follow, member, addresses, has_summaries, now=now))


@transaction.atomic
def turn_off(*, member: Member, kind: str) -> None:
    """No more mails of the kind to the member. Twice is once."""
    hold_for_change(addresses_of(member))
    TurnedOff.objects.bulk_create(
        [TurnedOff(member=member, kind=kind, way=Way.MAIL)], ignore_conflicts=True
    )


@transaction.atomic
def turn_on(*, member: Member, kind: str) -> None:
    """Mails of the kind again."""
    hold_for_change(addresses_of(member))
    TurnedOff.objects.filter(member=member, kind=kind, way=Way.MAIL).delete()


def _follow(
    member: Member, addresses: Collection[str], has_summaries: bool, *, now: datetime
) -> None:
    with within(member.organization_id):
        look_again(recipients=addresses, now=now)
        if not has_summaries:
            send_what_waits(member_id=member.pk, now=now)
