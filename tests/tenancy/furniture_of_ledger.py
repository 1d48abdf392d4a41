"""Rows of the release ledger, for tests of isolation."""

from datetime import datetime

from mentoring.lib.ids import uuid7
from mentoring.reports.disclosure.cells import Cell
from mentoring.reports.disclosure.ledger import tell
from mentoring.reports.disclosure.scopes import Dimension, Reach, Scope


def furnish_ledger(name: str, *, at: datetime) -> None:
    """A figure that is told of five people, and one that is not, of four of them."""
    whole = Scope(Reach.ORGANIZATION)
    people = frozenset(uuid7() for _ in range(5))
    few = frozenset(sorted(people)[:4])
    cells = [
        Cell(str(whole), people, 5, lambda: {"mean": 1.5, "name": name}),
        Cell(str(whole.within((Dimension.DEPARTMENT, name))), few, 5, dict),
    ]
    tell("mentor_growth", cells, as_of=at.date(), now=at)
