"""Cohorts to match: drawn at random, with the correlations of real ones."""

from dataclasses import fields, replace
from typing import Any

import numpy as np

from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.cohort import Cohort, People
from mentoring.matching.engine.definitions import Definitions
from mentoring.matching.engine.settings import Rules, Weights, floor_units

LANGUAGES = (0.8, 0.4, 0.2, 0.15, 0.1, 0.05)


def people(
    rng: np.random.Generator, members: Ints, *, grade: Ints, capacity: Ints, topics: int = 24
) -> People:
    size = len(members)
    ranks = np.zeros((size, topics), np.int64)
    popular = rng.permutation(topics)
    chance = 1 / (1 + popular / 4)
    chance /= chance.sum()
    for who in range(size):
        named = rng.choice(topics, rng.integers(2, 6), replace=False, p=chance)
        ranks[who, named] = np.arange(1, len(named) + 1)
    languages = rng.random((size, len(LANGUAGES))) < np.array(LANGUAGES)
    first = rng.integers(0, len(LANGUAGES), size)
    languages[np.arange(size), first] = True
    begins = (rng.choice([0, 2, 12, 14, 16, 28], size) + rng.integers(0, 4, size)) % 48
    hours = (np.arange(48)[None, :] - begins[:, None]) % 48 < 17
    return People(
        key=rng.permutation(10 * size)[:size].astype(np.int64),
        member=members,
        capacity=capacity.astype(np.int64),
        grade=grade.astype(np.int64),
        department=rng.integers(0, 20, size),
        location=rng.integers(-1, 8, size),
        topics=ranks,
        languages=languages,
        first_language=first,
        hours=hours,
        forms=rng.random((size, 3)) < 0.6,
        available=np.full(size, True),
    )


def managers(rng: np.random.Generator, size: int) -> Ints:
    """A tree in which everybody has about eight reports."""
    order = np.concatenate([[0], 1 + rng.permutation(size - 1)])
    chain = np.full(size, -1, np.int64)
    at = np.arange(1, size)
    chain[order[at]] = order[(at - 1) // 8]
    return chain


def cohort(seed: int, mentees: int, mentors: int, *, kind: str = "mix", **more: Any) -> Cohort:
    """`mix` has about 1.9 places per mentee, in `tight` everybody has one."""
    rng = np.random.default_rng(seed)
    members = 1 + rng.permutation(mentees + mentors)  # the head takes no part
    places = rng.choice([1, 2, 3], mentors, p=[0.35, 0.4, 0.25])
    capacity = places if kind == "mix" else np.ones(mentors, np.int64)
    senior, junior = rng.integers(4, 10, mentees), rng.integers(1, 6, mentors)
    return Cohort(
        mentees=people(rng, members[:mentees], grade=senior, capacity=np.ones(mentees, np.int64)),
        mentors=people(rng, members[mentees:], grade=junior, capacity=capacity),
        managers=managers(rng, mentees + mentors + 1),
        **more,
    )


def some_pairs(rng: np.random.Generator, cohort: Cohort, count: int) -> Ints:
    n, m = len(cohort.mentees), len(cohort.mentors)
    number = rng.choice(n * m, min(count, n * m), replace=False)
    return np.column_stack([number // m, number % m])


def rich(seed: int, mentees: int, mentors: int, *, kind: str = "mix") -> Cohort:
    """Also blocks, earlier pairs, choices, texts, people away and mentees with two places."""
    rng = np.random.default_rng(seed)
    plain = cohort(seed, mentees, mentors, kind=kind)
    a, b = (
        replace(
            side,
            available=np.where(np.arange(len(side)) == 0, True, rng.random(len(side)) < 0.9),
            text=rng.normal(size=(len(side), 4)) * (rng.random((len(side), 1)) < 0.7),
        )
        for side in (plain.mentees, plain.mentors)
    )
    a = replace(a, capacity=rng.choice([1, 2], mentees, p=[0.8, 0.2]))
    chosen = some_pairs(rng, plain, mentees)
    chosen = chosen[np.unique(chosen[:, 0], return_index=True)[1]]
    chosen = chosen[np.unique(chosen[:, 1], return_index=True)[1]]
    ranked = np.column_stack([chosen, rng.integers(1, 6, len(chosen))])
    return replace(
        plain,
        mentees=a,
        mentors=b,
        blocks=some_pairs(rng, plain, mentees),
        earlier=some_pairs(rng, plain, mentees),
        proposed=some_pairs(rng, plain, mentees // 2),
        mentee_choices=ranked,
        mentor_choices=ranked[::2],
    )


def reorder(people: People, order: Ints) -> People:
    arrays: dict[str, Any] = {each.name: getattr(people, each.name) for each in fields(people)}
    new: dict[str, Any] = {key: None if it is None else it[order] for key, it in arrays.items()}
    return People(**new)


def shuffled(given: Cohort, seed: int) -> tuple[Cohort, Ints, Ints]:
    """The same people in another order, and where each was before."""
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(len(given.mentees)), rng.permutation(len(given.mentors))
    new = np.argsort(rows), np.argsort(columns)
    pairs = {}
    for name in ("blocks", "earlier", "locks", "proposed", "mentee_choices", "mentor_choices"):
        table = getattr(given, name).copy()
        table[:, 0], table[:, 1] = new[0][table[:, 0]], new[1][table[:, 1]]
        pairs[name] = table[rng.permutation(len(table))]
    sides: dict[str, Any] = {
        "mentees": reorder(given.mentees, rows),
        "mentors": reorder(given.mentors, columns),
    }
    return replace(given, **sides, **pairs), rows, columns


def table(given: Cohort, rules: Rules, weights: Weights) -> Ints:
    """Scores of all pairs by the definitions, 0 where a pair is not allowed."""
    definitions = Definitions(given, rules, weights)
    mentees, mentors = np.ix_(np.arange(len(given.mentees)), np.arange(len(given.mentors)))
    scores = definitions.scores(mentees, mentors)
    fits = definitions.fits(mentees, mentors) & (scores >= floor_units(rules))
    return np.where(fits, scores, 0)
