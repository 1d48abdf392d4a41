"""The page of all that was told about groups, for those who may look at the programs."""

import re

import pytest

from accounts.enums import Reach as Narrowed
from accounts.enums import Role
from mentoring.reports.disclosure.scopes import WHOLE, Dimension, Reach, Scope
from programs.models import ProgramReach
from tests.factories import create_member, create_owner, inside, login, url
from tests.pairings.people import create_round
from tests.profiles.people import create_cohort
from tests.reports.disclosure.people import cell, told

pytestmark = pytest.mark.django_db


def page_of(client, member, **query):
    return login(client, member).get(url(member, "reports_told"), query)


def lines(response):
    """Each row of the table as one line of words."""
    body = response.text.split("<tbody")[1].split("</tbody>")[0]
    rows = [re.sub(r"<[^>]+>", " ", row) for row in body.split("<tr")[1:]]
    return [" ".join(row.split(">", 1)[1].split()) for row in rows]


@pytest.fixture
def cohorts():
    """Two programs of one organization, of each of which something was told."""
    first = create_round()
    second = create_cohort(first.organization)
    with inside(first.organization):
        for at, cohort in enumerate((first, second)):
            scope = Scope(Reach.PROGRAM, cohort.program_id)
            told(
                cell(str(scope), range(20 * at, 20 * at + 9), mean=0.5),
                cell(str(scope.within((Dimension.DEPARTMENT, "R&D <x>"))), range(4)),
                cell(str(Scope(Reach.COHORT, cohort.pk)), range(20 * at, 20 * at + 9), mean=0.5),
            )
        told(cell(WHOLE, range(30), mean=-1.25))
    return first, second


def test_a_row_says_what_of_whom_and_the_figure_or_the_reason(client, cohorts):
    first, _second = cohorts
    owner = create_owner(first.organization)
    found = lines(page_of(client, owner))
    assert len(found) == 7
    assert any("Growth of mentors Everybody 30 −1.25" in each for each in found)
    program = f"Growth of mentors Program: {first.program.name}"
    assert any(f"{program} 9 +0.50" in each for each in found)
    refused = f"{program} Department: R&amp;D &lt;x&gt; – Too few people for this figure"
    assert any(refused in each for each in found)


@pytest.mark.parametrize(
    ("roles", "status"),
    [([Role.OWNER], 200), ([Role.HR_ANALYST], 200), ([Role.PROGRAM_ADMIN], 200), ([], 403)],
)
def test_who_may_look_at_reports_reads_it(client, cohorts, roles, status):
    member = create_member(cohorts[0].organization, roles=roles)
    response = page_of(client, member)
    assert response.status_code == status
    assert status == 403 or len(lines(response)) == 7


def test_who_runs_one_program_reads_of_that_one_alone(client, cohorts):
    first, second = cohorts
    admin = create_member(first.organization, roles=[Role.PROGRAM_ADMIN], reach=Narrowed.PROGRAMS)
    with inside(first.organization):
        ProgramReach.objects.create(member=admin, program=first.program)
    response = page_of(client, admin)
    assert len(lines(response)) == 3
    assert second.program.name not in response.text
    assert "Everybody" not in response.text


def test_it_narrows_to_a_measure_and_an_outcome(client, cohorts):
    owner = create_owner(cohorts[0].organization)
    assert len(lines(page_of(client, owner, measure="mentor_growth"))) == 7
    assert len(lines(page_of(client, owner, measure="mentor_growth", outcome="refused"))) == 2
    assert "Everybody" not in page_of(client, owner, measure="check_ins").text
    assert page_of(client, owner, measure="nonsense", page="9999", sort="x").status_code == 200


@pytest.mark.parametrize("count", [1, 20])
def test_it_costs_the_same_however_much_was_told(client, count, django_assert_num_queries):
    cohort = create_round()
    owner = create_owner(cohort.organization)
    with inside(cohort.organization):
        scope = Scope(Reach.PROGRAM, cohort.program_id)
        names = [scope.within((Dimension.LOCATION, f"Place {at}")) for at in range(count)]
        told(*(cell(str(each), range(at * 9, at * 9 + 9)) for at, each in enumerate(names)))
    page_of(client, owner)
    with django_assert_num_queries(18):
        assert len(lines(page_of(client, owner))) == count
