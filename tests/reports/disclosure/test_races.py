"""Two workers who tell at the same moment, in real threads: never both of two that do not go."""

import pytest

from mentoring.reports.models import LedgerCell, LedgerPerson
from tests.factories import create_organization, inside
from tests.pairings.test_races import at_once
from tests.reports.disclosure.people import cell, told

pytestmark = pytest.mark.usefixtures("committed_db")


def tell_of(scope, group, *, measure="mentor_growth"):
    def deed():
        (found,) = told(cell(scope, group), measure=measure)
        return str(found.refusal or "told")

    return deed


@pytest.mark.parametrize("is_new", [False, True])
def test_of_two_that_leave_few_between_them_one_is_told(is_new):
    for _ in range(3):
        organization = create_organization()
        if not is_new:
            with inside(organization):
                told(cell("before", range(40)))
        deeds = [tell_of("most", range(18)), tell_of("all", range(20))]
        assert at_once(organization.pk, *deeds) == ["difference", "told"]


def test_the_same_question_at_once_has_one_answer():
    organization = create_organization()
    deeds = [tell_of("all", range(size)) for size in (20, 20, 3)]
    (one, *others) = at_once(organization.pk, *deeds)
    assert {one} == {*others}
    with inside(organization):
        assert LedgerCell.objects.count() == 1


def test_new_people_of_two_measures_at_once_have_a_place_each():
    organization = create_organization()
    deeds = [tell_of("all", range(at, at + 9), measure=f"measure {at}") for at in range(4)]
    assert at_once(organization.pk, *deeds) == ["told"] * 4
    with inside(organization):
        assert sorted(LedgerPerson.objects.values_list("place", flat=True)) == [*range(12)]
