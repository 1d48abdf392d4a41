"""Asking whether a group of people may be told of, next to all that was told before.

The ledger of what was told (ADR 12) is on a floor above and says so by `keep_ledger`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from programs.enums import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Answers of one side of a cohort to one question: the ``number``-th batch, if it is told.

    ``least`` is from how many people on such a figure is told, and ``answers`` how many there
    are: who has two partners answers twice.
    """

    question_id: UUID
    cohort_id: UUID
    side: Side
    number: int
    members: frozenset[UUID]
    answers: int
    least: int


type Ledger = Callable[[Candidate, datetime], bool]


class _Kept:
    by: Ledger | None = None


def keep_ledger(ledger: Ledger) -> None:
    """Let this one decide, and write down what it let through."""
    _Kept.by = ledger


def may_be_told(candidate: Candidate, *, now: datetime) -> bool:
    """Whether nobody stands out; if so, it counts as told from then on.

    Call it in the transaction that tells, while no member is in scope. Raises LookupError when
    nobody keeps a ledger: nothing is told unseen.
    """
    if _Kept.by is None:
        raise LookupError("Nobody keeps a ledger of what is told.")
    return _Kept.by(candidate, now)
