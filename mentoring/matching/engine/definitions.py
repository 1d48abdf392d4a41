"""Rules and scores pair by pair, in plain numpy: what the fast path must agree with.

`mentees` and `mentors` are index arrays that are broadcast against each other, so that a list
of pairs and a block of a table are the same call.
"""

import numpy as np

from mentoring.matching.engine.arrays import Bools, Ints
from mentoring.matching.engine.cohort import Cohort
from mentoring.matching.engine.features import (
    ENOUGH_HALF_HOURS,
    choice_units,
    distance,
    has_text,
    hours_step,
    pack,
    seniority_fits,
    seniority_units,
    text_levels,
    topic_shares,
    topic_strengths,
)
from mentoring.matching.engine.settings import POINT, Rules, Weights, units

RULES = (
    "away",
    "same person",
    "seniority",
    "chain",
    "same manager",
    "department",
    "language",
    "topic",
    "form",
    "blocked",
    "earlier",
)


def equal(left: Ints, right: Ints) -> Bools:
    return np.asarray((left == right) & (left >= 0))


class Definitions:
    """The rules and features of one cohort."""

    def __init__(self, cohort: Cohort, rules: Rules, weights: Weights) -> None:
        self.cohort, self.rules, self.units = cohort, rules, units(weights)
        a, b = cohort.mentees, cohort.mentors
        self.words = {
            name: (pack(left), pack(right))
            for name, left, right in (
                ("topic", a.topics > 0, b.topics > 0),
                ("language", a.languages, b.languages),
                ("form", a.forms, b.forms),
                ("hours", a.hours, b.hours),
            )
        }
        self.shares = topic_shares(a.topics, self.units["topics"])
        self.strengths = topic_strengths(b.topics)
        self.texts = (
            text_levels(a.text, len(a), self.units["text"]),
            text_levels(b.text, len(b), self.units["text"]),
        )
        self.tables = {
            "blocked": self._table(cohort.blocks, None),
            "earlier": self._table(cohort.earlier, None),
            "proposed": self._table(cohort.proposed, None),
            "mentee": self._table(cohort.mentee_choices, self.units["choices"]),
            "mentor": self._table(cohort.mentor_choices, self.units["choices"]),
        }

    def _table(self, pairs: Ints, worth: int | None) -> tuple[Ints, Ints]:
        """Sorted pair numbers and what each is worth."""
        number = pairs[:, 0] * len(self.cohort.mentors) + pairs[:, 1]
        value = np.ones(len(pairs), np.int64)
        if worth is not None:
            value = choice_units(pairs[:, 2], worth)
        order = np.argsort(number, kind="stable")
        return number[order], value[order]

    def _look_up(self, name: str, mentees: Ints, mentors: Ints) -> Ints:
        numbers, values = self.tables[name]
        asked = mentees * len(self.cohort.mentors) + mentors
        if not len(numbers):
            return np.zeros(asked.shape, np.int64)
        at = np.minimum(np.searchsorted(numbers, asked), len(numbers) - 1)
        return np.where(numbers[at] == asked, values[at], 0)

    def _shared(self, name: str, mentees: Ints, mentors: Ints) -> Ints:
        """How many bits two people have in common."""
        left, right = self.words[name]
        total = np.zeros(np.broadcast(mentees, mentors).shape, np.int64)
        for mine, theirs in zip(left, right, strict=True):
            total += np.bitwise_count(mine[mentees] & theirs[mentors])
        return total

    def _above(self, low: Ints, high: Ints) -> Bools:
        """Whether the member `high` is in the chain over `low`."""
        managers, found = self.cohort.managers, np.zeros(np.broadcast(low, high).shape, np.bool_)
        now = managers[low]
        while np.any(now >= 0):
            found |= equal(now, high)
            now = np.where(now >= 0, managers[now], -1)
        return found

    def broken(self, mentees: Ints, mentors: Ints) -> dict[str, Bools]:
        """Which rules each pair breaks."""
        a, b, rules, managers = (
            self.cohort.mentees,
            self.cohort.mentors,
            self.rules,
            self.cohort.managers,
        )
        left, right = a.member[mentees], b.member[mentors]
        nothing = np.zeros(np.broadcast(mentees, mentors).shape, np.bool_)
        far = distance(a.grade[mentees], b.grade[mentors], rules)

        def apart(name: str, asked: bool) -> Bools:
            return self._shared(name, mentees, mentors) == 0 if asked else nothing

        return {
            "away": ~(a.available[mentees] & b.available[mentors]),
            "same person": equal(left, right),
            "seniority": ~seniority_fits(far, rules),
            "chain": self._above(left, right) | self._above(right, left),
            "same manager": equal(managers[left], managers[right]),
            "department": equal(a.department[mentees], b.department[mentors])
            if rules.other_department
            else nothing,
            "language": apart("language", rules.common_language),
            "topic": apart("topic", rules.common_topic),
            "form": apart("form", rules.common_form),
            "blocked": self._look_up("blocked", mentees, mentors) > 0,
            "earlier": nothing
            if rules.earlier_pairs_again
            else self._look_up("earlier", mentees, mentors) > 0,
        }

    def parts(self, mentees: Ints, mentors: Ints) -> dict[str, Ints]:
        """The score of each pair by feature, in units; "bonus" is for pairs shown before."""
        a, b, worth = self.cohort.mentees, self.cohort.mentors, self.units
        none = np.zeros(np.broadcast(mentees, mentors).shape, np.int64)
        far = distance(a.grade[mentees], b.grade[mentors], self.rules)
        first, other = a.first_language[mentees], b.first_language[mentors]
        half = worth["languages"] // 2
        hours = np.minimum(self._shared("hours", mentees, mentors), ENOUGH_HALF_HOURS)
        chosen = [self._look_up(side, mentees, mentors) for side in ("mentee", "mentor")]
        both = has_text(a)[mentees] * has_text(b)[mentors]
        return {
            "topics": none + dot(self.shares, self.strengths, mentees, mentors),
            "seniority": none + seniority_units(far, self.rules, worth["seniority"]),
            "department": worth["department"]
            * ~equal(a.department[mentees], b.department[mentors]),
            "location": worth["location"] * ~equal(a.location[mentees], b.location[mentors]),
            "hours": hours_step(worth["hours"]) * hours,
            "languages": half * ((first >= 0) & b.languages[mentors, first])
            + half * ((other >= 0) & a.languages[mentees, other]),
            "form": worth["form"] * (self._shared("form", mentees, mentors) > 0),
            "choices": chosen[0] + chosen[1],
            "text": none + worth["text"] // 2 * both + dot(*self.texts, mentees, mentors),
            "bonus": self._look_up("proposed", mentees, mentors)
            * round(self.rules.bonus_for_proposed * POINT),
        }

    def scores(self, mentees: Ints, mentors: Ints) -> Ints:
        return np.asarray(sum(self.parts(mentees, mentors).values()), dtype=np.int64)

    def fits(self, mentees: Ints, mentors: Ints) -> Bools:
        return np.asarray(~np.logical_or.reduce(list(self.broken(mentees, mentors).values())))


def dot(left: Ints, right: Ints, rows: Ints, columns: Ints) -> Ints:
    total = np.zeros(np.broadcast(rows, columns).shape, np.int64)
    for each in range(left.shape[1]):
        total += left[rows, each] * right[columns, each]
    return total
