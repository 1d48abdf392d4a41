"""The question of an export, as the figures of pages know it."""

from dataclasses import replace

from django.db import transaction

from mentoring.reports.exporting.scope import Scope
from mentoring.reports.models import Snapshot
from mentoring.reports.queries import figures

MONTHS = figures.MONTHS


def question_of(scope: Scope) -> figures.Scope:
    """The same cohorts and people on the same day."""
    people = figures.People(
        department=next(iter(scope.departments), ""),
        location=next(iter(scope.locations), ""),
        grades=scope.grades,
    )
    snapshot = Snapshot.objects.get(pk=scope.snapshot_id)
    return figures.Scope(snapshot=snapshot, cohorts=scope.cohort_keys, people=people)


@transaction.atomic
def questions_over_time(scope: Scope) -> list[figures.Scope]:
    """The question at the ends of months before and on the day itself, the earliest first."""
    asked = question_of(scope)
    earlier = Snapshot.objects.filter(as_of__lt=scope.as_of, is_month_end=True)
    days = [*reversed(earlier.order_by("-as_of")[: MONTHS - 1]), asked.snapshot]
    return [replace(asked, snapshot=day) for day in days]
