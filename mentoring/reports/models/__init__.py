"""What reports are read from: how things stood at the end of a day, and what was ever told."""

from mentoring.reports.models.ledger import LedgerCell, LedgerPerson
from mentoring.reports.models.snapshot import CohortFigures, PairFigures, Seat, Snapshot

__all__ = [
    "CohortFigures",
    "LedgerCell",
    "LedgerPerson",
    "PairFigures",
    "Seat",
    "Snapshot",
]
