"""The verifier was seen rejecting: every price, every pair, one by one."""

from dataclasses import replace

import numpy as np
import pytest

from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.cohort import Cohort
from mentoring.matching.engine.engine import match
from mentoring.matching.engine.result import CLOSED, Certificate
from mentoring.matching.engine.seals import inputs, seal
from mentoring.matching.engine.settings import Rules, Weights, floor_units
from mentoring.matching.engine.verify import verify
from tests.matching.cohorts import cohort, rich, table

QUESTION = (cohort(21, 30, 24, kind="tight"), Rules(), Weights())


@pytest.fixture(scope="module")
def answer() -> tuple[Ints, Certificate]:
    result = match(*QUESTION)
    assert verify(QUESTION, result.pairs, result.certificate) == []
    return result.pairs, result.certificate


def sealed(pairs: Ints, proof: Certificate) -> Certificate:
    """The seal of somebody who forges that too."""
    numbers = (proof.extra, proof.floor, proof.pairs, proof.score)
    return replace(proof, seal=seal(pairs, (proof.u, proof.v), numbers, proof.inputs))


def with_price(proof: Certificate, side: str, who: int, by: int) -> Certificate:
    prices = getattr(proof, side).copy()
    prices[who] += by
    return replace(proof, **{side: prices})


@pytest.mark.parametrize("by", [-1, 1, 12_345_678])
@pytest.mark.parametrize("side", ["u", "v"])
def test_no_price_can_be_changed(answer, side: str, by: int) -> None:
    pairs, proof = answer
    for who in range(len(getattr(proof, side))):
        assert verify(QUESTION, pairs, with_price(proof, side, who, by)) != []


@pytest.mark.parametrize("by", [-(2**40), 2**40])
@pytest.mark.parametrize("side", ["u", "v"])
def test_no_price_far_off_passes_even_under_a_forged_seal(answer, side: str, by: int) -> None:
    pairs, proof = answer
    for who in range(len(getattr(proof, side))):
        forged = with_price(proof, side, who, by)
        assert verify(QUESTION, pairs, sealed(pairs, forged)) != []


def test_no_pair_can_be_left_out(answer) -> None:
    pairs, proof = answer
    for at in range(len(pairs)):
        fewer = np.delete(pairs, at, axis=0)
        for forged in (proof, sealed(fewer, proof)):
            assert verify(QUESTION, fewer, forged) != []


def restated(pairs: Ints, proof: Certificate) -> Certificate:
    """A forger who also states the true sums of the forged pairs."""
    scores = table(*QUESTION)[pairs[:, 0], pairs[:, 1]]
    return sealed(pairs, replace(proof, pairs=len(pairs), score=int(scores.sum())))


def test_no_pair_can_be_exchanged_for_a_worse_one(answer) -> None:
    pairs, proof = answer
    scores = table(*QUESTION)
    tried = 0
    for at, (mentee, mentor) in enumerate(pairs):
        for other in np.flatnonzero(scores[mentee] > 0):
            changed = pairs.copy()
            changed[at, 1] = other
            if scores[mentee, other] == scores[mentee, mentor]:
                continue
            assert verify(QUESTION, changed, sealed(changed, proof)) != []
            assert verify(QUESTION, changed, restated(changed, proof)) != []
            tried += 1
    assert tried > 30


def test_no_two_pairs_can_swap_partners(answer) -> None:
    pairs, proof = answer
    scores = table(*QUESTION)
    best = scores[pairs[:, 0], pairs[:, 1]].sum()
    for one in range(len(pairs)):
        for other in range(one):
            changed = pairs.copy()
            changed[[one, other], 1] = changed[[other, one], 1]
            if scores[changed[:, 0], changed[:, 1]].sum() != best:
                assert verify(QUESTION, changed, restated(changed, proof)) != []


def test_no_pair_that_breaks_a_rule_can_be_added(answer) -> None:
    pairs, proof = answer
    for mentee, mentor in np.argwhere(table(*QUESTION) == 0)[:50]:
        more = np.vstack([pairs, [[mentee, mentor]]])
        assert verify(QUESTION, more, restated(more, proof)) != []


def test_a_pair_cannot_be_there_twice(answer) -> None:
    pairs, proof = answer
    twice = np.vstack([pairs, pairs[:1]])
    assert "A pair is there twice." in verify(QUESTION, twice, restated(twice, proof))


@pytest.mark.parametrize("name", ["extra", "floor", "pairs", "score"])
def test_no_number_can_be_changed(answer, name: str) -> None:
    pairs, proof = answer
    for by in (-1, 1):
        forged = replace(proof, **{name: getattr(proof, name) + by})
        assert verify(QUESTION, pairs, forged) != []


def test_a_lift_too_small_does_not_pass(answer) -> None:
    pairs, proof = answer
    forged = sealed(pairs, replace(proof, extra=1))
    assert verify(QUESTION, pairs, forged) != []


def test_an_answer_to_another_question_does_not_pass(answer) -> None:
    pairs, proof = answer
    given, rules, weights = QUESTION
    other: list[tuple[Cohort, Rules, Weights]] = [
        (given, replace(rules, gap=1), weights),
        (given, rules, replace(weights, hours=16)),
        (replace(given, blocks=np.array([[0, 0]])), rules, weights),
    ]
    for question in other:
        assert "The answer belongs to another question." in verify(question, pairs, proof)


