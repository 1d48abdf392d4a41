"""What pages say about exports."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mentoring.reports.enums import UNFINISHED, ExportState
from mentoring.reports.exporting.facts import subject_of
from mentoring.reports.exporting.words import TROUBLES
from mentoring.reports.models import Export

PARTS = {
    "departments": _("Departments"),
    "locations": _("Locations"),
    "grades": _("Grades"),
}
TONES = {
    ExportState.QUEUED: "info",
    ExportState.RUNNING: "info",
    ExportState.DONE: "success",
    ExportState.FAILED: "danger",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An export with its tables in words, and how its state is to be seen."""

    export: Export
    title: str
    tone: str
    is_working: bool

    @property
    def trouble(self) -> Any:
        return TROUBLES.get(self.export.trouble, TROUBLES["failed"])

    @property
    def filters(self) -> list[tuple[Any, list[str]]]:
        """What narrows it to some people, by what it is called."""
        return [
            (name, self.export.filters[part])
            for part, name in PARTS.items()
            if self.export.filters.get(part)
        ]


def shown(export: Export) -> Shown:
    return Shown(
        export,
        subject_of(export),
        TONES.get(ExportState(export.state), "neutral"),
        export.state in UNFINISHED,
    )
