"""Which messages belong to a cohort, and may be foretold to those who run it.

Messages know no cohort, so each floor says it for its own kinds. What no floor names here is
foretold to nobody: whatever is between two people, somebody's alone, or told in confidence.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from mentoring.outbox.outlook import Part, Planned
from programs.models import Cohort

type Plans = Callable[[Cohort, datetime, datetime], Sequence[Planned]]


def _nothing(cohort: Cohort, now: datetime, until: datetime) -> Sequence[Planned]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """Kinds of mail, and what they are about in a cohort: a query of keys.

    ``planned`` tells what will be decided before it is due, from a moment until another. With
    ``is_open`` it comes if there is something to tell by then, which nobody knows yet.
    """

    kinds: Sequence[str]
    subjects: Callable[[UUID], QuerySet[Any, UUID]]
    planned: Plans = _nothing
    is_open: bool = False


_foretold: list[Foretold] = []


def register_foretold(*kinds: Foretold) -> None:
    """Let those who run a cohort see these kinds ahead."""
    _foretold.extend(each for each in kinds if each not in _foretold)


def parts_of(cohort: Cohort, *, now: datetime, until: datetime) -> list[Part]:
    """The messages of the cohort that may be foretold."""
    return [
        Part(each.kinds, each.subjects(cohort.pk), each.planned(cohort, now, until), each.is_open)
        for each in _foretold
    ]


def foretold_kinds() -> Iterable[str]:
    """Every kind of mail that those who run a cohort may see ahead."""
    return [kind for each in _foretold for kind in each.kinds]
