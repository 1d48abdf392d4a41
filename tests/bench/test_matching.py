"""The matching engine beside exact solvers of others, whole pipelines on the same cohorts.

Everybody's scores come from the engine's own kernel, so the peers are given their best case.
Each pipeline runs in a process of its own, which reports its seconds and its added peak memory.
"""

import multiprocessing
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lap import lapjv
from ortools.graph.python import min_cost_flow
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from mentoring.matching.engine.cohort import Cohort
from mentoring.matching.engine.encode import encode
from mentoring.matching.engine.engine import match
from mentoring.matching.engine.incremental import Live, Side
from mentoring.matching.engine.scoring import score_block
from mentoring.matching.engine.settings import Rules, Weights
from mentoring.matching.engine.solve import lift
from tests.matching.cohorts import cohort, shuffled

pytestmark = pytest.mark.bench
RULES, WEIGHTS = Rules(), Weights()
SIDES: tuple[Side, Side] = ("mentees", "mentors")


def ours(given: Cohort) -> tuple[int, int]:
    proof = match(given, RULES, WEIGHTS, explain=False).certificate
    return proof.pairs, proof.score


def scored(given: Cohort) -> tuple[np.ndarray, int, np.ndarray]:
    """All scores, lifted so that people come first; 0 is not allowed; and the mentors' places."""
    encoded = encode(given, RULES, WEIGHTS)
    extra = lift(encoded.row_capacity, encoded.column_capacity, encoded.highest)
    table = np.empty((len(encoded.mentees), len(encoded.mentors)), np.float64)
    for low in range(0, len(table), 512):
        rows = np.arange(low, min(low + 512, len(table)))
        tile = score_block(encoded, rows, encoded.right, encoded.columns)
        table[rows] = np.where(tile >= encoded.limits.floor, tile.astype(np.float64) + extra, 0)
    return table, extra, encoded.column_capacity


def counted(weights: np.ndarray, extra: int) -> tuple[int, int]:
    pairs = int(np.sum(weights > 1))
    return pairs, int(np.sum(weights[weights > 1])) - pairs * extra


def scipy_dense(given: Cohort) -> tuple[int, int]:
    table, extra, places = scored(given)
    if places.max() > 1:
        table = np.repeat(table, places, axis=1)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return counted(table[rows, columns], extra)


def scipy_sparse(given: Cohort) -> tuple[int, int]:
    """Every mentee also has a partner of no worth: a full matching is asked for."""
    table, extra, places = scored(given)
    rows, columns = np.nonzero(table)
    weights = table[rows, columns]
    first = np.cumsum(places) - places
    clones = [
        (
            rows[places[columns] > at],
            (first[columns] + at)[places[columns] > at],
            weights[places[columns] > at],
        )
        for at in range(places.max())
    ]
    del table
    n, m = len(given.mentees), int(places.sum())
    clones.append((np.arange(n), m + np.arange(n), np.ones(n)))
    every = [np.concatenate([clone[at] for clone in clones]) for at in range(3)]
    matrix = csr_matrix((every[2], (every[0], every[1])), shape=(n, m + n))
    left, right = min_weight_full_bipartite_matching(matrix, maximize=True)
    return counted(np.asarray(matrix[left, right]).ravel(), extra)


def lapx_dense(given: Cohort) -> tuple[int, int]:
    table, extra, _ = scored(given)
    top = table.max()
    np.subtract(top, table, out=table)
    _, columns, _ = lapjv(table)
    return counted(top - table[np.arange(len(table)), columns], extra)


def flow(given: Cohort) -> tuple[int, int]:
    table, extra, places = scored(given)
    rows, columns = np.nonzero(table)
    weights = table[rows, columns].astype(np.int64)
    del table
    n, m = len(given.mentees), len(places)
    solver = min_cost_flow.SimpleMinCostFlow()
    ones = np.ones(len(rows), np.int64)
    solver.add_arcs_with_capacity_and_unit_cost(rows, columns + n, ones, -weights)
    zero = np.zeros(max(n, m), np.int64)
    source, sink = n + m, n + m + 1
    solver.add_arcs_with_capacity_and_unit_cost(
        np.full(n, source), np.arange(n), zero[:n] + 1, zero[:n]
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        n + np.arange(m), np.full(m, sink), places, zero[:m]
    )
    solver.add_arc_with_capacity_and_unit_cost(source, sink, n, 0)
    solver.set_nodes_supplies(np.array([source, sink]), np.array([n, -n]))
    assert solver.solve() == solver.OPTIMAL
    taken = weights[solver.flows(np.arange(len(rows))) > 0]
    return counted(taken, extra)


