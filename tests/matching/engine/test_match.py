"""Whole runs: the best answer, proven, the same every time."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from mentoring.matching.engine import engine, solve
from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.cohort import Cohort
from mentoring.matching.engine.engine import match
from mentoring.matching.engine.errors import NotProven
from mentoring.matching.engine.settings import Rules, Weights
from mentoring.matching.engine.verify import verify
from tests.matching.cohorts import cohort, reorder, rich, shuffled, some_pairs, table
from tests.matching.small import best

WEIGHTS = Weights()
EASY = Rules(gap=1, minimum_score=1, common_language=False, common_topic=False)


def places(given_: Cohort) -> tuple[list[int], list[int]]:
    return tuple(  # type: ignore[return-value]
        [int(x) for x in np.where(side.available, side.capacity, 0)]
        for side in (given_.mentees, given_.mentors)
    )


def by_scipy(scores: Ints, columns: list[int]) -> tuple[int, int]:
    """Pairs and score, most people first, for mentees with one place."""
    extra = 10**12
    wide = np.repeat(np.where(scores > 0, scores + extra, 0), columns, axis=1)
    left, right = linear_sum_assignment(wide, maximize=True)
    return divmod(int(wide[left, right].sum()), extra)


@given(st.integers(0, 10**6), st.integers(1, 5), st.integers(1, 5), st.booleans())
@settings(max_examples=150, deadline=None)
def test_a_small_cohort_gets_the_best_of_all_answers(
    seed: int, n: int, m: int, people_first: bool
) -> None:
    drawn = rich(seed, n, m)
    rules = replace(EASY, most_people_first=people_first)
    result = match(drawn, rules, WEIGHTS)
    proof = result.certificate
    exact = best(table(drawn, rules, WEIGHTS), *places(drawn), proof.extra)
    assert proof.score + proof.extra * proof.pairs == exact
    assert verify((drawn, rules, WEIGHTS), result.pairs, proof) == []


@pytest.mark.parametrize("kind", ["mix", "tight"])
@pytest.mark.parametrize("keep", [1, 3, 24])
def test_pruning_costs_nothing(monkeypatch: pytest.MonkeyPatch, kind: str, keep: int) -> None:
    monkeypatch.setattr(engine, "KEEP", keep)
    for seed in range(4):
        drawn = cohort(seed, 150, 130, kind=kind)
        result = match(drawn, Rules(), WEIGHTS)
        exact = by_scipy(table(drawn, Rules(), WEIGHTS), places(drawn)[1])
        assert (result.certificate.pairs, result.certificate.score) == exact
        assert verify((drawn, Rules(), WEIGHTS), result.pairs, result.certificate) == []


def test_without_people_first_the_score_is_highest() -> None:
    drawn, rules = cohort(2, 150, 120, kind="tight"), Rules(most_people_first=False)
    scores = table(drawn, rules, WEIGHTS)
    left, right = linear_sum_assignment(scores, maximize=True)
    result = match(drawn, rules, WEIGHTS)
    assert result.score == int(scores[left, right].sum())
    assert verify((drawn, rules, WEIGHTS), result.pairs, result.certificate) == []


def equal_people(size: int) -> Cohort:
    """Mentees who are all alike, and mentors who are too: everything is a tie."""
    drawn = cohort(7, size, size, kind="tight")
    zero = np.zeros(size, np.int64)
    sides = [
        replace(reorder(side, zero), key=side.key, member=side.member, department=zero - 1)
        for side in (drawn.mentees, drawn.mentors)
    ]
    grades = [replace(sides[0], grade=zero + 9), replace(sides[1], grade=zero + 1)]
    return replace(drawn, mentees=grades[0], mentors=grades[1], managers=np.full(2 * size + 1, -1))


def named(drawn: Cohort, pairs: Ints) -> set[tuple[int, int]]:
    keys = drawn.mentees.key[pairs[:, 0]], drawn.mentors.key[pairs[:, 1]]
    return set(zip(keys[0].tolist(), keys[1].tolist(), strict=True))


@pytest.mark.parametrize("make", [lambda: rich(5, 120, 90), lambda: equal_people(40)])
def test_the_order_of_people_and_the_number_of_threads_change_no_pair(make) -> None:
    drawn = make()
    rules = replace(EASY, seed=3)
    first = match(drawn, rules, WEIGHTS, explain=False)
    for seed in range(40):
        other = shuffled(drawn, seed)[0]
        again = match(other, rules, WEIGHTS, explain=False, threads=1 + seed % 3)
        assert named(other, again.pairs) == named(drawn, first.pairs)


def test_another_seed_breaks_ties_another_way_and_the_score_stays() -> None:
    drawn = equal_people(12)
    runs = [match(drawn, replace(EASY, seed=seed), WEIGHTS) for seed in range(2)]
    assert runs[0].score == runs[1].score
    assert runs[0].same_every_time
    assert named(drawn, runs[0].pairs) != named(drawn, runs[1].pairs)


def test_twice_the_people_have_twice_the_score() -> None:
    drawn = cohort(4, 80, 70)
    once = match(drawn, EASY, WEIGHTS)
    twice = [
        reorder(side, np.tile(np.arange(len(side)), 2)) for side in (drawn.mentees, drawn.mentors)
    ]
    members = len(drawn.managers)
    new = [
        replace(
            side,
            key=np.concatenate([old.key, old.key + 10**6]),
            member=np.concatenate([old.member, old.member + members]),
            department=np.concatenate([old.department, old.department]),
        )
        for side, old in zip(twice, (drawn.mentees, drawn.mentors), strict=True)
    ]
    # The two halves may meet, but everybody finds the same kind of partner in their own half.
    chains = np.full(2 * members, -1, np.int64)
    alone = replace(drawn, managers=chains[:members])
    double = replace(drawn, mentees=new[0], mentors=new[1], managers=chains)
    assert match(double, EASY, WEIGHTS).score == 2 * match(alone, EASY, WEIGHTS).score
    assert once.score <= match(alone, EASY, WEIGHTS).score


def test_one_more_mentor_never_lowers_the_answer() -> None:
    drawn = cohort(9, 60, 40, kind="tight")
    reached = []
    for many in range(30, 41):
        fewer = replace(drawn, mentors=reorder(drawn.mentors, np.arange(many)))
        result = match(fewer, Rules(), WEIGHTS)
        reached.append((len(result.pairs), result.score))
    assert reached == sorted(reached)


def test_locking_a_pair_of_the_best_answer_changes_nothing() -> None:
    drawn = rich(11, 60, 50)
    free = match(drawn, Rules(), WEIGHTS)
    locked = replace(drawn, locks=free.pairs[::3])
    result = match(locked, Rules(), WEIGHTS)
    assert (len(result.pairs), result.score) == (len(free.pairs), free.score)
    assert result.locked.sum() == len(free.pairs[::3])
    assert verify((locked, Rules(), WEIGHTS), result.pairs, result.certificate) == []


def test_an_approved_lock_stays_although_it_breaks_a_rule() -> None:
    drawn = cohort(3, 20, 20)
    scores = table(drawn, Rules(), WEIGHTS)
    pair = np.argwhere(scores == 0)[:1]
    locked = replace(drawn, locks=pair, approved=pair)
    result = match(locked, Rules(), WEIGHTS)
    assert tuple(pair[0]) in {tuple(each) for each in result.pairs}
    assert verify((locked, Rules(), WEIGHTS), result.pairs, result.certificate) == []


def test_everybody_locked_leaves_nothing_to_do() -> None:
    drawn = cohort(3, 2, 2, kind="tight")
    pairs = np.array([[0, 1], [1, 0]])
    locked = replace(drawn, locks=pairs, approved=pairs)
    result = match(locked, Rules(), WEIGHTS)
    assert result.pairs.tolist() == pairs.tolist()
    assert verify((locked, Rules(), WEIGHTS), result.pairs, result.certificate) == []


@pytest.mark.parametrize("sizes", [(6, 3), (3, 6)], ids=["mentors", "mentees"])
@pytest.mark.parametrize("raise_worst", [True, False])
def test_when_all_of_one_side_are_locked_the_others_are_left(sizes, raise_worst) -> None:
    drawn = cohort(3, *sizes, kind="tight")
    pairs, rules = np.array([[0, 0], [1, 1], [2, 2]]), Rules(raise_worst=raise_worst)
    locked = replace(drawn, locks=pairs, approved=pairs)
    result = match(locked, rules, WEIGHTS)

    assert result.pairs.tolist() == pairs.tolist()
    assert len(result.unmatched) == 3
    assert verify((locked, rules, WEIGHTS), result.pairs, result.certificate) == []


def test_pairs_shown_before_are_kept_where_little_is_lost() -> None:
    drawn = cohort(12, 100, 60)
    before = match(drawn, Rules(), WEIGHTS)
    fewer = replace(drawn, mentors=reorder(drawn.mentors, np.arange(59)))
    old = before.pairs[before.pairs[:, 1] < 59]
    anew = match(fewer, Rules(bonus_for_proposed=0), WEIGHTS)
    kept = match(replace(fewer, proposed=old), Rules(), WEIGHTS)
    stay = {tuple(pair) for pair in old}
    changes = [len(stay - {tuple(pair) for pair in run.pairs}) for run in (anew, kept)]
    assert changes[1] <= changes[0]
    assert len(kept.pairs) == len(anew.pairs)


def test_nobody_fits_anybody() -> None:
    drawn = cohort(1, 10, 8)
    blocked = replace(drawn, blocks=some_pairs(np.random.default_rng(0), drawn, 80))
    result = match(blocked, Rules(), WEIGHTS)
    assert result.pairs.tolist() == []
    assert {each.reason for each in result.unmatched} == {"nobody"}
    assert verify((blocked, Rules(), WEIGHTS), result.pairs, result.certificate) == []


def test_parts_add_up_to_the_score() -> None:
    result = match(rich(8, 50, 50), EASY, WEIGHTS)
    assert np.array_equal(sum(result.parts.values()), result.scores)


def test_a_price_that_does_not_hold_is_an_error_of_ours_and_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = solve.again

    def faulty(graph, state, *rest) -> None:
        real(graph, state, *rest)
        state.u[0] += 1_000_000

    monkeypatch.setattr(engine, "KEEP", 1)
    monkeypatch.setattr(solve, "again", faulty)
    with pytest.raises(NotProven, match="The prices do not prove the pairs."):
        match(cohort(1, 150, 130, kind="tight"), Rules(most_people_first=False), WEIGHTS)
