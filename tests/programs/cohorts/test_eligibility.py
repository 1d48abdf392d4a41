"""Who may join a cohort on which side."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Department, Grade, Location, Member
from programs.enums import Audience, CohortState, Side
from programs.models import Eligibility
from programs.queries.eligibility import (
    eligible_on_any_side,
    eligible_people,
    is_eligible,
    open_cohorts_for,
)
from tests.factories import create_listed, create_member, create_owner, inside, login, url
from tests.programs.cohorts.making import (
    create_cohort,
    create_department,
    create_house,
    create_location,
    create_program,
    days,
    invite,
    let_in,
    put_in,
    today,
)

pytestmark = pytest.mark.django_db


def names(cohort, side: Side = Side.MENTOR) -> set[str]:
    with inside(cohort.organization_id):
        return {each.name for each in eligible_people(cohort, side)}


@pytest.fixture
def house():
    """Ann and Bob in two departments, places and grades; Eve nowhere."""
    owner = create_owner(name="Olga")
    organization = owner.organization
    places = [create_location(organization, name) for name in ("North", "South")]
    parts = [create_department(organization, name) for name in ("Sales", "Works")]
    with inside(organization):
        grades = [Grade.objects.create(name=name, rank=at) for at, name in enumerate(("A", "B"))]
    people = {
        name: create_listed(
            organization, name=name, department=parts[at], location=places[at], grade=grades[at]
        )
        for at, name in enumerate(("Ann", "Bob"))
    }
    people["Eve"] = create_listed(organization, name="Eve")
    cohort = create_cohort(create_program(owner))
    return owner, cohort, people


def test_without_any_line_everybody_is(house):
    _, cohort, _ = house
    assert names(cohort) == {"Olga", "Ann", "Bob", "Eve"}


@pytest.mark.parametrize("kind", ["department", "location", "grade"])
def test_one_line_lets_in_those_who_fit(house, kind):
    _, cohort, people = house
    let_in(cohort, **{kind: getattr(people["Ann"], kind)})
    assert names(cohort) == {"Ann"}


def test_lines_of_one_kind_add_up_and_kinds_narrow(house):
    _, cohort, people = house
    let_in(cohort, department=people["Ann"].department)
    let_in(cohort, department=people["Bob"].department)
    assert names(cohort) == {"Ann", "Bob"}
    let_in(cohort, location=people["Bob"].location)
    assert names(cohort) == {"Bob"}


def test_people_listed_by_name_always_fit(house):
    _, cohort, people = house
    let_in(cohort, member=people["Eve"])
    assert names(cohort) == {"Eve"}
    let_in(cohort, department=people["Ann"].department)
    assert names(cohort) == {"Eve", "Ann"}


def test_a_line_for_one_side_says_nothing_about_the_other(house):
    _, cohort, people = house
    let_in(cohort, Audience.MENTOR, grade=people["Ann"].grade)
    assert names(cohort, Side.MENTOR) == {"Ann"}
    assert names(cohort, Side.MENTEE) == {"Olga", "Ann", "Bob", "Eve"}
    with inside(cohort.organization_id):
        assert eligible_on_any_side(cohort).count() == 4


def test_somebody_on_leave_or_gone_is_not_eligible_even_by_name(house):
    owner, cohort, people = house
    for name, fields in {
        "Ann": {"on_leave": True},
        "Bob": {"deactivated_at": timezone.now()},
    }.items():
        let_in(cohort, member=people[name])
        with inside(owner.organization_id):
            Member.objects.filter(pk=people[name].pk).update(**fields)
    let_in(cohort, member=people["Eve"])
    assert names(cohort) == {"Eve"}
    with inside(owner.organization_id):
        members = Member.objects.all()
        fitting = {m.name for m in members if is_eligible(m, cohort, Side.MENTOR)}
    assert fitting == {"Eve"}


THINGS = [
    *[("department", at) for at in range(3)],
    *[("location", at) for at in range(2)],
    *[("grade", at) for at in range(3)],
    *[("member", at) for at in range(20)],
]
LINES = st.sets(st.tuples(st.sampled_from(Audience), st.sampled_from(THINGS)), max_size=8)


def test_the_database_and_the_rule_in_words_agree():
    """Compared with the rule written down once more, as plainly as can be."""
    owner = create_owner()
    with inside(owner.organization_id):
        tables: dict[str, Any] = {
            "department": [Department.objects.create(name=f"D{at}") for at in range(3)],
            "location": [Location.objects.create(name=f"L{at}") for at in range(2)],
            "grade": [Grade.objects.create(name=f"G{at}", rank=at) for at in range(3)],
        }
    tables["member"] = [
        create_listed(
            owner.organization,
            department=[*tables["department"], None][at % 4],
            location=[*tables["location"], None][at % 3],
            grade=[*tables["grade"], None][at // 5],
            on_leave=at in {3, 11},
            deactivated_at=timezone.now() if at in {4, 12} else None,
        )
        for at in range(20)
    ]
    program = create_program(owner)

    def expected(lines, side: Side) -> set[int]:
        ours = [thing for audience, thing in lines if audience in {"both", side.value}]
        found = set()
        for at, person in enumerate(tables["member"]):
            if person.on_leave or person.deactivated_at:
                continue
            by_name = ("member", at) in ours
            kinds = {kind for kind, _ in ours if kind != "member"}
            fits_each = all(
                any(
                    getattr(person, kind) == tables[kind][which]
                    for name, which in ours
                    if name == kind
                )
                for kind in kinds
            )
            if not ours or by_name or (kinds and fits_each):
                found.add(at)
        return found

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(LINES)
    def agree(lines) -> None:
        cohort = create_cohort(program, name=f"Cohort {timezone.now().timestamp()}")
        with inside(owner.organization_id):
            Eligibility.objects.bulk_create(
                Eligibility(cohort=cohort, audience=audience, **{kind: tables[kind][which]})
                for audience, (kind, which) in lines
            )
            for side in Side:
                found = set(eligible_people(cohort, side).values_list("pk", flat=True))
                wanted = {tables["member"][at].pk for at in expected(lines, side)}
                assert found - {owner.pk} == wanted
                fitting = {m.pk for m in tables["member"] if is_eligible(m, cohort, side)}
                assert fitting == wanted
            cohort.delete()

    agree()


def test_a_member_finds_the_cohorts_that_are_open_to_them(django_assert_num_queries):
    owner, _ = create_house()
    member = create_member(owner.organization)
    program = create_program(owner)
    closed = days() | {"enrollment_closes_on": today() - timedelta(days=1)}
    closed["enrollment_opens_on"] = today() - timedelta(days=9)
    later = days() | {"enrollment_opens_on": today() + timedelta(days=1)}
    fields = {"open": {}, "over": closed, "later": later, "others": {}, "invited": {}}
    made = {
        name: put_in(create_cohort(program, name, **values), CohortState.ENROLLING)
        for name, values in fields.items()
    }
    create_cohort(program, "draft")
    for name in ("others", "invited"):
        let_in(made[name], member=owner)
    invite(made["invited"], member, owner, Side.MENTEE)

    with inside(owner.organization_id), django_assert_num_queries(3):
        found = open_cohorts_for(member, today=today())

    assert {(cohort.name, tuple(sides)) for cohort, sides in found} == {
        ("open", (Side.MENTOR, Side.MENTEE)),
        ("invited", (Side.MENTEE,)),
    }


def chosen(page: str, side: str) -> set[str]:
    """The people ticked by name on one side, by id."""
    return set(re.findall(rf'name="{side}-people" value="([^"]+)" checked', page))


def test_an_admin_chooses_who_may_join_and_sees_how_many(client, house):
    owner, cohort, people = house
    login(client, owner)
    address = url(owner, "cohort_eligibility", cohort.pk)
    answers = {
        "mentor-departments": str(people["Ann"].department_id),
        "mentor-paste": f"{people['Eve'].email.upper()}\nnobody@example.org\n\n",
        "mentee-departments": str(people["Ann"].department_id),
    }

    page = client.post(address, answers)

    assert "1 line fits nobody: nobody@example.org" in page.text
    assert "\nnobody@example.org</textarea>" in page.text
    assert chosen(page.text, "mentor") == {str(people["Eve"].pk)}
    assert names(cohort, Side.MENTOR) == {"Ann", "Eve"}
    assert names(cohort, Side.MENTEE) == {"Ann"}
    with inside(owner.organization_id):
        lines = Eligibility.objects.order_by("audience").values_list("audience", flat=True)
        assert list(lines) == ["both", "mentor"]
    page = client.get(address).text
    assert people["Eve"].email in page
    assert '<strong class="number">2</strong>' in page


def test_people_are_searched_for_added_one_by_one_and_taken_off_without_javascript(client, house):
    owner, cohort, people = house
    zoe = create_listed(owner.organization, name="Zoë O’Neill")
    login(client, owner)
    address = url(owner, "cohort_eligibility", cohort.pk)
    ann = str(people["Ann"].pk)

    first = client.post(address, {"mentor-people_q": "ann", "do": "mentor-people:find"}).text
    assert f'name="mentor-people" value="{ann}"' in first
    assert "Eligibility is saved" not in first
    again = {"mentor-people": ann, "mentor-people_q": "oneill zoe", "do": "mentor-people:find"}
    second = client.post(address, again).text
    assert chosen(second, "mentor") == {ann}
    assert f'name="mentor-people" value="{zoe.pk}"' in second
    assert names(cohort) == {"Olga", "Ann", "Bob", "Eve", "Zoë O’Neill"}, "nothing is saved yet"

    both = {"mentor-people": [ann, str(zoe.pk)], "mentor-people_kept": ann}
    client.post(address, both)
    assert names(cohort) == {"Ann", "Zoë O’Neill"}
    assert names(cohort, Side.MENTEE) == {"Olga", "Ann", "Bob", "Eve", "Zoë O’Neill"}

    without_ann = {
        "mentor-people": str(zoe.pk),
        "mentor-people_kept": f"{ann} {zoe.pk}",
        "mentor-people_seen": [ann, str(zoe.pk)],
    }
    client.post(address, without_ann)
    assert names(cohort) == {"Zoë O’Neill"}


def test_of_thousands_named_some_are_shown_and_all_are_kept(client):
    owner = create_owner()
    cohort = create_cohort(create_program(owner))
    with inside(owner.organization_id):
        made = Member.objects.bulk_create(
            Member(name=f"Person {number:04}", email=f"p{number}@x.example", employee_number=number)
            for number in range(3000)
        )
    login(client, owner)
    address = url(owner, "cohort_eligibility", cohort.pk)
    client.post(address, {"mentor-paste": "\n".join(str(number) for number in range(3000))})

    page = client.get(address).text
    kept = re.search(r'name="mentor-people_kept" value="([^"]+)"', page)[1]
    shown = chosen(page, "mentor")
    assert (len(kept.split()), len(shown)) == (3000, 50)
    assert "and 2950 more people" in page

    sent = {"mentor-people_kept": kept, "mentor-people": shown, "mentor-people_seen": shown}
    search = {**sent, "mentor-people_q": "2999"}
    query = "?field=mentor-people&many"
    part = client.post(url(owner, "member_search") + query, search).text
    last = str(made[-1].pk)
    assert chosen(part, "mentor") == {*shown, last}

    client.post(address, {**sent, "mentor-people_seen": [*shown, last]})
    with inside(owner.organization_id):
        named = set(Eligibility.objects.values_list("member_id", flat=True))
    assert named == {each.pk for each in made[:-1]}


def test_who_was_named_and_left_stays_named_and_people_of_others_are_nobody(client, house):
    owner, cohort, people = house
    let_in(cohort, Audience.MENTOR, member=people["Ann"])
    with inside(owner.organization_id):
        Member.objects.filter(pk=people["Ann"].pk).update(deactivated_at=timezone.now())
    stranger = create_owner()
    login(client, owner)
    address = url(owner, "cohort_eligibility", cohort.pk)
    ann, eve = str(people["Ann"].pk), str(people["Eve"].pk)

    client.post(address, {"mentor-people": [ann, eve]})
    assert names(cohort) == {"Eve"}
    page = client.get(address).text
    assert "Not with the organization any more" in page
    page = client.post(address, {"mentor-people": [ann, str(stranger.pk)]}).text
    assert "Please choose another" in page
    assert "Eligibility is saved" not in page
    assert stranger.email not in page


def test_counting_saves_nothing(client, house):
    owner, cohort, people = house
    login(client, owner)
    answers = {
        "mentor-grades": str(people["Ann"].grade_id),
    }

    part = client.post(
        url(owner, "cohort_eligibility_count", cohort.pk), answers, headers={"HX-Request": "true"}
    )

    assert '<strong class="number">1</strong>' in part.text
    assert '<strong class="number">4</strong>' in part.text
    assert "<html" not in part.text
    assert names(cohort) == {"Olga", "Ann", "Bob", "Eve"}


def test_employee_numbers_name_people_too(client, house):
    owner, cohort, _ = house
    create_listed(owner.organization, name="Nora", employee_number="X-17")
    login(client, owner)
    answers = {"mentor-paste": " x-17 ; ", "mentee-paste": "X-17"}
    client.post(url(owner, "cohort_eligibility", cohort.pk), answers)
    assert (names(cohort, Side.MENTOR), names(cohort, Side.MENTEE)) == ({"Nora"}, {"Nora"})


@pytest.mark.parametrize("count", [3, 300])
def test_the_page_costs_the_same_for_few_and_for_many(client, django_assert_num_queries, count):
    owner, people = create_house(grades=1, people_each=count)
    cohort = create_cohort(create_program(owner))
    with inside(owner.organization_id):
        Eligibility.objects.bulk_create(Eligibility(cohort=cohort, member=each) for each in people)
    login(client, owner)
    client.get(url(owner, "cohort_eligibility", cohort.pk))
    with django_assert_num_queries(20):
        client.get(url(owner, "cohort_eligibility", cohort.pk))
