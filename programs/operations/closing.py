"""Telling those who run a cohort how it stands before enrollment closes."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from accounts.mornings import Mornings
from accounts.queries.calendar import Hours, working_hours
from mentoring.lib.clock import day_at, end_of, instant, zone_named
from mentoring.outbox.almanac import Morning
from mentoring.outbox.operations import enqueue_all
from mentoring.outbox.outlook import Planned
from programs.models import Cohort
from programs.operations.reminders import EARLIEST, look_at
from programs.post import address_of
from programs.queries.cohort_invitations import is_inviting
from programs.queries.coordinators import runners_of

PLAN = "programs.enrollment_ends"
KIND = "programs.enrollment_closing"
DAYS_BEFORE = 5


class When(StrEnum):
    """The two mornings: while something can still be done, and the last one."""

    EARLY = "early"
    LAST = "last"


def occurrence_for(when: When, closes: date) -> str:
    """Names the mail of a morning before a closing day; another day makes another mail."""
    return f"{when}:{closes.isoformat()}"


def when_of(occurrence: str) -> When:
    return When(occurrence.partition(":")[0])


def day_of(occurrence: str) -> date:
    """The closing day that a mail was planned for."""
    return date.fromisoformat(occurrence.partition(":")[2])


def plan(*, cohort: Cohort, now: datetime) -> None:
    """Plan a look at the cohort for each of the mornings; call it when the day may be another one.

    Who runs the cohort is found out on that day. A moment that is past is left out.
    """
    closes = cohort.enrollment_closes_on
    if closes is None:
        return
    hours = working_hours()
    for when in When:
        day = _day_for(when, closes, hours)
        due_at = instant(day, hours.reminder_hour, zone_named(EARLIEST))
        look_at(PLAN, cohort, occurrence_for(when, closes), due_at=due_at, now=now)


@transaction.atomic
def announce(looks: Iterable[tuple[Cohort, str]], *, now: datetime) -> None:
    """On the day: a mail to everybody who runs the cohort, at the hour where the person is."""
    found = list(looks)
    mornings = Mornings.here()
    zone = zone_named(mornings.organization.time_zone)
    runners = runners_of({cohort.program_id for cohort, _ in found})
    plans: dict[tuple[Morning, datetime], list[tuple[str, UUID, str]]] = {}
    for cohort, occurrence in found:
        closes = day_of(occurrence)
        day = _day_for(when_of(occurrence), closes, mornings.hours)
        for member in runners[cohort.program_id]:
            span = mornings.soonest(day, member, now=now), end_of(closes, zone)
            message = address_of(member), cohort.pk, occurrence
            plans.setdefault(span, []).append(message)
    for (morning, expires_at), wanted in plans.items():
        enqueue_all(kind=KIND, wanted=wanted, due_at=morning, expires_at=expires_at, now=now)


def foretell(cohort: Cohort, now: datetime, until: datetime) -> list[Planned]:
    """What `announce` would send as things stand, on the mornings that are still ahead."""
    closes, zone = cohort.enrollment_closes_on, zone_named(cohort.organization.time_zone)
    if closes is None or not is_inviting(cohort, today=day_at(now, zone)):
        return []
    mornings = Mornings(cohort.organization, working_hours())
    hour = mornings.hours.reminder_hour
    days = {when: _day_for(when, closes, mornings.hours) for when in When}
    ahead = {
        when: day
        for when, day in days.items()
        if now < instant(day, hour, zone_named(EARLIEST)) <= until
    }
    runners = runners_of([cohort.program_id])[cohort.program_id] if ahead else []
    return [
        Planned(
            kind=KIND,
            recipient=address_of(member),
            subject_id=cohort.pk,
            occurrence=occurrence_for(when, closes),
            due_at=mornings.on(day, member).at,
            expires_at=end_of(closes, zone),
        )
        for when, day in ahead.items()
        for member in runners
    ]


def _day_for(when: When, closes: date, hours: Hours) -> date:
    """A working week before, when people can still be won; and the last working day before."""
    return hours.working.days_before(closes, DAYS_BEFORE if when == When.EARLY else 1)
