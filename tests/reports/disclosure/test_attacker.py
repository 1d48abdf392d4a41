"""Nobody learns anything about few people from all figures of a year together.

The year has people who come, go and move; viewers ask for tables, filters and exports in turn.
"""

from datetime import date

import pytest

from tests.factories import create_organization, inside
from tests.reports.disclosure.attacker import Attacker
from tests.reports.disclosure.people import cell, told
from tests.reports.disclosure.year import MONTHS, year

pytestmark = pytest.mark.django_db
SEEDS = range(4)


def last_of(month: int) -> date:
    return date(2026, month + 1, 28)


def everything_shown(seed: int, least: int) -> list[frozenset[int]]:
    """Every group of which anybody was shown a figure, with the ledger on."""
    shown = []
    with inside(create_organization()):
        for month, asked in year(seed):
            cells = [cell(scope, group, least=least) for scope, group in asked]
            found = told(*cells, as_of=last_of(month))
            shown += [group for each, (_, group) in zip(found, asked, strict=True) if each.is_told]
    return shown


def everything_large_enough(seed: int, least: int) -> list[frozenset[int]]:
    """The same with the ledger off: whatever has its least size is shown."""
    return [group for _, asked in year(seed) for _, group in asked if len(group) >= least]


@pytest.mark.parametrize("least", [5, 8])
@pytest.mark.parametrize("seed", SEEDS)
def test_an_attacker_who_sees_a_year_finds_nobody(seed, least):
    shown = everything_shown(seed, least)
    attacker = Attacker(shown)

    assert attacker.small_differences(least - 1) == []
    assert attacker.solved() == []
    assert attacker.solved_together(4) == []
    assert attacker.solved_with_weights(4) == []
    assert len({*shown}) > 3 * MONTHS


@pytest.mark.parametrize("seed", SEEDS)
def test_with_the_ledger_off_the_same_attacker_finds_people(seed):
    attacker = Attacker(everything_large_enough(seed, 5))

    assert len(attacker.small_differences(4)) > 100
    assert len(attacker.solved()) > 20
    assert len(attacker.solved_together(4)) > 20
    assert len(attacker.solved_with_weights(4)) > 20
