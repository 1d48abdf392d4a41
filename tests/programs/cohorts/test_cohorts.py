"""Setting up cohorts, and who sees and changes which."""

from datetime import date, timedelta

import pytest

from accounts.enums import Reach, Role
from accounts.models import AuditEvent
from programs.enums import CohortState, ParticipantState, Side
from programs.models import Cohort, ProgramReach
from programs.proposals import months_later, proposal_for
from tests.factories import create_member, create_owner, inside, login, reload, url
from tests.programs.cohorts.making import (
    create_cohort,
    create_house,
    create_program,
    days,
    enroll,
    invite,
    put_in,
    today,
)

pytestmark = pytest.mark.django_db


def answers(**changes) -> dict[str, object]:
    values = {"name": "Autumn", "places": "", "needs_approval": "on", **days(), **changes}
    return {name: value for name, value in values.items() if value is not None}


def the_cohort(owner) -> Cohort:
    with inside(owner.organization_id):
        return Cohort.objects.get()


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 7), 6, date(2027, 6, 7)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_are_added_as_people_count_them(day, months, later):
    assert months_later(day, months) == later


def test_a_new_cohort_is_proposed_with_a_free_name_and_days_in_order():
    owner = create_owner()
    program = create_program(owner, length_months=6)
    monday = date(2026, 11, 23)
    first = proposal_for(program, today=monday, taken=set())
    second = proposal_for(program, today=monday, taken={first.name.lower()})
    assert first.name == "Six in six months · January 2027"
    assert second.name == "Six in six months · January 2027 (2)"
    assert (first.enrollment_opens_on, first.enrollment_closes_on) == (
        date(2026, 11, 30),
        date(2026, 12, 18),
    )
    assert (first.starts_on, first.ends_on) == (date(2027, 1, 4), date(2027, 7, 3))


def test_a_cohort_is_made_as_proposed(client):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)
    address = url(owner, "cohort_new", program.pk)
    proposed = client.get(address).text
    assert "Six in six months · " in proposed

    page = client.post(address, answers(), follow=True)

    assert "Autumn is created as a draft." in page.text
    cohort = the_cohort(owner)
    assert (cohort.name, cohort.state, cohort.ends_on) == ("Autumn", "draft", days()["ends_on"])
    with inside(owner.organization_id):
        assert AuditEvent.objects.get().action == "cohort.created"


def test_a_form_sent_twice_makes_one_cohort(client):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)
    client.post(url(owner, "cohort_new", program.pk), answers())
    page = client.post(url(owner, "cohort_new", program.pk), answers(name="AUTUMN"))
    assert "The program has another cohort with this name." in page.text
    assert the_cohort(owner).name == "Autumn"


def before(count: int) -> date:
    return today() - timedelta(days=count)


REFUSED = {
    "closes before it opens": (
        lambda: {"enrollment_closes_on": before(1), "enrollment_opens_on": today()},
        "Enrollment cannot close before it opens.",
    ),
    "starts too early": (
        lambda: {"starts_on": days()["enrollment_closes_on"] - timedelta(days=1)},
        "The pairs cannot start before enrollment closes.",
    ),
    "ends where it starts": (
        lambda: {"ends_on": days()["starts_on"]},
        "The pairs have to end after they start.",
    ),
    "over": (
        lambda: {"enrollment_opens_on": before(9), "enrollment_closes_on": before(1)},
        "This day is over.",
    ),
    "a pilot without places": (lambda: {"is_pilot": "on"}, "A pilot needs a number of places."),
}


@pytest.mark.parametrize(("changes", "sentence"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(client, changes, sentence):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)
    page = client.post(url(owner, "cohort_new", program.pk), answers(**changes()))
    assert sentence in page.text
    assert 'value="Autumn"' in page.text
    with inside(owner.organization_id):
        assert Cohort.objects.count() == 0


def test_a_pilot_is_always_reviewed(client):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)
    changes = {"is_pilot": "on", "places": 8, "needs_approval": None}
    client.post(url(owner, "cohort_new", program.pk), answers(**changes))
    cohort = the_cohort(owner)
    assert (cohort.is_pilot, cohort.places, cohort.needs_approval) == (True, 8, True)


def test_changes_are_logged_with_before_and_after(client):
    owner = create_owner()
    cohort = create_cohort(create_program(owner), "Autumn")
    login(client, owner)
    client.post(url(owner, "cohort_edit", cohort.pk), answers(places=12))
    with inside(owner.organization_id):
        event = AuditEvent.objects.get()
    assert (event.action, event.details) == ("cohort.changed", {"places": [None, 12]})


def test_days_that_people_rely_on_are_not_taken_away(client):
    owner = create_owner()
    cohort = put_in(create_cohort(create_program(owner), "Autumn"), CohortState.ENROLLING)
    login(client, owner)
    page = client.post(url(owner, "cohort_edit", cohort.pk), answers(starts_on=None))
    assert "People rely on this day" in page.text
    assert reload(cohort).starts_on == days()["starts_on"]


def test_there_are_never_fewer_places_than_approved_people(client):
    owner, people = create_house()
    cohort = put_in(create_cohort(create_program(owner), "Autumn"), CohortState.ENROLLING)
    for member in people[:3]:
        enroll(cohort, member, Side.MENTOR)
    login(client, owner)
    page = client.post(url(owner, "cohort_edit", cohort.pk), answers(places=2))
    assert "3 people are approved already." in page.text
    assert reload(cohort).places is None


