"""Departments, locations and grades: added, renamed, sorted, merged, deleted."""

import pytest

from accounts.models import AuditEvent, Department, Grade, Location, Member
from programs.enums import Audience
from programs.models import Cohort, Eligibility, Program
from tests.factories import create_listed, create_owner, inside, login, reload, url

pytestmark = pytest.mark.django_db
MODELS = {"department": Department, "location": Location, "grade": Grade}


@pytest.fixture
def owner():
    return create_owner(name="Olga Owner")


def make(owner, model, *names: str) -> list:
    with inside(owner.organization):
        extra = [{"rank": rank} if model is Grade else {} for rank in range(1, len(names) + 1)]
        return [
            model.objects.create(name=name, **more) for name, more in zip(names, extra, strict=True)
        ]


def ranks(owner) -> list[tuple[str, int]]:
    with inside(owner.organization):
        return list(Grade.objects.from_junior_to_senior().values_list("name", "rank"))


def events(owner) -> list[tuple[str, str, dict]]:
    with inside(owner.organization):
        rows = AuditEvent.objects.order_by("at", "pk")
        return [(row.action, row.subject_name, row.details) for row in rows]


@pytest.mark.parametrize(
    ("kind", "name"),
    [("department", "departments"), ("location", "locations"), ("grade", "grades")],
)
def test_one_is_added_once_and_renamed_and_the_log_says_so(client, owner, kind, name):
    login(client, owner)
    form = {"name": " North  wing ", "time_zone": "Europe/Oslo"}

    added = client.post(url(owner, name), form, follow=True).text
    again = client.post(url(owner, name), form | {"name": "NORTH WING"}).text
    with inside(owner.organization):
        part = MODELS[kind].objects.get()
    client.post(url(owner, f"{kind}_edit", part.pk), {"name": "South wing"})

    assert "North wing is added." in added
    assert "There is another one with this name." in again
    assert reload(part).name == "South wing"
    zone = {"time_zone": ["Europe/Oslo", ""]} if kind == "location" else {}
    assert events(owner) == [
        ("chart.added", "North wing", {"part": kind}),
        (
            "chart.changed",
            "South wing",
            {"part": kind, "name": ["North wing", "South wing"]} | zone,
        ),
    ]
    assert "North wing" in client.get(url(owner, "audit_log")).text


def test_a_grade_is_added_on_top_and_sorted_by_buttons(client, owner):
    junior, _middle = make(owner, Grade, "Junior", "Middle")
    login(client, owner)

    client.post(url(owner, "grades"), {"name": "Senior"})
    answer = client.post(url(owner, "grade_move", junior.pk), {"step": "up"})
    assert answer.url == f"{url(owner, 'grades')}#part-{junior.pk}"
    assert ranks(owner) == [("Middle", 1), ("Junior", 2), ("Senior", 3)]

    client.post(url(owner, "grade_move", junior.pk), {"step": "up"})
    client.post(url(owner, "grade_move", junior.pk), {"step": "up"})
    client.post(url(owner, "grade_move", junior.pk), {"step": "sideways"})
    assert ranks(owner) == [("Middle", 1), ("Senior", 2), ("Junior", 3)]
    page = client.get(url(owner, "grades")).text
    assert page.index("Junior") < page.index("Senior") < page.index("Middle")
    assert page.count('value="up"') == page.count('value="down"') == 2
    assert events(owner)[-1][2] == {
        "grades": ["Middle < Junior < Senior", "Middle < Senior < Junior"]
    }


def test_all_grades_are_turned_around_and_back(client, owner):
    make(owner, Grade, "Director", "Lead", "Trainee")
    login(client, owner)
    assert "Turn the order around" in client.get(url(owner, "grades")).text

    turned = client.post(url(owner, "grades_turn"), follow=True).text

    assert "The order is turned around." in turned
    assert turned.index("Director") < turned.index("Lead") < turned.index("Trainee")
    assert ranks(owner) == [("Trainee", 1), ("Lead", 2), ("Director", 3)]
    grades = ["Director < Lead < Trainee", "Trainee < Lead < Director"]
    assert events(owner)[-1] == ("grades.sorted", "Director", {"grades": grades})
    client.post(url(owner, "grades_turn"))
    assert ranks(owner) == [("Director", 1), ("Lead", 2), ("Trainee", 3)]


@pytest.mark.parametrize("names", [(), ("Only",)])
def test_there_is_nothing_to_turn_around_in_one_grade(client, owner, names):
    make(owner, Grade, *names)
    login(client, owner)

    client.post(url(owner, "grades_turn"))

    assert events(owner) == []
    assert "Turn the order around" not in client.get(url(owner, "grades")).text


