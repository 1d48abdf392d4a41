"""Rows of the release ledger, for tests of isolation."""

from datetime import datetime
from uuid import UUID

from mentoring.reports.disclosure.cells import Cell
from mentoring.reports.disclosure.ledger import tell
from mentoring.reports.disclosure.scopes import WHOLE
from mentoring.reports.models import LedgerCell


def furnish_ledger(name: str, members: frozenset[UUID], *, at: datetime) -> None:
    """A figure that was told and one that was not; call it while no member is in scope.

    An organization of tests has too few people for a group, so the first is told anyway.
    """
    cells = [Cell(WHOLE, members, 1, lambda: {"mean": 1, "name": name})]
    tell("mentor_growth", cells, as_of=at.date(), now=at)
    LedgerCell.objects.create(
        measure="mentor_growth",
        scope=f'["program","{name}"]',
        as_of=at.date(),
        people=0,
        members=b"",
        refusal="too_few",
        decided_at=at,
    )