def memory(name: str) -> float:
    """A line of /proc/self/status, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def measure(solver: Callable[[Cohort], Any], given: Cohort, answers: Any) -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, began, worked = memory("VmRSS"), time.perf_counter(), time.process_time()
    answer = solver(given)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    answers.put((answer, seconds, memory("VmHWM") - before, work))


def apart(solver: Callable[[Cohort], Any], given: Cohort) -> tuple[Any, float, float, float]:
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    process = context.Process(target=measure, args=(solver, given, answers))
    process.start()
    answer = answers.get()
    process.join()
    print(
        f"\n{solver.__name__:<14} {answer[1]:8.2f} s"
        f" ({answer[3]:7.2f} s of work) {answer[2]:7.0f} MB"
        f"   load {os.getloadavg()[0]:.1f}",
        end="",
        flush=True,
    )
    return answer


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    for kind in ("mix", "tight"):
        match(cohort(0, 600, 600, kind=kind), RULES, WEIGHTS)


PEERS = {"mix": (scipy_dense, scipy_sparse, flow), "tight": (lapx_dense, scipy_dense, flow)}


@pytest.mark.parametrize("size", [1_000, 10_000])
@pytest.mark.parametrize("kind", ["mix", "tight"])
def test_beside_exact_solvers(kind: str, size: int) -> None:
    given = cohort(1, size, size, kind=kind)
    print(f"\n\n{kind}, {size} × {size}", end="")
    best = min((apart(ours, given) for _ in range(3)), key=lambda run: run[1])
    for peer in PEERS[kind]:
        run = apart(peer, given)
        print(
            f"   {run[1] / best[1]:5.1f} times, work {run[3] / best[3]:5.1f},"
            f" memory {run[2] / max(best[2], 1):5.1f}",
            end="",
        )
        assert run[0] == best[0]


def test_three_hundred_take_a_moment() -> None:
    taken = []
    for seed in range(30):
        given = cohort(seed, 300, 300)
        began = time.perf_counter()
        match(given, RULES, WEIGHTS, explain=seed % 2 == 0)
        taken.append((time.perf_counter() - began) * 1000)
    print(
        f"\n\n300 × 300: {statistics.median(taken):.1f} ms, explanations in every other run", end=""
    )


def test_no_pair_depends_on_order_or_threads() -> None:
    given = cohort(1, 2_000, 2_000, kind="tight")
    first = match(given, RULES, WEIGHTS, explain=False)
    expected = set(map(tuple, first.pairs.tolist()))
    different = 0
    for seed in range(40):
        other, rows, columns = shuffled(given, seed)
        again = match(other, RULES, WEIGHTS, explain=False, threads=1 + seed % 3)
        pairs = zip(
            rows[again.pairs[:, 0]].tolist(), columns[again.pairs[:, 1]].tolist(), strict=True
        )
        different += len(expected ^ set(pairs))
    print(
        f"\n\n40 orders and 1 to 3 threads, 2,000 × 2,000 tight: {different} different pairs",
        end="",
    )
    assert different == 0


@pytest.mark.parametrize("kind", ["mix", "tight"])
def test_one_leaves_or_joins(kind: str) -> None:
    given = cohort(1, 10_000, 10_000, kind=kind)
    (_, cold, *_) = apart(ours, given)
    live, rng = Live(given, RULES, WEIGHTS), np.random.default_rng(1)
    taken: dict[str, list[float]] = {"leave": [], "join": []}
    for side, person in zip(SIDES * 30, rng.choice(10_000, 60, replace=False), strict=True):
        for move, change in (("leave", live.leave), ("join", live.join)):
            began = time.perf_counter()
            change(side, int(person))
            taken[move].append(time.perf_counter() - began)
    for move, each in taken.items():
        middle = statistics.median(each)
        print(f"\n{kind} {move}: {middle * 1000:.1f} ms, {cold / middle:.0f} times less", end="")
    assert live.result(explain=False).score == match(given, RULES, WEIGHTS, explain=False).score


@pytest.mark.parametrize("kind", ["mix", "tight"])
def test_a_hundred_thousand(kind: str) -> None:
    given = cohort(1, 100_000, 100_000, kind=kind)
    print(f"\n\n{kind}, 100,000 × 100,000", end="")
    (pairs, score), *_ = apart(ours, given)
    print(f"   {pairs} pairs, {score / 10_000 / pairs:.1f} points a pair", end="")
