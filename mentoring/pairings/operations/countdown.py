"""Planning what the two of a pair hear when the end that they agreed on comes near.

Everything is planned when a pair begins, agrees on another end or goes on after a break; whether
it is still wanted is asked when it is due. Nothing ever ends by itself.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from accounts.models import Member
from accounts.mornings import Mornings
from mentoring.lib.clock import end_of
from mentoring.outbox.almanac import Morning
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.countdown import AHEAD, Mark, occasion_of
from mentoring.pairings.deadlines import REMINDER_LASTS
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import rhythm_of
from programs.enums import Side
from programs.post import address_of

ENDS_SOON = "pairings.ends_soon"
END_PASSED = "pairings.end_passed"
DAY, WEEK = timedelta(days=1), timedelta(days=7)

type Span = tuple[Morning, datetime]


def count_down(pairings: Iterable[Pairing], *, now: datetime) -> None:
    """Plan what both hear before the end and after it. Twice is once.

    Load the pairings with people.
    """
    found = [each for each in pairings if each.began_at]
    rhythms = rhythm_of(found)
    mornings = Mornings.here()
    plans: dict[tuple[str, Span], list[tuple[str, UUID, str]]] = {}
    for pairing in found:
        if not (ends_on := rhythms[pairing.pk].ends_on):
            continue
        for side in Side:
            member = pairing.person(side).member
            for mark, span in _spans(ends_on, member, mornings, now=now):
                kind = END_PASSED if mark == Mark.PASSED else ENDS_SOON
                occurrence = f"{side}@{occasion_of(mark, pairing, ends_on)}"
                message = address_of(member), pairing.pk, occurrence
                plans.setdefault((kind, span), []).append(message)
    for (kind, (morning, expires_at)), wanted in plans.items():
        enqueue_all(kind=kind, wanted=wanted, due_at=morning, expires_at=expires_at, now=now)


def _spans(
    ends_on: date, member: Member, mornings: Mornings, *, now: datetime
) -> Iterable[tuple[Mark, Span]]:
    """From when to when each mail is worth something; without those that come too late.

    Who has only just agreed on the end needs no mail about it.
    """
    over = end_of(ends_on, mornings.zone_of(member))
    month = mornings.on(ends_on - AHEAD[Mark.MONTH], member)
    week = mornings.on(ends_on - AHEAD[Mark.WEEK], member)
    if month.at > now + WEEK:
        yield Mark.MONTH, (month, week.at)
    if now < week.at < over:
        yield Mark.WEEK, (week, over)
    # After a break the end may be over already; then the two are left alone for a week.
    passed = mornings.on(ends_on + DAY, member)
    asked = passed if passed.at > now else mornings.after(now + WEEK, member)
    yield Mark.PASSED, (asked, asked.at + REMINDER_LASTS)
