"""Deciding what is told about groups, once and for all, and writing it down."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from mentoring.reports.disclosure.cells import Cell, Told
from mentoring.reports.disclosure.kernel import Family, Verdict
from mentoring.reports.disclosure.people import held_key, places_of
from mentoring.reports.models import LedgerCell

type Rows = NDArray[np.bool_]


@transaction.atomic
def tell(measure: str, cells: Sequence[Cell], *, as_of: date, now: datetime) -> list[Told]:
    """Decide these figures in their order, and write down those that are told, in scope.

    What was decided before for the same measure, day and scope stays, whatever is asked now. All
    that was ever told of the measure counts, of whichever day. Measures are independent: no two
    of them may tell of the same answers. Call it while no member is in scope.
    """
    key = held_key()
    asked = [each.scope for each in cells]
    rows = LedgerCell.objects.filter(measure=measure, as_of=as_of, scope__in=asked)
    decided = {each.scope: each for each in rows}
    fresh = [each for each in cells if each.scope not in decided]
    if fresh:
        verdicts = _decide(measure, fresh, key=key)
        made = [
            LedgerCell(measure=measure, scope=cell.scope, as_of=as_of, decided_at=now, **outcome)
            for cell, outcome in zip(fresh, verdicts, strict=True)
        ]
        decided |= {each.scope: each for each in LedgerCell.objects.bulk_create(made)}
    return [Told.of(decided[each]) for each in asked]


def _decide(measure: str, cells: Sequence[Cell], *, key: bytes) -> list[Mapping[str, object]]:
    """What to write down of each cell."""
    told = LedgerCell.objects.told().filter(measure=measure).order_by()
    before = list({bytes(each) for each in told.values_list("members", flat=True)})
    everybody = frozenset().union(*(each.members for each in cells))
    places = places_of(everybody, key=key)
    width = max([8 * len(each) for each in before] + [each + 1 for each in places.values()] + [1])
    family = Family(_rows(before, width))
    return [_outcome(each, _row(each.members, places, width), family) for each in cells]


def _outcome(cell: Cell, row: Rows, family: Family) -> Mapping[str, object]:
    verdict = family.decide(row, least=cell.least)
    if verdict != Verdict.OK:
        return {"refusal": str(verdict), "members": b"", "people": 0}
    return {
        "members": np.packbits(row).tobytes().rstrip(b"\0"),
        "people": len(cell.members),
        "value": cell.value(),
    }


def _row(members: Iterable[UUID], places: Mapping[UUID, int], width: int) -> Rows:
    row = np.zeros(width, dtype=bool)
    row[[places[each] for each in members]] = True
    return row


def _rows(stored: Sequence[bytes], width: int) -> Rows:
    """Rows as long as there are places; what is stored ends with the last one who is in it."""
    rows = np.zeros((len(stored), width), dtype=bool)
    for row, members in zip(rows, stored, strict=True):
        bits = np.unpackbits(np.frombuffer(members, dtype=np.uint8))
        row[: len(bits)] = bits
    return rows
