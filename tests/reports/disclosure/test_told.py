"""What pages read of the ledger: the value or the reason, and what was told before."""

from datetime import date
from uuid import UUID

import pytest

from mentoring.reports.disclosure.cells import Earlier
from mentoring.reports.disclosure.scopes import WHOLE, Dimension, Reach, Scope, parsed
from mentoring.reports.enums import Refusal
from mentoring.reports.queries.told import told as looked_up
from mentoring.reports.queries.told import told_many
from tests.factories import create_organization, inside
from tests.reports.disclosure.people import cell, told

pytestmark = pytest.mark.django_db
JULY, AUGUST, SEPTEMBER = date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)


@pytest.fixture(autouse=True)
def here(db):
    with inside(create_organization()):
        yield


def test_a_refusal_comes_with_what_was_told_before():
    told(cell(WHOLE, range(20), mean=1.0), as_of=JULY)
    told(cell(WHOLE, range(30), mean=2.0), as_of=AUGUST)
    told(cell(WHOLE, range(31), mean=3.0), as_of=SEPTEMBER)

    found = looked_up("mentor_growth", WHOLE, SEPTEMBER)

    assert (found.refusal, found.value, found.people) == (Refusal.DIFFERENCE, None, 0)
    assert found.earlier == Earlier(AUGUST, 30, {"mean": 2.0})


def test_what_is_told_needs_nothing_from_before():
    told(cell(WHOLE, range(20), mean=1.0), as_of=JULY)
    told(cell(WHOLE, range(30), mean=2.0), as_of=AUGUST)
    found = looked_up("mentor_growth", WHOLE, AUGUST)
    assert (found.value, found.people, found.earlier) == ({"mean": 2.0}, 30, None)


def test_a_day_in_between_reads_the_end_of_the_month_before_it():
    told(cell(WHOLE, range(20), mean=1.0), as_of=JULY)
    told(cell(WHOLE, range(30), mean=2.0), as_of=SEPTEMBER)
    assert looked_up("mentor_growth", WHOLE, date(2026, 9, 29)).as_of == JULY
    assert looked_up("mentor_growth", WHOLE, date(2026, 7, 30)) is None


def test_a_refusal_without_anything_before_stands_alone():
    told(cell(WHOLE, range(3)), as_of=JULY)
    found = looked_up("mentor_growth", WHOLE, JULY)
    assert (found.refusal, found.earlier) == (Refusal.TOO_FEW, None)


@pytest.mark.parametrize("count", [1, 8])
def test_many_cost_one_query(count, django_assert_num_queries):
    scopes = [f"scope {at}" for at in range(count)]
    for month in (JULY, AUGUST, SEPTEMBER):
        for measure in ("one", "other"):
            cells = [cell(each, range(n * 9, n * 9 + 9)) for n, each in enumerate(scopes)]
            told(*cells, measure=measure, as_of=month)
    with django_assert_num_queries(1):
        found = told_many(["one", "other"], scopes, SEPTEMBER)
    assert len(found) == 2 * count
    assert {each.as_of for each in found.values()} == {SEPTEMBER}


def test_a_scope_is_read_as_it_was_written():
    key = UUID(int=7)
    for scope in (
        Scope(Reach.ORGANIZATION),
        Scope(Reach.COHORT, key),
        Scope(Reach.PROGRAM, key).within(
            (Dimension.BAND, 'A – "B"'), (Dimension.DEPARTMENT, "R&D, Köln's")
        ),
    ):
        assert parsed(str(scope)) == scope
    one = Scope(Reach.ORGANIZATION).within((Dimension.BAND, "x"), (Dimension.DEPARTMENT, "y"))
    other = Scope(Reach.ORGANIZATION).within((Dimension.DEPARTMENT, "y"), (Dimension.BAND, "x"))
    assert str(one) == str(other)
