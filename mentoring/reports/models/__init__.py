"""What reports are read from: how things stood at the end of a day, and what was ever told."""

from mentoring.reports.models.export import (
    Export,
    ExportPiece,
    ExportSchedule,
    ScheduleRecipient,
)
from mentoring.reports.models.ledger import LedgerCell, LedgerKey, LedgerPerson
from mentoring.reports.models.snapshot import CohortFigures, PairFigures, Seat, Snapshot

__all__ = [
    "CohortFigures",
    "Export",
    "ExportPiece",
    "ExportSchedule",
    "LedgerCell",
    "LedgerKey",
    "LedgerPerson",
    "PairFigures",
    "ScheduleRecipient",
    "Seat",
    "Snapshot",
]
