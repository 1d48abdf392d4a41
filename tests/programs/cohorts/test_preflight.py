"""The preflight names what is missing, once it is missing and only then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Reach, Role
from accounts.models import Grade, Member
from programs.enums import Side
from programs.models import (
    Cohort,
    FeedbackQuestion,
    PreparationItem,
    Program,
    ProgramReach,
    Topic,
    TopicFamily,
)
from programs.preflight import preflight_of
from programs.queries.cohorts import whole
from tests.factories import create_listed, create_member, create_owner, inside, login, url
from tests.programs.cohorts.making import (
    create_cohort,
    create_house,
    create_program,
    let_in,
    today,
)
from tests.programs.pages import send

pytestmark = pytest.mark.django_db


def severities(cohort: Cohort, owner: Member) -> dict[str, str]:
    with inside(owner.organization_id):
        fresh = whole(Cohort.objects.filter(pk=cohort.pk)).get()
        checks = preflight_of(fresh, member=owner, today=today())
    return {check.key: check.severity.value for check in checks if check.severity != "fine"}


@pytest.fixture
def house():
    owner, people = create_house()
    outside = create_listed(owner.organization, manager=owner, grade=people[-1].grade)
    cohort = create_cohort(create_program(owner, concern_contact=outside))
    return owner, people, cohort


def test_a_cohort_that_lacks_nothing_has_nothing_to_show(house):
    owner, _, cohort = house
    assert severities(cohort, owner) == {}


GONE = {"deactivated_at": "now"}
OF_PROGRAM = {
    "archived": ({"archived_at": "now"}, {"program": "error"}),
    "no purpose": ({"purpose": ""}, {"purpose": "error"}),
    "no sponsor": ({"sponsor": None}, {"sponsor": "error"}),
    "no measures": ({"outcome_measures": []}, {"measures": "error"}),
    "no agreement": ({"agreement": ""}, {"agreement": "error"}),
    "no contact": ({"concern_contact": None}, {"contact": "error"}),
    "a gap too wide": ({"grade_gap": 4}, {"grades": "error", "gap": "error"}),
    "a gap that few meet": ({"grade_gap": 3}, {"gap": "hint"}),
    "traditional": ({"kind": "traditional", "grade_gap": 3}, {"gap": "hint"}),
    "mutual": ({"kind": "mutual", "grade_gap": 9}, {}),
}


@pytest.mark.parametrize(("fields", "found"), OF_PROGRAM.values(), ids=list(OF_PROGRAM))
def test_what_the_program_lacks(house, fields, found):
    owner, _, cohort = house
    values = {name: timezone.now() if value == "now" else value for name, value in fields.items()}
    with inside(owner.organization_id):
        Program.objects.filter(pk=cohort.program_id).update(**values)
    assert severities(cohort, owner) == found


def past(count: int):
    return today() - timedelta(days=count)


OF_COHORT = {
    "a day missing": (lambda: {"starts_on": None}, {"dates": "error"}),
    "days not in order": (
        lambda: {"starts_on": today(), "enrollment_closes_on": today() + timedelta(days=3)},
        {"dates": "error"},
    ),
    "enrollment over": (
        lambda: {"enrollment_opens_on": past(9), "enrollment_closes_on": past(1)},
        {"window": "error"},
    ),
    "the last day of enrollment": (lambda: {"enrollment_closes_on": today()}, {}),
    "a pilot without places": (lambda: {"is_pilot": True}, {"pilot": "error"}),
    "a pilot without review": (
        lambda: {"is_pilot": True, "places": 2, "needs_approval": False},
        {"pilot": "error"},
    ),
    "a pilot": (lambda: {"is_pilot": True, "places": 2}, {}),
    "more places than people": (lambda: {"places": 500}, {"places": "hint"}),
}


@pytest.mark.parametrize(("fields", "found"), OF_COHORT.values(), ids=list(OF_COHORT))
def test_what_the_cohort_lacks(house, fields, found):
    owner, _, cohort = house
    with inside(owner.organization_id):
        Cohort.objects.filter(pk=cohort.pk).update(**fields())
    assert severities(cohort, owner) == found


OF_ORGANIZATION = {
    "no topic": (lambda: Topic.objects.all().delete(), {"topics": "error"}),
    "a family without topics": (
        lambda: TopicFamily.objects.create(name="Empty"),
        {"topics": "hint"},
    ),
    "only an archived topic": (
        lambda: Topic.objects.update(archived_at=timezone.now()),
        {"topics": "error"},
    ),
    "no preparation": (
        lambda: PreparationItem.objects.update(is_required=False),
        {"preparation": "hint"},
    ),
    "no question for one side": (
        lambda: FeedbackQuestion.objects.filter(form__writer=Side.MENTEE).delete(),
        {"questions": "hint"},
    ),
    "a contact who left": (
        lambda: Member.objects.filter(pk=Program.objects.get().concern_contact_id).update(
            deactivated_at=timezone.now()
        ),
        {"contact": "error"},
    ),
    "a contact above everybody": (
        lambda: Program.objects.update(concern_contact=Member.objects.get(user__isnull=False)),
        {"contact_outside": "hint"},
    ),
    "some without a grade": (
        lambda: Member.objects.filter(grade__rank=1).update(grade=None),
        {"grades_given": "hint"},
    ),
    "some without a manager": (
        lambda: Member.objects.filter(grade__rank=1).update(manager=None),
        {"managers": "hint"},
    ),
    "nobody with a manager": (
        lambda: Member.objects.update(manager=None),
        {"managers": "error"},
    ),
    "nobody with a grade": (
        lambda: Member.objects.update(grade=None),
        {"grades_given": "error", "gap": "error"},
    ),
    "too few grades": (
        lambda: [
            Member.objects.filter(grade__rank__gt=0).update(grade=None),
            Grade.objects.filter(rank__gt=0).delete(),
        ],
        {"grades": "error", "grades_given": "hint", "gap": "error"},
    ),
}


@pytest.mark.parametrize(("change", "found"), OF_ORGANIZATION.values(), ids=list(OF_ORGANIZATION))
def test_what_the_organization_lacks(house, change, found):
    owner, _, cohort = house
    with inside(owner.organization_id):
        change()
    assert severities(cohort, owner) == found


def test_nobody_eligible_on_a_side_blocks(house):
    owner, people, cohort = house
    with inside(owner.organization_id):
        Member.objects.filter(pk=people[0].pk).update(on_leave=True)
    let_in(cohort, "mentee", member=people[0])
    assert severities(cohort, owner) == {"eligible": "error", "gap": "error"}


def test_only_one_person_in_the_organization(house):
    owner = create_owner()
    cohort = create_cohort(create_program(owner, grade_gap=1))
    assert severities(cohort, owner)["people"] == "error"


def test_each_gap_leads_to_where_it_is_mended(client, house):
    owner, _, cohort = house
    with inside(owner.organization_id):
        Program.objects.update(purpose="")
        Cohort.objects.update(starts_on=None)
    login(client, owner)

    page = client.get(url(owner, "cohort_preflight", cohort.pk)).text

    assert "There is no purpose yet." in page
    back = f"?cohort={cohort.pk}"
    assert f'href="{url(owner, "program_edit", cohort.program_id)}{back}"' in page
    assert f'href="{url(owner, "cohort_edit", cohort.pk)}">Set the dates</a>' in page


def test_what_is_mended_leads_back_to_what_else_is_missing(client, house):
    owner, _, cohort = house
    login(client, owner)
    preflight = url(owner, "cohort_preflight", cohort.pk)
    address = f"{url(owner, 'program_edit', cohort.program_id)}?cohort={cohort.pk}"

    form = client.get(address)
    assert f'href="{preflight}"' in form.text
    assert send(client, address, form, purpose="Listen more.")["Location"] == preflight


@pytest.mark.parametrize("cohort", ["", "https://elsewhere.example/", "x" * 32])
def test_no_address_leads_back_to_anywhere_else(client, house, cohort):
    owner, _, own = house
    login(client, owner)
    address = f"{url(owner, 'program_edit', own.program_id)}?cohort={cohort}"

    assert send(client, address)["Location"] == url(owner, "program", own.program_id)


def test_who_may_not_mend_something_is_told_who_can(client, house):
    owner, _, cohort = house
    admin = create_member(owner.organization, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS)
    with inside(owner.organization_id):
        ProgramReach.objects.create(member=admin, program_id=cohort.program_id)
        Topic.objects.all().delete()
    login(client, admin)

    page = client.get(url(admin, "cohort_preflight", cohort.pk)).text

    assert "Somebody who looks after the whole organization can mend this." in page
    assert "Add topics" not in page


@pytest.mark.parametrize("people_each", [1, 100])
def test_the_page_costs_the_same_for_few_and_for_many(
    client, django_assert_num_queries, people_each
):
    owner, _ = create_house(grades=3, people_each=people_each)
    cohort = create_cohort(create_program(owner))
    login(client, owner)
    client.get(url(owner, "cohort_preflight", cohort.pk))
    with django_assert_num_queries(17):
        client.get(url(owner, "cohort_preflight", cohort.pk))
