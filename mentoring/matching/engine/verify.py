"""Checks an answer from nothing but the cohort and the rules, by another way than it was found.

Plain numpy, pair by pair through the definitions: no encoding, no pruning, no compiled code.
"""

import numpy as np

from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.cohort import Cohort
from mentoring.matching.engine.definitions import Definitions
from mentoring.matching.engine.result import CLOSED, Certificate
from mentoring.matching.engine.seals import inputs, seal
from mentoring.matching.engine.settings import Rules, Weights, floor_units

BLOCK = 2_000_000


class Verifier:
    """One answer to one question; `problems` says in words what is wrong with it."""

    def __init__(
        self, question: tuple[Cohort, Rules, Weights], pairs: Ints, certificate: Certificate
    ) -> None:
        self.cohort, self.rules, self.weights = question
        self.pairs, self.proof = pairs, certificate
        self.definitions = Definitions(*question)
        wide = len(self.cohort.mentors)
        self.number = pairs[:, 0] * wide + pairs[:, 1]
        self.locks = self.cohort.locks[:, 0] * wide + self.cohort.locks[:, 1]
        self.free = pairs[~np.isin(self.number, self.locks)]
        self.places = [self.room(column) for column in (0, 1)]
        self.used = [
            np.bincount(self.free[:, column], minlength=len(room))
            for column, room in enumerate(self.places)
        ]

    def room(self, column: int) -> Ints:
        """Places besides the locks; none while away."""
        people = (self.cohort.mentees, self.cohort.mentors)[column]
        locked = np.bincount(self.cohort.locks[:, column], minlength=len(people))
        return np.where(people.available, people.capacity - locked, 0)

    def problems(self) -> list[str]:
        shape = (len(self.cohort.mentees),), (len(self.cohort.mentors),)
        if (self.proof.u.shape, self.proof.v.shape) != shape:
            return ["The prices are not one per person."]
        found = [*self.seals(), *self.plan(), *self.prices(), *self.sums()]
        return found or self.all_pairs()

    def seals(self) -> list[str]:
        proof, found = self.proof, []
        if proof.inputs != inputs(self.cohort, self.rules, self.weights):
            found.append("The answer belongs to another question.")
        numbers = (proof.extra, proof.floor, proof.pairs, proof.score)
        if proof.seal != seal(self.pairs, (proof.u, proof.v), numbers, proof.inputs):
            found.append("The answer was changed after it was sealed.")
        return found

    def plan(self) -> list[str]:
        """The pairs keep the rules, the floor and the places, and hold the locks."""
        found = []
        if len(np.unique(self.number)) < len(self.number):
            found.append("A pair is there twice.")
        if not np.all(np.isin(self.locks, self.number)):
            found.append("A lock is missing.")
        mentees, mentors = self.free[:, 0], self.free[:, 1]
        if not np.all(self.definitions.fits(mentees, mentors)):
            found.append("A pair breaks a rule.")
        if np.any(self.definitions.scores(mentees, mentors) < self.proof.floor):
            found.append("A pair is below the least score.")
        if any(np.any(used > room) for used, room in zip(self.used, self.places, strict=True)):
            found.append("Somebody has more pairs than places.")
        return found

    def prices(self) -> list[str]:
        found = []
        sides = zip((self.proof.u, self.proof.v), self.places, self.used, strict=True)
        for price, room, used in sides:
            if np.any(price < 0) or np.any(price[room > 0] >= CLOSED):
                found.append("A price is out of range.")
            if np.any((price > 0) & (used < room)):
                found.append("Somebody with a free place has a price.")
        least = floor_units(self.rules)
        if self.proof.floor < least or (self.proof.floor > least and not self.rules.raise_worst):
            found.append("The least score is not the one of the rules.")
        if self.rules.most_people_first != (self.proof.extra > 0):
            found.append("The aim is not the one of the rules.")
        return found

    def sums(self) -> list[str]:
        """What was reached equals what the prices allow, as whole numbers."""
        proof = self.proof
        scores = self.definitions.scores(self.free[:, 0], self.free[:, 1])
        lifted = scores + proof.extra
        left = lifted - proof.u[self.free[:, 0]] - proof.v[self.free[:, 1]]
        bound = sum(
            int(np.sum(room[room > 0] * price[room > 0]))
            for room, price in zip(self.places, (proof.u, proof.v), strict=True)
        )
        found = []
        if np.any(left < 0):
            found.append("A pair is worth less than its prices.")
        if int(lifted.sum()) != bound + int(left.sum()):
            found.append("The pairs do not reach what the prices allow.")
        if (len(self.free), int(scores.sum())) != (proof.pairs, proof.score):
            found.append("The stated score is not the one of the pairs.")
        most = 4 * int(min(room.sum() for room in self.places)) * int(scores.max(initial=0))
        if 0 < proof.extra < most:
            found.append("A pair does not count enough.")
        return found

    def all_pairs(self) -> list[str]:
        """No pair that is not taken is worth more than its prices."""
        proof, wide = self.proof, len(self.cohort.mentors)
        taken = np.sort(np.concatenate([self.number, self.locks]))
        mentors = np.arange(wide)[None, :]
        step = max(1, BLOCK // wide)
        for low in range(0, len(proof.u), step):
            mentees = np.arange(low, min(low + step, len(proof.u)))[:, None]
            scores = self.definitions.scores(mentees, mentors)
            over = scores + proof.extra > proof.u[mentees] + proof.v[mentors]
            rows, columns = np.nonzero(over & (scores >= proof.floor))
            mine = ~np.isin((rows + low) * wide + columns, taken)
            rows, columns = rows[mine] + low, columns[mine]
            if np.any(self.definitions.fits(rows, columns)):
                return ["A pair that was left out is worth more than its prices."]
        return []


def verify(
    question: tuple[Cohort, Rules, Weights], pairs: Ints, certificate: Certificate
) -> list[str]:
    """What is wrong with an answer, in words; nothing if it is proven."""
    return Verifier(question, pairs, certificate).problems()
