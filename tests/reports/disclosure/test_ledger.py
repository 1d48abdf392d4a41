"""What is decided about a figure is decided once, from who is in the group, and names nobody."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mentoring.reports.disclosure.cells import Cell
from mentoring.reports.disclosure.people import mark_of, places_of
from mentoring.reports.enums import Refusal
from mentoring.reports.models import LedgerCell, LedgerKey, LedgerPerson
from mentoring.tenancy.scope import OutsideOrganization
from tests.factories import create_member, create_organization, inside
from tests.reports.disclosure.people import DAY, MEASURE, NOW, cell, person, refusals, told

pytestmark = pytest.mark.django_db
LATER = date(2026, 11, 30)


@pytest.fixture
def here(request):
    organization = create_organization()
    with inside(organization):
        yield organization


def forbidden():
    raise AssertionError("What is not told is not computed.")


def test_what_is_told_has_a_value_and_what_is_not_has_a_reason(here):
    cells = [cell("all", range(20), mean=0.5), cell("most", range(17)), cell("few", range(4))]
    found = told(*cells)
    assert [(each.scope, each.people, each.refusal, each.value) for each in found] == [
        ("all", 20, None, {"mean": 0.5}),
        ("most", 0, Refusal.DIFFERENCE, None),
        ("few", 0, Refusal.TOO_FEW, None),
    ]


def test_what_is_not_told_is_not_computed_either(here):
    told(cell("all", range(20)))
    cells = [Cell(f"{size}", frozenset(map(person, range(size))), 5, forbidden) for size in (4, 18)]
    assert [each.refusal for each in told(*cells)] == [Refusal.TOO_FEW, Refusal.DIFFERENCE]


def test_the_same_question_has_the_same_answer_whoever_is_in_the_group_by_now(here):
    first = told(cell("all", range(20), mean=0.5), cell("few", range(3)))
    again = told(cell("all", range(9), mean=3.0), cell("few", range(100)))
    assert again == first
    assert LedgerCell.objects.count() == 2
    assert LedgerPerson.objects.count() == 20


def test_another_day_is_another_question(here):
    told(cell("all", range(20)))
    assert refusals(cell("all", range(20)), as_of=LATER) == [None]
    assert refusals(cell("all", range(22)), as_of=LATER + timedelta(31)) == [Refusal.DIFFERENCE]
    assert refusals(cell("all", range(25)), as_of=LATER + timedelta(61)) == [None]


def test_an_earlier_day_that_is_told_later_counts_as_well(here):
    told(cell("all", range(20)), as_of=LATER)
    assert refusals(cell("all", range(18)), as_of=DAY) == [Refusal.DIFFERENCE]


def test_measures_do_not_limit_each_other(here):
    told(cell("all", range(20)))
    assert refusals(cell("all", range(18)), measure="mentee_learning") == [None]


def test_what_was_refused_hides_nothing(here):
    told(cell("all", range(20)), cell("most", range(18)))
    assert refusals(cell("most", range(15)), as_of=LATER) == [None]


def test_values_change_nothing_about_the_decision(here):
    groups = [range(20), range(10), range(12), range(5, 20), range(4)]
    outcomes = []
    for mean in (0.0, 4.0):
        cells = [cell(str(at), group, mean=mean) for at, group in enumerate(groups)]
        outcomes.append(refusals(*cells, measure=f"measure {mean}"))
    assert outcomes[0] == outcomes[1]
    assert outcomes[0] == [None, None, Refusal.DIFFERENCE, None, Refusal.TOO_FEW]


def test_a_refused_row_has_no_value_no_size_and_no_people(here):
    told(cell("few", range(4)))
    row = LedgerCell.objects.get()
    assert (row.refusal, row.value, row.people, bytes(row.members)) == ("too_few", None, 0, b"")


@pytest.mark.parametrize("kept", [{"value": {"mean": 1}}, {"people": 4}, {"members": b"\xf0"}])
def test_the_database_refuses_a_refusal_that_says_more(here, kept):
    row = {"people": 0, "members": b"", "value": None, **kept}
    with pytest.raises(IntegrityError, match="reports_ledger_cell_refused"), transaction.atomic():
        LedgerCell.objects.create(
            measure=MEASURE, scope="x", as_of=DAY, refusal="too_few", decided_at=NOW, **row
        )


def test_the_ledger_names_nobody():
    organization = create_organization()
    members = [create_member(organization, name=f"Zebrafinch {n}") for n in range(6)]
    with inside(organization):
        told(Cell("all", frozenset(each.pk for each in members), 5, lambda: {"mean": 1}))
        stored = ""
        for table in ("ledgercell", "ledgerperson", "ledgerkey"):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT t::text FROM reports_{table} t")
                stored += "".join(text for (text,) in cursor.fetchall())
    assert stored.count(str(organization.pk)) == 8
    for each in members:
        assert each.name not in stored
        assert str(each.pk) not in stored
        assert each.pk.hex not in stored


def test_marks_of_one_person_differ_between_organizations():
    marks = []
    for _ in range(2):
        with inside(create_organization()):
            told(cell("all", range(5)))
            marks.append(set(LedgerPerson.objects.values_list("mark", flat=True)))
    assert marks[0] & marks[1] == set()


def test_organizations_do_not_limit_or_see_each_other():
    for _ in range(2):
        with inside(create_organization()):
            assert refusals(cell("all", range(20))) == [None]
            assert LedgerCell.objects.count() == 1
            assert sorted(LedgerPerson.objects.values_list("place", flat=True)) == [*range(20)]
    with pytest.raises(OutsideOrganization):
        told(cell("all", range(20)))


def test_people_keep_their_places(here):
    told(cell("all", range(20)))
    before = dict(LedgerPerson.objects.values_list("mark", "place"))
    told(cell("other", range(15, 30)))
    after = dict(LedgerPerson.objects.values_list("mark", "place"))
    assert before.items() <= after.items()
    assert sorted(after.values()) == [*range(30)]


def test_a_place_follows_from_the_mark_alone(here):
    key = bytes(32)
    places = places_of(map(person, range(9)), key=key)
    in_order = sorted(range(9), key=lambda n: mark_of(person(n), key=key))
    assert [places[person(n)] for n in in_order] == [*range(9)]
    assert LedgerKey.objects.count() == 0


def test_deciding_takes_few_queries(here, django_assert_num_queries):
    told(cell("all", range(200)))
    for at, count in enumerate((1, 30)):
        cells = [cell(str(n), range(n * 6, n * 6 + 6)) for n in range(count)]
        with django_assert_num_queries(8):
            told(*cells, measure=f"measure {at}")
