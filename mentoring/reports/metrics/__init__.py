"""The metric dictionary: every number that reports show, by name, with what it means.

Pages, exports and PDFs read numbers from here and from nowhere else, so that a name means the
same everywhere. A number is a numerator, or a numerator over a denominator; both are sums over
rows of one snapshot, so that cohorts add up to programs and programs to the organization.
"""

from collections.abc import Iterable

from mentoring.reports.metrics.entries import Direction, Metric, Rows, Topic, Unit
from mentoring.reports.metrics.meetings import GOALS, MEETINGS, TIMES
from mentoring.reports.metrics.pairs import PAIRS
from mentoring.reports.metrics.people import PEOPLE

METRICS = {each.key: each for each in (*PEOPLE, *PAIRS, *MEETINGS, *TIMES, *GOALS)}
FUNNEL = ("invited", "enrolled", "ready", "matched_ever", "met", "people_active")


def metrics_of(rows: Rows) -> Iterable[Metric]:
    """Those that are sums over such rows."""
    return (each for each in METRICS.values() if each.rows == rows)


__all__ = ["FUNNEL", "METRICS", "Direction", "Metric", "Rows", "Topic", "Unit", "metrics_of"]
