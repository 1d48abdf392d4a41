"""What a run gives back."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mentoring.matching.engine.arrays import Bools, Ints

if TYPE_CHECKING:
    # Who only reads or checks an answer needs no compiler.
    from mentoring.matching.engine.explain import Unmatched
    from mentoring.matching.engine.stability import Stability

CLOSED = 2**60  # the price of who has no place left


@dataclass(frozen=True)
class Certificate:
    """Prices that prove the pairs to be the best; anybody can check them."""

    u: Ints  # per mentee, lifted
    v: Ints  # per mentor
    extra: int  # what a pair counts besides its score
    floor: int  # least score of an allowed pair
    pairs: int  # without locks
    score: int  # of these pairs, in units
    inputs: str  # digest of everything that went in
    seal: str  # digest of this certificate and the pairs


@dataclass(frozen=True)
class Result:
    """Pairs as indexes into the cohort, sorted, with score and its parts in units."""

    pairs: Ints
    locked: Bools
    scores: Ints
    parts: dict[str, Ints]
    certificate: Certificate
    same_every_time: bool  # False if there were too many ties to look at all
    unmatched: "list[Unmatched]" = field(default_factory=list)
    stability: "Stability | None" = None
    worst_raised_to: int | None = None
    raising_cost: int = 0

    @property
    def score(self) -> int:
        return int(self.scores.sum())

    @property
    def worst(self) -> int:
        return int(self.scores.min()) if len(self.scores) else 0
