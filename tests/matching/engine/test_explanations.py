"""Everybody without a partner gets the true reason, and a pair is explained by its prices."""

from dataclasses import replace

import numpy as np
import pytest

from mentoring.matching.engine.definitions import Definitions
from mentoring.matching.engine.engine import match
from mentoring.matching.engine.pairs import view
from mentoring.matching.engine.settings import Rules, Weights
from tests.matching.cohorts import cohort, rich, table
from tests.matching.small import best

WEIGHTS = Weights()


@pytest.mark.parametrize("seed", range(4))
def test_everybody_is_matched_or_explained(seed: int) -> None:
    drawn = rich(seed, 70, 40)
    result = match(drawn, Rules(), WEIGHTS)
    for at, (side, people) in enumerate((("mentee", drawn.mentees), ("mentor", drawn.mentors))):
        explained = [each.person for each in result.unmatched if each.side == side]
        matched = set(result.pairs[:, at].tolist())
        assert sorted(explained) == sorted(set(range(len(people))) - matched)


def test_who_is_away_is_told_so() -> None:
    drawn = rich(1, 40, 40)
    away = [
        each.person for each in match(drawn, Rules(), WEIGHTS).unmatched if each.reason == "away"
    ]
    gone = [~drawn.mentees.available, ~drawn.mentors.available]
    assert sorted(away) == sorted(np.concatenate([np.flatnonzero(each) for each in gone]).tolist())


def test_who_has_no_allowed_partner_hears_which_rule_stands_in_the_way() -> None:
    drawn = cohort(2, 40, 30)
    topics = drawn.mentees.topics.copy()
    topics[5] = 0
    alone = replace(drawn, mentees=replace(drawn.mentees, topics=topics))
    result = match(alone, Rules(), WEIGHTS)
    (told,) = [each for each in result.unmatched if (each.side, each.person) == ("mentee", 5)]
    assert (told.reason, told.partners, told.broken["topic"]) == ("nobody", 0, 30)
    without = replace(Rules(), common_topic=False)
    rule, gained = told.relax or ("", 0)
    assert rule == "topic"
    definitions = Definitions(alone, without, WEIGHTS)
    pairs = np.array([5]), np.arange(30)
    scores = definitions.scores(*pairs)
    assert gained == int(np.sum(definitions.fits(*pairs) & (scores >= 200_000)))


def shortage(seed: int):
    """Forty mentees of whom fourteen want a topic that eleven mentors offer, with one place."""
    drawn = cohort(seed, 40, 60, kind="tight")
    wanted = np.zeros((40, 24), np.int64)
    wanted[:14, 0], wanted[14:, 1] = 1, 1
    offered = np.zeros((60, 24), np.int64)
    offered[:11, 0], offered[11:, 1] = 1, 1
    zero = np.zeros(60, np.int64)
    a = replace(drawn.mentees, topics=wanted, grade=zero[:40] + 9, department=zero[:40] - 1)
    b = replace(drawn.mentors, topics=offered, grade=zero + 1, department=zero - 1)
    everyone = np.full((60, 6), True)
    return replace(
        drawn,
        mentees=replace(a, languages=everyone[:40]),
        mentors=replace(b, languages=everyone),
        managers=np.full(101, -1, np.int64),
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_shortage_is_told_as_so_many_people_who_share_so_many_places(seed: int) -> None:
    result = match(shortage(seed), Rules(), WEIGHTS)
    told = [each for each in result.unmatched if each.side == "mentee"]
    assert [(each.reason, each.people, each.places) for each in told] == [("shortage", 14, 11)] * 3


@pytest.mark.parametrize("people_first", [True, False])
def test_a_place_costs_at_least_what_is_told(people_first: bool) -> None:
    rules = Rules(most_people_first=people_first, gap=1)
    for seed in range(40):
        drawn = cohort(seed, 6, 4, kind="tight")
        scores = table(drawn, rules, WEIGHTS)
        result = match(drawn, rules, WEIGHTS)
        extra = result.certificate.extra
        for told in result.unmatched:
            if told.side == "mentor" or told.reason == "nobody":
                continue
            forced = max(
                int(scores[told.person, mentor])
                + extra
                + best(
                    np.delete(np.delete(scores, told.person, 0), mentor, 1), [1] * 5, [1] * 3, extra
                )
                for mentor in np.flatnonzero(scores[told.person])
            )
            loss = result.score + extra * len(result.pairs) - forced
            assert loss >= told.cost_people * extra + told.cost_score >= 0


def test_a_pair_is_shown_with_its_parts_ranks_and_alternatives() -> None:
    drawn = rich(6, 50, 40)
    rules = Rules()
    result, scores = match(drawn, rules, WEIGHTS), table(drawn, rules, WEIGHTS)
    definitions = Definitions(drawn, rules, WEIGHTS)
    for at, (mentee, mentor) in enumerate(result.pairs):
        seen = view(definitions, result, int(mentee), int(mentor))
        mine = scores[mentee, mentor]
        assert sum(seen.parts.values()) == mine == result.scores[at]
        assert seen.parts == {key: int(value[at]) for key, value in result.parts.items()}
        assert seen.rank_for_mentee == 1 + int(np.sum(scores[mentee] > mine))
        assert seen.rank_for_mentor == 1 + int(np.sum(scores[:, mentor] > mine))
        assert (seen.broken, seen.room >= 0) == ([], True)
        assert seen.next_for_mentee is None or seen.next_for_mentee >= 0


def test_a_pair_that_is_not_allowed_says_which_rules_it_breaks() -> None:
    drawn = replace(cohort(1, 20, 20), blocks=np.array([[3, 4]]))
    rules = Rules()
    result = match(drawn, rules, WEIGHTS)
    seen = view(Definitions(drawn, rules, WEIGHTS), result, 3, 4)
    assert "blocked" in seen.broken