def test_the_best_answer_to_a_smaller_question_does_not_pass(answer) -> None:
    """Its sums agree and its seals are true; only the pairs left out tell."""
    pairs, _ = answer
    given, rules, weights = QUESTION
    refused = 0
    for pair in pairs:
        smaller = match(replace(given, blocks=pair[None, :]), rules, weights, explain=False)
        forged = replace(smaller.certificate, inputs=inputs(*QUESTION))
        found = verify(QUESTION, smaller.pairs, sealed(smaller.pairs, forged))
        refused += found == ["A pair that was left out is worth more than its prices."]
    assert refused == len(pairs)


def to_another(*asked, **stated) -> list[str]:
    """What is said of the true answer to another question that is passed off as ours."""
    given, rules = asked
    result = match(given, rules, Weights(), explain=False)
    forged = replace(result.certificate, inputs=inputs(*QUESTION), **stated)
    return verify(QUESTION, result.pairs, sealed(result.pairs, forged))


@pytest.mark.parametrize("laxer", [{"gap": 1}, {"other_department": False}])
def test_the_best_answer_to_laxer_rules_does_not_pass(laxer: dict) -> None:
    given, rules, _ = QUESTION
    assert to_another(given, replace(rules, **laxer)) == ["A pair breaks a rule."]


def test_the_best_answer_with_a_lower_least_score_does_not_pass() -> None:
    given, rules, weights = QUESTION
    question = given, replace(rules, minimum_score=45), weights
    result = match(*QUESTION)
    lower = replace(result.certificate, inputs=inputs(*question))
    stated = replace(lower, floor=floor_units(question[1]))
    assert verify(question, result.pairs, sealed(result.pairs, lower)) == [
        "The least score is not the one of the rules."
    ]
    assert verify(question, result.pairs, sealed(result.pairs, stated)) == [
        "A pair is below the least score."
    ]


def test_a_least_score_above_that_of_the_rules_hides_no_pair(answer) -> None:
    pairs, proof = answer
    given, rules, _ = QUESTION
    free = [np.where(prices < CLOSED, 0, prices) for prices in (proof.u, proof.v)]
    none = replace(proof, u=free[0], v=free[1], floor=2**40, pairs=0, score=0)
    assert verify(QUESTION, pairs[:0], sealed(pairs[:0], none)) == [
        "The least score is not the one of the rules."
    ]
    assert to_another(given, replace(rules, minimum_score=45)) == [
        "The least score is not the one of the rules."
    ]


def test_the_best_answer_with_more_places_does_not_pass() -> None:
    given, rules, _ = QUESTION
    roomy = replace(given, mentors=replace(given.mentors, capacity=given.mentors.capacity + 29))
    assert to_another(roomy, rules) == ["Somebody has more pairs than places."]


def test_the_best_answer_to_another_aim_does_not_pass() -> None:
    """Not even if each pair counts a little besides its score."""
    given, rules, _ = QUESTION
    by_score = replace(rules, most_people_first=False)
    prices = match(given, by_score, Weights()).certificate.v
    assert to_another(given, by_score) == ["The aim is not the one of the rules."]
    assert to_another(given, by_score, extra=1, v=prices + 1) == ["A pair does not count enough."]


@pytest.mark.parametrize("name", ["pairs", "score"])
def test_no_sum_can_be_stated_that_is_not_the_one_of_the_pairs(answer, name: str) -> None:
    pairs, proof = answer
    forged = sealed(pairs, replace(proof, **{name: getattr(proof, name) + 1}))
    assert verify(QUESTION, pairs, forged) == ["The stated score is not the one of the pairs."]


def test_nobody_with_a_free_place_has_a_price(answer) -> None:
    pairs, proof = answer
    left = np.setdiff1d(np.arange(len(proof.u)), pairs[:, 0])
    forged = sealed(pairs, with_price(proof, "u", left[0], 1))
    assert verify(QUESTION, pairs, forged) == [
        "Somebody with a free place has a price.",
        "The pairs do not reach what the prices allow.",
    ]


def test_a_lock_cannot_be_left_out() -> None:
    free = match(*QUESTION)
    question = (replace(QUESTION[0], locks=free.pairs[:1]), *QUESTION[1:])
    result = match(*question)
    fewer = result.pairs[1:]
    forged = sealed(fewer, result.certificate)
    assert "A lock is missing." in verify(question, fewer, forged)


def test_prices_of_another_length_do_not_pass(answer) -> None:
    pairs, proof = answer
    forged = replace(proof, u=proof.u[1:])
    assert verify(QUESTION, pairs, forged) == ["The prices are not one per person."]


def test_nobody_with_a_place_can_be_closed(answer) -> None:
    pairs, proof = answer
    prices = proof.u.copy()
    prices[pairs[0, 0]] = CLOSED
    forged = sealed(pairs, replace(proof, u=prices))
    assert "A price is out of range." in verify(QUESTION, pairs, forged)


@pytest.mark.parametrize("seed", range(5))
def test_true_answers_pass(seed: int) -> None:
    question = (rich(seed, 80, 60), Rules(raise_worst=seed % 2 == 0), Weights())
    result = match(*question)
    assert verify(question, result.pairs, result.certificate) == []
