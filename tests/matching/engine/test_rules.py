"""Each rule by hand: two people who fit, and the one step that makes them fit no more."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mentoring.matching.engine.cohort import FORMS, HALF_HOURS, Cohort, People
from mentoring.matching.engine.definitions import Definitions
from mentoring.matching.engine.engine import match
from mentoring.matching.engine.settings import Rules, Weights
from mentoring.matching.engine.verify import verify

ONE = np.array([[0, 0]])
LEADER, TRAINEE = 0, 1


def person(who: int, **given: Any) -> People:
    """Somebody with one place who offers or seeks the first of two topics."""
    fields: dict[str, Any] = {
        "key": [who],
        "member": [who],
        "capacity": [1],
        "department": [who],
        "location": [who],
        "topics": [[1, 0]],
        "languages": [[True, False]],
        "first_language": [0],
        "hours": [[True] * HALF_HOURS],
        "forms": [[True] * len(FORMS)],
        "available": [True],
        **given,
    }
    return People(**{name: np.array(value) for name, value in fields.items()})


def two(*, leader: dict | None = None, trainee: dict | None = None, **given: Any) -> Cohort:
    """A mentee of grade 3 and a mentor of grade 1, in an organization of five."""
    fields: dict[str, Any] = {"managers": np.full(5, -1), **given}
    return Cohort(
        mentees=person(LEADER, **{"grade": [3], **(leader or {})}),
        mentors=person(TRAINEE, **{"grade": [1], **(trainee or {})}),
        **fields,
    )


def line(*managers: int) -> dict:
    return {"managers": np.array(managers)}


def outcome(given: Cohort, rules: Rules) -> tuple[list[str], list]:
    """Which rules the definitions say are broken, and the pairs that the engine makes."""
    question = given, rules, Weights()
    broken = Definitions(*question).broken(ONE[:, 0], ONE[:, 1])
    result = match(*question, explain=False)
    assert verify(question, result.pairs, result.certificate) == []
    return [name for name, found in broken.items() if found[0]], result.pairs.tolist()


OTHER_WAY = Rules(direction="mentor above")
NO_MATTER = Rules(direction="either")


@pytest.mark.parametrize(
    ("given", "rules"),
    [
        (two(), Rules()),
        (two(leader={"grade": [2]}), Rules(gap=1)),
        (two(trainee={"grade": [5]}), OTHER_WAY),
        (two(trainee={"grade": [3]}), NO_MATTER),
        (two(trainee={"department": [LEADER]}), Rules(other_department=False)),
        (two(leader={"department": [-1]}, trainee={"department": [-1]}), Rules()),
        (two(trainee={"topics": [[0, 1]]}), Rules(common_topic=False)),
        (two(earlier=ONE), Rules(earlier_pairs_again=True)),
        (two(**line(2, 3, 4, 4, -1)), Rules()),
    ],
)
def test_two_who_keep_every_rule_are_a_pair(given: Cohort, rules: Rules) -> None:
    rules = replace(rules, minimum_score=0)
    assert outcome(given, rules) == ([], [[0, 0]])


@pytest.mark.parametrize(
    ("given", "rules", "broken"),
    [
        (two(leader={"grade": [2]}), Rules(), "seniority"),
        (two(leader={"grade": [1]}), Rules(gap=1), "seniority"),
        (two(trainee={"grade": [5]}), Rules(), "seniority"),
        (two(), OTHER_WAY, "seniority"),
        (two(trainee={"department": [LEADER]}), Rules(), "department"),
        (two(**line(-1, 0, -1, -1, -1)), Rules(), "chain"),
        (two(**line(-1, 3, 0, 2, -1)), Rules(), "chain"),
        (two(**line(3, -1, 1, 2, -1)), Rules(), "chain"),
        (two(**line(2, 2, -1, -1, -1)), Rules(), "same manager"),
        (two(trainee={"member": [LEADER]}), Rules(), "same person"),
        (two(trainee={"languages": [[False, True]]}), Rules(), "language"),
        (two(trainee={"topics": [[0, 1]]}), Rules(), "topic"),
        (two(blocks=ONE), Rules(), "blocked"),
        (two(earlier=ONE), Rules(), "earlier"),
    ],
)
def test_one_step_further_they_are_none(given: Cohort, rules: Rules, broken: str) -> None:
    rules = replace(rules, minimum_score=0)
    assert outcome(given, rules) == ([broken], [])


def test_a_pair_at_the_least_score_is_made_and_one_just_below_is_not() -> None:
    given, weights = two(), Weights(topics=1, seniority=1)
    (score,) = match(given, Rules(minimum_score=0), weights).scores.tolist()
    made = [
        match(given, Rules(minimum_score=(score + more) / 10_000), weights).pairs.tolist()
        for more in (0, 1)
    ]
    assert made == [[[0, 0]], []]
