"""Why somebody has no partner, and what a pair is worth to both: from prices and scores."""

from dataclasses import dataclass, field

import numpy as np

from mentoring.matching.engine.arrays import Ints, Singles
from mentoring.matching.engine.cohort import Cohort
from mentoring.matching.engine.definitions import Definitions
from mentoring.matching.engine.encode import take_columns
from mentoring.matching.engine.kernel import kernel
from mentoring.matching.engine.problem import Problem, Solved
from mentoring.matching.engine.scoring import TILE_COLUMNS, product
from mentoring.matching.engine.settings import floor_units
from mentoring.matching.engine.tiles import finish_tile

ROWS = 256
MOST_GROUPS = 200


@dataclass(frozen=True)
class Unmatched:
    """One person without a partner.

    `reason` is “away”, “nobody” (no allowed partner), “shortage” (too few places for the people
    who need them), “outbid” (partners were worth more to others) or “spare” (a mentor whom
    everybody can do without).
    """

    side: str  # mentee or mentor
    person: int
    reason: str
    partners: int = 0  # allowed ones
    broken: dict[str, int] = field(default_factory=dict)  # partners lost to each rule
    relax: tuple[str, int] | None = None  # the one rule that would give most partners
    cost_people: int = 0  # what a place for this person would cost at least: fewer pairs…
    cost_score: int = 0  # …and less score
    people: int = 0  # of a shortage: so many people…
    places: int = 0  # …share so many places


Two = tuple[Ints, Ints]


@kernel
def weigh(tile: Singles, u: Ints, v: Ints, floor: int, partners: Two, cost: Two) -> None:
    """Count allowed partners and find the least a place would cost, for rows and columns."""
    for at in range(len(tile)):
        for j in range(tile.shape[1]):
            if tile[at, j] < floor:
                continue
            loss = u[at] + v[j] - np.int64(tile[at, j])
            partners[0][at] += 1
            partners[1][j] += 1
            cost[0][at] = min(cost[0][at], loss)
            cost[1][j] = min(cost[1][j], loss)


def weigh_all(problem: Problem, prices: tuple[Ints, Ints], rows: Ints, columns: Ints) -> list[Ints]:
    """Partners and least cost of these mentees and of these mentors, among each other."""
    encoded = problem.encoded
    most = np.iinfo(np.int64).max
    partners = np.zeros(len(rows), np.int64), np.zeros(len(columns), np.int64)
    cost = np.full(len(rows), most), np.full(len(columns), most)
    right, side = take_columns(encoded, columns)
    buffer = np.empty(ROWS * TILE_COLUMNS, np.float32)
    common = np.zeros(TILE_COLUMNS, np.uint64)
    for low in range(0, len(rows), ROWS):
        problem.watch.tell("explaining", low, len(rows))
        chosen = rows[low : low + ROWS]
        for first in range(0, len(columns), TILE_COLUMNS):
            part = columns[first : first + TILE_COLUMNS]
            tile = product(encoded.left[chosen], right[first : first + len(part)], buffer)
            finish_tile(tile, chosen, first, (encoded.rows, side, encoded.limits), common)
            here, there = slice(low, low + len(chosen)), slice(first, first + len(part))
            u, v = prices[0][chosen] - problem.extra, prices[1][part]
            counts, costs = ((pair[0][here], pair[1][there]) for pair in (partners, cost))
            weigh(tile, u, v, problem.floor, counts, costs)
    return [partners[0], partners[1], cost[0], cost[1]]


def unmatched(
    cohort: Cohort, definitions: Definitions, problem: Problem, solved: Solved
) -> list[Unmatched]:
    """Everybody without a partner (locks count as partners), with the reason."""
    problem.watch.tell("explaining")
    encoded, prices = problem.encoded, (solved.state.u, solved.state.v)
    taken = solved.taken
    every = [np.arange(len(side)) for side in (encoded.mentees, encoded.mentors)]
    people = [
        np.setdiff1d(np.setdiff1d(every[at], taken[at]), place(locked, cohort.locks[:, at]))
        for at, locked in enumerate((encoded.mentees, encoded.mentors))
    ]
    shortages = Shortages(problem, solved)
    found = away(cohort)
    for at, side in enumerate(("mentee", "mentor")):
        pair = (people[0], every[1]) if at == 0 else (every[0], people[1])
        weighed = weigh_all(problem, prices, *pair)
        index = encoded.mentees if at == 0 else encoded.mentors
        for order, who in enumerate(people[at]):
            partners, cost = int(weighed[at][order]), int(weighed[2 + at][order])
            person = int(index[who])
            if not partners:
                found.append(nobody(definitions, side, person))
            else:
                group = shortages.of(int(who)) if side == "mentee" else None
                found.append(lost(problem.extra, (side, person), partners, cost, group))
    return found


