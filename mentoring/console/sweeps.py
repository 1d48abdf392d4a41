"""What a sweep did, for people and for programs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from mentoring.outbox.enums import State
from mentoring.outbox.sweeping import Swept

type Facts = dict[str, Any]

COLUMNS = {
    "sent": State.SENT,
    "skipped": State.SKIPPED,
    "expired": State.EXPIRED,
    "failed": State.QUARANTINED,
    "again": State.QUEUED,
}


def as_json(swept: Swept, *, at: datetime, dry_run: bool, names: Mapping[UUID, str]) -> Facts:
    """One row for each organization and kind, in the order of their names.

    ``again`` are those that failed and will be tried again. ``reasons`` counts why messages
    were skipped or failed.
    """
    rows = [
        row
        for organization_id in swept.ends
        for row in _rows(swept, organization_id, names.get(organization_id, ""))
    ]
    return {
        "at": at.isoformat(),
        "dry_run": dry_run,
        "stopped": swept.stopped,
        "rows": sorted(rows, key=lambda row: (row["organization"], row["kind"])),
        "total": {name: swept.total(state) for name, state in COLUMNS.items()},
    }


def _rows(swept: Swept, organization_id: UUID, name: str) -> list[Facts]:
    found: dict[str, Facts] = {}
    for (kind, end, reason), count in swept.ends[organization_id].items():
        empty = {"organization": name, "kind": kind, **dict.fromkeys(COLUMNS, 0), "reasons": {}}
        row = found.setdefault(kind, empty)
        column = next(each for each, state in COLUMNS.items() if state == end)
        row[column] += count
        if reason:
            row["reasons"][reason] = row["reasons"].get(reason, 0) + count
    return list(found.values())


def as_table(facts: Facts) -> str:
    """The same in columns, with a line that sums it up."""
    verb = "Would be settled" if facts["dry_run"] else "Settled"
    total = ", ".join(f"{count} {name}" for name, count in facts["total"].items())
    lines = [[*("organization", "kind"), *COLUMNS, "reasons"]]
    for row in facts["rows"]:
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(row["reasons"].items()))
        counts = [str(row[name]) for name in COLUMNS]
        lines.append([row["organization"], row["kind"], *counts, reasons])
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    table = [_line(line, widths) for line in lines] if facts["rows"] else []
    end = [f"{verb} at {facts['at']}: {total}."]
    stopped = ["Told to stop before all was done."] if facts["stopped"] else []
    return "\n".join([*table, *end, *stopped])


def _line(cells: list[str], widths: list[int]) -> str:
    """Numbers to the right, words to the left."""
    padded = [
        cell.rjust(width) if cell.isdecimal() else cell.ljust(width)
        for cell, width in zip(cells, widths, strict=True)
    ]
    return "  ".join(padded).rstrip()
