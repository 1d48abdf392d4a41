"""One mail a week to everybody who runs cohorts: keeping its schedules in step with roles."""

from datetime import date, datetime

from django.db import transaction

from mentoring.lib.recurrence import Every
from mentoring.outbox.schedules import Wanted, keep_exactly
from programs.queries.coordinators import who_may_run

WEEK = "meetings.week"
LABEL = "week"
MONDAY = date(2026, 1, 5)


@transaction.atomic
def keep_weeks(*, now: datetime) -> None:
    """Everybody whose role could make them run a cohort has a schedule, and nobody else.

    Whether there is a cohort to read about is asked each week. Costs little, and mends what was
    missed before.
    """
    people = who_may_run().values_list("pk", flat=True)
    wanted = [
        Wanted(person=each, subject_id=each, label=LABEL, every=Every.WEEK, anchor=MONDAY)
        for each in people
    ]
    keep_exactly(kind=WEEK, wanted=wanted, now=now)


def week_in(occurrence: str) -> date:
    """The Monday that an occurrence is named by."""
    return date.fromisoformat(occurrence.partition(":")[2])
