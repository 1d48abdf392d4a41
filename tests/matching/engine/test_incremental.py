"""Leaving and joining lead to exactly the answer of a new run."""

from dataclasses import replace

import numpy as np
import pytest

from mentoring.matching.engine import engine
from mentoring.matching.engine.cohort import Cohort
from mentoring.matching.engine.engine import match
from mentoring.matching.engine.errors import UnknownPerson
from mentoring.matching.engine.incremental import Live, Side
from mentoring.matching.engine.settings import Rules, Weights
from mentoring.matching.engine.verify import verify
from tests.matching.cohorts import cohort, rich

WEIGHTS = Weights()


def now(given: Cohort, live: Live) -> Cohort:
    return replace(
        given,
        mentees=replace(given.mentees, available=live.there["mentees"]),
        mentors=replace(given.mentors, available=live.there["mentors"]),
    )


@pytest.mark.parametrize("keep", [2, 24])
@pytest.mark.parametrize("people_first", [True, False])
@pytest.mark.parametrize("make", [rich, cohort])
@pytest.mark.parametrize("kind", ["mix", "tight"])
def test_every_step_is_the_answer_of_a_new_run(
    monkeypatch: pytest.MonkeyPatch, keep: int, people_first: bool, make, kind: str
) -> None:
    monkeypatch.setattr(engine, "KEEP", keep)
    given, rules = make(3, 60, 50, kind=kind), Rules(most_people_first=people_first, gap=1)
    live, rng = Live(given, rules, WEIGHTS), np.random.default_rng(1)
    for step in range(12):
        side: Side = "mentors" if step % 2 else "mentees"
        person = int(rng.integers(len(live.there[side])))
        move = live.leave if live.there[side][person] else live.join
        move(side, person)
        question = now(given, live), rules, WEIGHTS
        anew, result = match(*question, explain=False), live.result(explain=False)
        assert result.score == anew.score
        assert result.pairs.tolist() == anew.pairs.tolist()
        assert verify(question, result.pairs, result.certificate) == []


def test_leaving_and_coming_back_changes_nothing() -> None:
    given = cohort(5, 80, 60, kind="tight")
    live = Live(given, Rules(), WEIGHTS)
    before = live.result(explain=False).pairs.tolist()
    for person in range(20):
        live.leave("mentees", person)
        live.leave("mentors", person)
    for person in reversed(range(20)):
        live.join("mentors", person)
        live.join("mentees", person)
    assert live.result(explain=False).pairs.tolist() == before


def test_who_is_locked_already_cannot_leave_the_rest() -> None:
    given = cohort(5, 20, 20, kind="tight")
    pair = match(given, Rules(), WEIGHTS).pairs[:1]
    live = Live(replace(given, locks=pair), Rules(), WEIGHTS)
    with pytest.raises(UnknownPerson):
        live.leave("mentees", int(pair[0, 0]))
