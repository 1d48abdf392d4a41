"""What a coordinator sees about one pair."""

from dataclasses import dataclass

import numpy as np

from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.definitions import Definitions
from mentoring.matching.engine.result import Result


@dataclass(frozen=True)
class PairView:
    """One pair, taken or not."""

    parts: dict[str, int]  # units by feature
    broken: list[str]  # rules, if any
    rank_for_mentee: int  # 1 is the mentee's best allowed partner
    rank_for_mentor: int
    room: int  # score above the prices; below zero is what taking it would cost at least
    next_for_mentee: int | None  # least cost of the cheapest alternative
    next_for_mentor: int | None


def view(definitions: Definitions, result: Result, mentee: int, mentor: int) -> PairView:
    """All from scores and prices; nothing is solved."""
    proof, pairs = result.certificate, result.pairs
    one, other = np.array([mentee]), np.array([mentor])
    parts = {key: int(value[0]) for key, value in definitions.parts(one, other).items()}
    broken = [key for key, found in definitions.broken(one, other).items() if found[0]]
    mine = allowed(definitions, proof.floor, one, np.arange(len(proof.v)))
    theirs = allowed(definitions, proof.floor, np.arange(len(proof.u)), other)
    score = sum(parts.values())
    return PairView(
        parts,
        broken,
        1 + int(np.sum(mine > score)),
        1 + int(np.sum(theirs > score)),
        score + proof.extra - int(proof.u[mentee]) - int(proof.v[mentor]),
        alternative(
            mine,
            proof.u[mentee] + proof.v - proof.extra,
            [mentor, *pairs[pairs[:, 0] == mentee, 1]],
        ),
        alternative(
            theirs,
            proof.u + proof.v[mentor] - proof.extra,
            [mentee, *pairs[pairs[:, 1] == mentor, 0]],
        ),
    )


def allowed(definitions: Definitions, floor: int, mentees: Ints, mentors: Ints) -> Ints:
    """Scores of one person with everybody, -1 where a rule or the floor forbids."""
    scores = definitions.scores(mentees, mentors)
    return np.where(definitions.fits(mentees, mentors) & (scores >= floor), scores, -1)


def alternative(scores: Ints, prices: Ints, without: list[int]) -> int | None:
    """What a place with the cheapest other partner would cost the cohort at least."""
    other = np.setdiff1d(np.flatnonzero(scores >= 0), without)
    return int((prices - scores)[other].min()) if len(other) else None
