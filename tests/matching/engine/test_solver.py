"""The solver alone, on graphs small enough to try everything and on larger ones of peers."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.graph.python import min_cost_flow
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from mentoring.matching.engine.auction import scaled, settle_rows
from mentoring.matching.engine.graph import Graph, State, degrees, fresh
from mentoring.matching.engine.solve import finish, lift, most_people, solve, total
from tests.matching.small import Problem, best, drawn, graph_of

FAR_MORE = 10**6


def no_pulse() -> None:
    pass


def conditions(graph: Graph, state: State, rows: np.ndarray, columns: np.ndarray) -> list[bool]:
    """The five conditions of an optimum, and that both sums agree."""
    worth = graph.weight - state.u[graph.row] - state.v[graph.column]
    taken = state.taken == 1
    used = degrees(graph, state)
    dual = rows @ state.u + columns @ state.v + worth[taken].sum()
    return [
        bool(np.all(state.u >= 0) and np.all(state.v >= 0)),
        bool(np.all(worth[~taken] <= 0)),
        bool(np.all(worth[taken] >= 0)),
        bool(np.all(used[0] <= rows) and np.all((state.u == 0) | (used[0] == rows))),
        bool(np.all(used[1] <= columns) and np.all((state.v == 0) | (used[1] == columns))),
        int(dual) == total(graph, state),
    ]


def solved(problem: Problem) -> tuple[Graph, State, np.ndarray, np.ndarray]:
    graph = graph_of(problem[0])
    rows, columns = (np.array(side, np.int64) for side in problem[1:])
    return graph, solve(graph, rows, columns, no_pulse), rows, columns


@pytest.mark.parametrize("seed", range(0, 3000, 100))
def test_the_best_score_is_the_one_of_trying_everything(seed: int) -> None:
    for each in range(seed, seed + 100):
        problem = drawn(each)
        graph, state, rows, columns = solved(problem)
        assert all(conditions(graph, state, rows, columns)), each
        assert total(graph, state) == best(*problem), each


@pytest.mark.parametrize("seed", range(0, 3000, 100))
def test_most_people_first_is_the_one_of_trying_everything(seed: int) -> None:
    for each in range(seed, seed + 100):
        problem = drawn(each)
        graph, state, rows, columns = solved(problem)
        extra = lift(rows, columns, 12)
        graph, state = most_people(graph, state, rows, columns, extra, no_pulse)
        assert all(conditions(graph, state, rows, columns)), each
        pairs = int(state.taken.sum())
        found = pairs, total(graph, state) - extra * pairs
        assert found == divmod(best(*problem, FAR_MORE), FAR_MORE), each


@given(
    st.integers(1, 5).flatmap(
        lambda m: (
            st.lists(st.lists(st.integers(-2, 3), min_size=m, max_size=m), min_size=1)
            .map(lambda rows: rows[:5])
            .flatmap(
                lambda rows: st.tuples(
                    st.just(np.array(rows)),
                    st.lists(st.integers(1, 3), min_size=len(rows), max_size=len(rows)),
                    st.lists(st.integers(1, 3), min_size=m, max_size=m),
                )
            )
        )
    )
)
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_best_score_holds_for_whatever_a_search_for_faults_finds(problem: Problem) -> None:
    graph, state, rows, columns = solved(problem)
    assert all(conditions(graph, state, rows, columns))
    assert total(graph, state) == best(*problem)


@pytest.mark.parametrize("seed", range(20))
def test_any_start_leads_to_the_same_score(seed: int) -> None:
    problem = drawn(seed, size=12, most=3, highest=2000)
    graph, state, rows, columns = solved(problem)
    rng = np.random.default_rng(seed)
    coarse, wild = fresh(graph), fresh(graph)
    scaled(graph, coarse, rows, columns, 8192)
    wild.v[:] = rng.integers(0, 3000, len(columns))
    settle_rows(graph, wild)
    for other in (coarse, wild):
        finish(graph, other, rows, columns, no_pulse)
        assert all(conditions(graph, other, rows, columns))
        assert total(graph, other) == total(graph, state)


def dense(seed: int, size: int, share: float) -> np.ndarray:
    rng = np.random.default_rng(seed)
    weights = rng.integers(1, 1_000_000, (size, size))
    return np.where(rng.random((size, size)) < share, weights, 0)


@pytest.mark.parametrize(("size", "share"), [(60, 0.05), (200, 0.3), (400, 0.1)])
def test_scipy_finds_the_same_score(size: int, share: float) -> None:
    weights = dense(size, size, share)
    graph, state, rows, columns = solved((weights, [1] * size, [1] * size))
    left, right = linear_sum_assignment(weights, maximize=True)
    assert total(graph, state) == int(weights[left, right].sum())
    extra = lift(rows, columns, 1_000_000)
    graph, state = most_people(graph, state, rows, columns, extra, no_pulse)
    lifted = np.where(weights > 0, weights + extra, 0)
    left, right = linear_sum_assignment(lifted, maximize=True)
    assert total(graph, state) == int(lifted[left, right].sum())


def test_a_sparse_solver_finds_the_same_score_where_everybody_has_a_partner() -> None:
    size, weights = 300, dense(5, 300, 0.05)
    weights[np.arange(size), np.arange(size)] = 1
    graph, state, rows, columns = solved((weights, [1] * size, [1] * size))
    graph, state = most_people(graph, state, rows, columns, lift(rows, columns, 10**6), no_pulse)
    left, right = min_weight_full_bipartite_matching(csr_matrix(weights), maximize=True)
    assert int(state.taken.sum()) == size
    assert total(graph, state) - size * lift(rows, columns, 10**6) == int(
        weights[left, right].sum()
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_flow_solver_finds_the_same_score_with_several_places(seed: int) -> None:
    rng = np.random.default_rng(seed)
    weights = dense(seed, 150, 0.2)
    rows, columns = rng.integers(1, 3, 150), rng.integers(1, 4, 150)
    graph, state, *_ = solved((weights, list(rows), list(columns)))
    flow = min_cost_flow.SimpleMinCostFlow()
    left, right = np.nonzero(weights)
    people = np.arange(150)
    flow.add_arcs_with_capacity_and_unit_cost(
        left, right + 150, np.ones(len(left), int), -weights[left, right]
    )
    flow.add_arcs_with_capacity_and_unit_cost(np.full(150, 300), people, rows, np.zeros(150, int))
    flow.add_arcs_with_capacity_and_unit_cost(
        people + 150, np.full(150, 301), columns, np.zeros(150, int)
    )
    flow.add_arc_with_capacity_and_unit_cost(300, 301, int(rows.sum()), 0)
    flow.set_nodes_supplies(np.array([300, 301]), np.array([rows.sum(), -rows.sum()]))
    assert flow.solve() == flow.OPTIMAL
    assert total(graph, state) == -int(flow.optimal_cost())
