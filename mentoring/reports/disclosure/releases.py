"""Answers that are released to those who run a cohort, in the ledger like everything told.

Each question is a measure of its own: nobody's answer to one adds to a figure of another.
"""

from datetime import datetime
from uuid import UUID

from accounts.models import Organization
from mentoring.feedback.ledger import Candidate, keep_ledger
from mentoring.lib.clock import day_at, zone_named
from mentoring.reports.disclosure.cells import Cell
from mentoring.reports.disclosure.ledger import tell
from mentoring.reports.disclosure.scopes import Dimension, Reach, Scope

PREFIX = "answers:"


def measure_of(question_id: UUID) -> str:
    return f"{PREFIX}{question_id}"


def question_of(measure: str) -> UUID | None:
    """The question whose answers the measure tells of, if it tells of any."""
    return UUID(measure.removeprefix(PREFIX)) if measure.startswith(PREFIX) else None


def is_told(candidate: Candidate, now: datetime) -> bool:
    """Decide, and write down what was decided. What was refused today is refused until tomorrow."""
    whole = Scope(Reach.COHORT, candidate.cohort_id)
    parts = (Dimension.SIDE, candidate.side.value), (Dimension.BATCH, str(candidate.number))
    cell = Cell(
        str(whole.within(*parts)),
        candidate.members,
        candidate.least,
        lambda: {"answers": candidate.answers},
    )
    today = day_at(now, zone_named(Organization.objects.get().time_zone))
    (decided,) = tell(measure_of(candidate.question_id), [cell], as_of=today, now=now)
    return decided.is_told


keep_ledger(is_told)
