"""The question of an export, as the figures of pages know it."""

from mentoring.reports.exporting.scope import Scope
from mentoring.reports.models import Snapshot
from mentoring.reports.queries import figures


def question_of(scope: Scope) -> figures.Scope:
    """The same cohorts and people on the same day."""
    people = figures.People(scope.departments, scope.locations, scope.grades)
    snapshot = Snapshot.objects.get(pk=scope.snapshot_id)
    return figures.Scope(snapshot=snapshot, cohorts=scope.cohort_keys, people=people)
