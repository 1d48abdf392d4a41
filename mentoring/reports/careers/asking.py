"""The whole question at once, for pages that need no ledger between."""

from collections.abc import Collection
from uuid import UUID

from mentoring.reports.careers.comparing import Comparison, compare
from mentoring.reports.careers.measures import Measure
from mentoring.reports.careers.reading import material_of
from mentoring.reports.models import Snapshot


def careers_of(cohorts: Collection[UUID], snapshot: Snapshot) -> list[Comparison]:
    """Both measures, of these cohorts, at the end of the snapshot's day. Four queries."""
    material = material_of(cohorts, snapshot)
    return [compare(measure, material) for measure in Measure]