@pytest.mark.parametrize("kind", MODELS)
def test_merging_moves_everybody_and_the_rules_of_cohorts(client, owner, kind):
    source, target = make(owner, MODELS[kind], "Old", "New")
    people = [create_listed(owner.organization, **{kind: source}) for _ in range(2)]
    with inside(owner.organization):
        program = Program.objects.create(name="Six")
        cohorts = [Cohort.objects.create(program=program, name=name) for name in ("A", "B")]
        for cohort, part in ((cohorts[0], source), (cohorts[1], source), (cohorts[1], target)):
            Eligibility.objects.create(cohort=cohort, **{kind: part})
    login(client, owner)
    address = url(owner, f"{kind}_merge", source.pk)

    asked = client.get(address).text
    merged = client.post(address, {"target": target.pk}, follow=True).text

    assert "2 people move to the one you choose" in asked
    assert "2 people moved to New." in merged
    assert {getattr(reload(each), f"{kind}_id") for each in people} == {target.pk}
    with inside(owner.organization):
        assert list(MODELS[kind].objects.values_list("name", flat=True)) == ["New"]
        rules = Eligibility.objects.order_by("cohort__name").values_list("cohort__name", kind)
        assert list(rules) == [("A", target.pk), ("B", target.pk)]
    assert events(owner)[-1] == ("chart.merged", "Old", {"part": kind, "into": "New", "people": 2})


def test_rules_for_one_side_stay_apart_from_rules_for_both(client, owner):
    source, target = make(owner, Department, "Old", "New")
    with inside(owner.organization):
        cohort = Cohort.objects.create(program=Program.objects.create(name="Six"), name="A")
        Eligibility.objects.create(cohort=cohort, department=source, audience=Audience.MENTOR)
        Eligibility.objects.create(cohort=cohort, department=target)
    login(client, owner)

    client.post(url(owner, "department_merge", source.pk), {"target": target.pk})

    with inside(owner.organization):
        rules = Eligibility.objects.order_by("audience").values_list("audience", "department")
        assert list(rules) == [("both", target.pk), ("mentor", target.pk)]


def test_merging_grades_closes_the_gap_in_their_order(client, owner):
    _low, middle, high = make(owner, Grade, "Low", "Middle", "High")
    login(client, owner)

    client.post(url(owner, "grade_merge", middle.pk), {"target": high.pk})

    assert ranks(owner) == [("Low", 1), ("High", 2)]


@pytest.mark.parametrize("target", ["itself", "foreign", "nothing"])
def test_nothing_is_merged_into_itself_or_a_stranger(client, owner, target):
    [here] = make(owner, Department, "Here")
    [there] = make(create_owner(), Department, "There")
    login(client, owner)
    value = {"itself": here.pk, "foreign": there.pk, "nothing": ""}[target]

    answer = client.post(url(owner, "department_merge", here.pk), {"target": value})

    assert answer.status_code == 200
    assert "aria-invalid" in answer.text
    assert reload(here).name == "Here"


@pytest.mark.parametrize("kind", MODELS)
def test_only_what_is_not_in_use_is_deleted(client, owner, kind):
    empty, full, ruled = make(owner, MODELS[kind], "Empty", "Full", "Ruled")
    gone = create_listed(owner.organization, deactivated_at=owner.joined_at, **{kind: full})
    with inside(owner.organization):
        cohort = Cohort.objects.create(program=Program.objects.create(name="Six"), name="A")
        Eligibility.objects.create(cohort=cohort, **{kind: ruled})
    login(client, owner)

    answers = [
        client.post(url(owner, f"{kind}_delete", each.pk), follow=True).text
        for each in (empty, full, ruled)
    ]

    assert "Empty is deleted." in answers[0]
    assert "Full is in use" in answers[1]
    assert "Ruled is in use" in answers[2]
    assert getattr(reload(gone), f"{kind}_id") == full.pk
    with inside(owner.organization):
        left = MODELS[kind].objects.order_by("name").values_list("name", flat=True)
        assert list(left) == ["Full", "Ruled"]
        assert Eligibility.objects.count() == 1
    if kind == "grade":
        assert ranks(owner) == [("Full", 1), ("Ruled", 2)]


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_counts_people_and_costs_the_same(client, django_assert_num_queries, owner, count):
    with inside(owner.organization):
        parts = Department.objects.bulk_create(
            Department(name=f"Department {number:03}") for number in range(count)
        )
        Member.objects.bulk_create(
            Member(name=f"P{n}", email=f"p{n}@example.org", department=parts[0]) for n in range(4)
        )
        Member.objects.filter(name="P0").update(deactivated_at=owner.joined_at)
    login(client, owner)
    client.get(url(owner, "departments"))

    with django_assert_num_queries(10):
        page = client.get(url(owner, "departments")).text

    assert page.count('id="part-') == count
    assert f'href="{url(owner, "people")}?department={parts[0].pk}">3</a>' in page
