"""A solved cohort that one person leaves or joins, without solving it all again.

Everybody who may ever take part is scored once. Who is away has no place and a closed price, so
that nobody asks for them; leaving and joining change that, repair what was disturbed, and hold
only the prices that fell against the pairs outside the graph.
"""

from dataclasses import replace
from typing import Literal

import numpy as np

from mentoring.matching.engine import solve
from mentoring.matching.engine.arrays import Bools, Ints
from mentoring.matching.engine.auction import settle_rows
from mentoring.matching.engine.blas import one_thread
from mentoring.matching.engine.canonical import canonical
from mentoring.matching.engine.cohort import Cohort
from mentoring.matching.engine.engine import prepare, report
from mentoring.matching.engine.errors import UnknownPerson
from mentoring.matching.engine.graph import State
from mentoring.matching.engine.looking import Looker, Part, gather, once, unsettled
from mentoring.matching.engine.problem import Solved, Watch, check, more, optimum
from mentoring.matching.engine.result import CLOSED, Result
from mentoring.matching.engine.settings import Rules, Weights

Side = Literal["mentees", "mentors"]
SHUT = CLOSED >> 4


class Live:
    """The optimum of whoever is there now, proven after every change."""

    def __init__(self, cohort: Cohort, rules: Rules, weights: Weights) -> None:
        self.cohort, self.rules, self.weights = cohort, rules, weights
        self.there = {"mentees": cohort.mentees.available, "mentors": cohort.mentors.available}
        self.there = {side: there.copy() for side, there in self.there.items()}
        problem = prepare(self.everybody(), rules, weights, Watch())
        encoded = problem.encoded
        self.full = encoded.row_capacity, encoded.column_capacity
        self.problem = replace(
            problem,
            encoded=replace(
                encoded, row_capacity=self.full[0].copy(), column_capacity=self.full[1].copy()
            ),
        )
        solved = optimum(self.problem)
        self.graph, self.state = solved.graph, solved.state
        self.shut = np.full(len(self.full[0]), False), np.full(len(self.full[1]), False)
        self.looker = Looker(encoded, problem.kept, problem.floor, lambda *_: None, 1)
        for side, index in (("mentees", encoded.mentees), ("mentors", encoded.mentors)):
            for place in np.flatnonzero(~self.there[side][index]):
                self._close(0 if side == "mentees" else 1, int(place))
        self._mend()

    def everybody(self) -> Cohort:
        people = (self.cohort.mentees, self.cohort.mentors)
        sides = [replace(side, available=np.full(len(side), True)) for side in people]
        return replace(self.cohort, mentees=sides[0], mentors=sides[1])

    def leave(self, side: Side, person: int) -> None:
        """The person (an index into the cohort) takes part no more."""
        at, place = self._find(side, person)
        self.there[side][person] = False
        with one_thread():
            self._close(at, place)
            self._mend()

    def join(self, side: Side, person: int) -> None:
        """The person, who was away, takes part."""
        at, place = self._find(side, person)
        self.there[side][person] = True
        with one_thread():
            self._open(at, place)
            self._mend()

    def result(self, *, explain: bool = True) -> Result:
        """The same answer as a new run with the people who are there."""
        sides = [
            replace(people, available=self.there[side])
            for side, people in (
                ("mentees", self.cohort.mentees),
                ("mentors", self.cohort.mentors),
            )
        ]
        now = replace(self.cohort, mentees=sides[0], mentors=sides[1])
        check(self.problem, self.graph, self.state)
        solved = Solved(self.graph, self.state, cut=False)
        solved = canonical(now, self.problem, solved, self.rules.seed)
        question = now, self.rules, self.weights
        return report(question, self.problem, (solved, solved), explain=explain)

    def _find(self, side: Side, person: int) -> tuple[int, int]:
        at = 0 if side == "mentees" else 1
        index = (self.problem.encoded.mentees, self.problem.encoded.mentors)[at]
        found = np.flatnonzero(index == person)
        if not len(found):
            raise UnknownPerson("This person has no place to give or take.", (person,))
        return at, int(found[0])

    def _edges(self, at: int, place: int) -> Ints:
        graph = self.graph
        if at == 0:
            return np.arange(graph.start[place], graph.start[place + 1])
        low, high = graph.column_start[place], graph.column_start[place + 1]
        return graph.column_edge[low:high].astype(np.int64)

    def _close(self, at: int, place: int) -> None:
        self.problem.places[at][place] = 0
        self.state.taken[self._edges(at, place)] = 0
        (self.state.u, self.state.v)[at][place] = SHUT

    def _open(self, at: int, place: int) -> None:
        """Back at the lowest price that the graph allows."""
        self.problem.places[at][place] = self.full[at][place]
        edges = self._edges(at, place)
        others = self.state.v[self.graph.column[edges]] if at == 0 else None
        others = self.state.u[self.graph.row[edges]] if others is None else others
        price = (self.graph.weight[edges] - others).max(initial=0)
        (self.state.u, self.state.v)[at][place] = price

    def _mend(self) -> None:
        """Repair, and look at the pairs whose prices fell, until nothing is found.

        Of who was shut at the last proof, no pair outside the graph was looked at.
        """
        rows, columns = self.problem.places
        before = State(self.state.u.copy(), self.state.v.copy(), self.state.taken)
        solve.finish(self.graph, self.state, rows, columns, lambda: None)
        while True:
            fallen = (
                ((self.state.u < before.u) | self.shut[0]) & (rows > 0),
                ((self.state.v < before.v) | self.shut[1]) & (columns > 0),
            )
            if not self._outside(fallen):
                break
            settle_rows(self.graph, self.state)
            self.state.u[rows == 0] = SHUT
            solve.finish(self.graph, self.state, rows, columns, lambda: None)
        self.shut = rows == 0, columns == 0

    def _outside(self, fallen: tuple[Bools, Bools]) -> bool:
        """Whether pairs outside the graph are worth more than their prices; they are added."""
        prices = self.state._replace(u=self.state.u - self.problem.extra)
        parts: list[Part] = []
        if np.any(fallen[0]):
            parts += self.looker.look_at(self.graph, prices, fallen[0], 0)
        if np.any(fallen[1]):
            for group in (np.flatnonzero(prices.u >= 0), np.flatnonzero(prices.u < 0)):
                part = unsettled(self.problem.kept, prices, group, 0)
                part = part[0], part[1][fallen[1][part[1]]]
                jobs = self.looker.blocks(self.graph, prices, part, 0)
                parts += self.looker.run(jobs)
        found = gather(parts, prices, 0)
        found = once(found, found._replace(cut=found.cut[:0]), len(prices.v))
        self.graph, self.state = more(self.graph, self.state, found, self.problem.extra)
        return bool(np.any(found.excess > 0))