def place(chosen: Ints, locked: Ints) -> Ints:
    return np.flatnonzero(np.isin(chosen, locked))


def away(cohort: Cohort) -> list[Unmatched]:
    return [
        Unmatched(side, int(person), "away")
        for side, people, column in (
            ("mentee", cohort.mentees, 0),
            ("mentor", cohort.mentors, 1),
        )
        for person in np.setdiff1d(np.flatnonzero(~people.available), cohort.locks[:, column])
    ]


def lost(
    extra: int,
    who: tuple[str, int],
    partners: int,
    cost: int,
    group: tuple[int, int] | None,
) -> Unmatched:
    """Allowed partners there are, but no place."""
    pairs = (cost + extra // 2) // extra if extra else 0
    reason = "shortage" if group else ("outbid" if who[0] == "mentee" else "spare")
    size = group or (0, 0)
    return Unmatched(
        *who,
        reason,
        partners,
        cost_people=pairs,
        cost_score=cost - pairs * extra,
        people=size[0],
        places=size[1],
    )


def nobody(definitions: Definitions, side: str, person: int) -> Unmatched:
    """No allowed partner: what stands in the way, and which single rule most of all.

    Who has partners under the rules' own least score has lost them to better pairs.
    """
    others = len(definitions.cohort.mentors if side == "mentee" else definitions.cohort.mentees)
    one, all_ = np.array([person]), np.arange(others)
    pair = (one, all_) if side == "mentee" else (all_, one)
    broken = definitions.broken(*pair)
    broken["score"] = definitions.scores(*pair) < floor_units(definitions.rules)
    present = ~broken.pop("away")
    many = sum(found.astype(np.int64) for found in broken.values())
    partners = int(np.sum(present & (many == 0)))
    if partners:
        return Unmatched(side, person, "outbid" if side == "mentee" else "spare", partners)
    counts = {name: int(np.sum(found & present)) for name, found in broken.items()}
    alone = {name: int(np.sum(found & present & (many == 1))) for name, found in broken.items()}
    best = max(alone, key=lambda name: alone[name])
    relax = (best, alone[best]) if alone[best] else None
    return Unmatched(side, person, "nobody", 0, {k: n for k, n in counts.items() if n}, relax)


class Shortages:
    """Groups of mentees who have too few places among them, read off the prices.

    Where most people come first, a mentor's price near the lift means that every place is
    needed by mentees who have nowhere else to go; those mentees' own prices are near zero.
    """

    def __init__(self, problem: Problem, solved: Solved) -> None:
        self.problem, half = problem, problem.extra // 2
        state = solved.state
        self.rows = np.flatnonzero(state.u < half)
        self.columns = np.flatnonzero(state.v >= half) if half else np.zeros(0, np.int64)
        row, column = solved.taken
        here = np.isin(row, self.rows) & np.isin(column, self.columns)
        self.holds = (
            np.searchsorted(self.rows, row[here]),
            np.searchsorted(self.columns, column[here]),
        )
        self.groups = 0
        self.allowed: np.ndarray | None = None

    def of(self, row: int) -> tuple[int, int] | None:
        """How many people share how many places, starting from this mentee."""
        if not len(self.columns) or row not in self.rows:
            return None
        places = self.problem.encoded.column_capacity[self.columns]
        self.groups += 1
        if len(self.rows) * len(self.columns) > 10_000_000 or self.groups > MOST_GROUPS:
            return len(self.rows), int(places.sum())
        allowed = self.table()
        reached = np.zeros(len(self.rows), np.bool_)
        reached[np.searchsorted(self.rows, row)] = True
        while True:
            wanted = np.any(allowed[reached], axis=0)
            holders = self.holds[0][wanted[self.holds[1]]]
            if np.all(reached[holders]):
                short = np.any(allowed, axis=1) & ~np.any(allowed[:, ~wanted], axis=1)
                return int(short.sum()), int(places[wanted].sum())
            reached[holders] = True

    def table(self) -> np.ndarray:
        """Which of these mentees may have which of these mentors."""
        if self.allowed is None:
            encoded = self.problem.encoded
            right, side = take_columns(encoded, self.columns)
            tile = np.asarray(encoded.left[self.rows] @ right.T)
            sides = (encoded.rows, side, encoded.limits)
            finish_tile(tile, self.rows, 0, sides, np.zeros(len(right), np.uint64))
            self.allowed = tile >= self.problem.floor
        return self.allowed
