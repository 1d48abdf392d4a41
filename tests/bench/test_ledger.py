"""How much of tables stays visible after disclosure control, and how long it decides."""

import os
import statistics
import time

import numpy as np
import pytest

from mentoring.reports.disclosure.kernel import Family, Verdict
from tests.reports.disclosure.tables import BANDS, Cells, company, months_of

pytestmark = pytest.mark.bench
SEEDS = range(20)


def decide(cells: Cells, told: Cells, *, least: int, seed: int) -> tuple[Cells, float]:
    """Which cells are told, and how long it took, reading those that were told before included."""
    before = np.array(told, dtype=bool).reshape(len(told), len(cells[0]))
    began = time.perf_counter()
    known = Family(before, dice=np.random.default_rng(seed))
    verdicts = known.decide_all((each, least) for each in cells)
    seconds = time.perf_counter() - began
    pairs = zip(cells, verdicts, strict=True)
    return [cell for cell, verdict in pairs if verdict == Verdict.OK], seconds


def safe_alone(cells: Cells, least: int) -> int:
    return sum(int(each.sum()) >= least for each in cells)


def finest_first(cells: Cells) -> Cells:
    totals = len(cells) - (len(cells) - 1 - BANDS) // (BANDS + 1) * BANDS
    return cells[totals:] + cells[:totals]


@pytest.mark.parametrize("least", [5, 8])
@pytest.mark.parametrize("order", [list, finest_first], ids=["coarse first", "fine first"])
def test_tables_of_three_hundred(least: int, order) -> None:
    shares, taken = [], []
    for seed in SEEDS:
        cells = order(company(seed).cells())
        told, seconds = decide(cells, [], least=least, seed=seed)
        shares.append(len(told) / safe_alone(cells, least))
        taken.append(seconds)
    print(
        f"\nleast {least}, {len(SEEDS)} tables: {min(shares):.0%} to {max(shares):.0%} visible,"
        f" mean {statistics.fmean(shares):.0%}; {max(taken) * 1000:.0f} ms at most,"
        f" load {os.getloadavg()[0]:.1f}",
        end="",
    )
    assert min(shares) >= 0.6


@pytest.mark.parametrize("months", [1, 3], ids=["monthly", "quarterly"])
@pytest.mark.parametrize("churn", [0.0, 0.01, 0.03, 0.1])
def test_a_year_of_tables(churn: float, months: int) -> None:
    shares: list[list[float]] = []
    slowest = 0.0
    for seed in list(SEEDS)[:6]:
        told: Cells = []
        year = company(seed, churn=churn, months=13)
        for month, cells in enumerate(months_of(year, 13, moves=churn / 3, seed=seed)):
            if month % months:
                continue
            fresh, seconds = decide(cells, told, least=5, seed=seed)
            told += fresh
            slowest = max(slowest, seconds)
            if month:
                shares.append([len(fresh) / safe_alone(cells, 5)])
    means = statistics.fmean(share for each in shares for share in each)
    print(
        f"\n{churn:.0%} a month, every {months} months: {means:.0%} told anew,"
        f" {min(shares)[0]:.0%} to {max(shares)[0]:.0%}; {slowest * 1000:.0f} ms at most",
        end="",
    )


def test_ten_thousand_people() -> None:
    told: Cells = []
    year = company(3, 10_000, churn=0.01, months=25)
    for month, cells in enumerate(months_of(year, 25, moves=0.003, seed=3)):
        fresh, seconds = decide(cells, told, least=5, seed=month)
        told += fresh
        if month in {0, 12, 24}:
            print(
                f"\n10,000 people, month {month}: {len(cells)} cells after {len(told)},"
                f" {len(fresh) / safe_alone(cells, 5):.0%} told, {seconds:.1f} s",
                end="",
            )