def test_a_closed_cohort_stays_as_it_is(client):
    owner = create_owner()
    cohort = put_in(create_cohort(create_program(owner), "Autumn"), CohortState.CLOSED)
    login(client, owner)
    page = client.post(url(owner, "cohort_edit", cohort.pk), answers(places=2))
    assert "This cohort is closed and stays as it is." in page.text
    client.post(url(owner, "cohort_eligibility", cohort.pk), {"mentor-people": owner.email})
    with inside(owner.organization_id):
        assert cohort.eligibilities.count() == 0
    assert reload(cohort).places is None


def test_an_untouched_draft_is_deleted_and_the_log_remembers(client):
    owner = create_owner()
    cohort = create_cohort(create_program(owner))
    login(client, owner)
    page = client.post(url(owner, "cohort_delete", cohort.pk), follow=True)
    assert "Spring is deleted." in page.text
    with inside(owner.organization_id):
        assert Cohort.objects.count() == 0
        assert AuditEvent.objects.get().action == "cohort.deleted"


def enrolled(cohort, owner, person):
    enroll(cohort, person, state=ParticipantState.DRAFT)


def invited(cohort, owner, person):
    invite(cohort, person, owner)


def opened(cohort, owner, person):
    put_in(cohort, CohortState.ENROLLING)


@pytest.mark.parametrize("touch", [enrolled, invited, opened])
def test_a_cohort_that_people_have_to_do_with_is_not_deleted(client, touch):
    owner, people = create_house()
    cohort = create_cohort(create_program(owner))
    touch(cohort, owner, people[0])
    login(client, owner)
    page = client.post(url(owner, "cohort_delete", cohort.pk), follow=True)
    assert "Only a draft that nobody was invited to can be deleted." in page.text
    assert reload(cohort).name == "Spring"


MANAGED = ("cohort_edit", "cohort_eligibility", "cohort_preflight")
CHANGED = ("cohort_edit", "cohort_delete", "cohort_eligibility", "cohort_advance")


def test_an_admin_of_named_programs_runs_only_their_cohorts(client):
    owner = create_owner()
    mine, other = create_program(owner, "Mine"), create_program(owner, "Other")
    ours, theirs = create_cohort(mine, "Ours"), create_cohort(other, "Theirs")
    admin = create_member(owner.organization, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS)
    with inside(owner.organization_id):
        ProgramReach.objects.create(member=admin, program=mine)
    login(client, admin)

    page = client.get(url(admin, "cohorts")).text
    assert "Ours" in page
    assert "Theirs" not in page
    for view in ("cohort", *MANAGED):
        assert client.get(url(admin, view, ours.pk)).status_code == 200
        assert client.get(url(admin, view, theirs.pk)).status_code == 404
    for view in (*CHANGED, "cohort_eligibility_count"):
        assert client.post(url(admin, view, theirs.pk), {"to": "enrolling"}).status_code == 404
    assert client.get(url(admin, "cohort_new", other.pk)).status_code == 404
    assert client.get(url(admin, "cohort_new", mine.pk)).status_code == 200


def test_an_analyst_sees_numbers_and_no_names_and_changes_nothing(client):
    owner, people = create_house()
    cohort = put_in(create_cohort(create_program(owner)), CohortState.ENROLLING)
    enroll(cohort, people[0])
    analyst = create_member(owner.organization, roles=[Role.HR_ANALYST])
    login(client, analyst)

    page = client.get(url(analyst, "cohort", cohort.pk)).text

    assert people[0].name not in page
    assert "To do" not in page
    assert "Close enrollment" not in page
    assert url(analyst, "cohort_edit", cohort.pk) not in page
    for view in MANAGED:
        assert client.get(url(analyst, view, cohort.pk)).status_code == 403
    for view in CHANGED:
        assert client.post(url(analyst, view, cohort.pk)).status_code == 403


def test_who_merely_takes_part_sees_no_cohort_page(client):
    owner = create_owner()
    cohort = create_cohort(create_program(owner))
    member = create_member(owner.organization)
    login(client, member)
    assert client.get(url(member, "cohorts")).status_code == 403
    assert client.get(url(member, "cohort", cohort.pk)).status_code == 403


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_however_long(client, django_assert_num_queries, count):
    owner, people = create_house(grades=1, people_each=2)
    program = create_program(owner)
    with inside(owner.organization_id):
        Cohort.objects.bulk_create(
            Cohort(program=program, name=f"Cohort {number}") for number in range(count)
        )
    enroll(the_first(owner), people[0])
    login(client, owner)
    client.get(url(owner, "cohorts"))
    with django_assert_num_queries(13):
        client.get(url(owner, "cohorts"))


def the_first(owner) -> Cohort:
    with inside(owner.organization_id):
        return Cohort.objects.earliest("pk")


def test_the_list_is_filtered_by_program_and_state(client):
    owner = create_owner()
    one, two = create_program(owner, "One"), create_program(owner, "Two")
    create_cohort(one, "Alpha")
    put_in(create_cohort(two, "Beta"), CohortState.RUNNING)
    login(client, owner)

    def shown(**filters: object) -> list[str]:
        page = client.get(url(owner, "cohorts"), filters).text
        return [name for name in ("Alpha", "Beta") if f">{name}</a>" in page]

    assert shown() == ["Alpha", "Beta"]
    assert shown(program=two.pk) == ["Beta"]
    assert shown(state="draft") == ["Alpha"]
    assert shown(q="two") == ["Beta"]


def test_the_start_page_leads_to_the_first_cohort_until_it_is_open(client):
    owner = create_owner()
    cohort = create_cohort(create_program(owner))
    login(client, owner)
    assert "Open enrollment of your first cohort" in client.get(url(owner, "organization")).text
    done = client.get(url(owner, "organization")).text.count("step-done")
    put_in(cohort, CohortState.ENROLLING)
    assert client.get(url(owner, "organization")).text.count("step-done") == done + 1
