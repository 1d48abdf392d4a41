"""Sums of departments, locations and bands in each other, kept where there is much to add up."""

import random
from collections import Counter
from dataclasses import replace
from datetime import datetime
from io import StringIO
from itertools import product
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Department, Grade, Location, Member, Organization
from mentoring.reports.bands import Band
from mentoring.reports.models import CohortFigures, PairFigures, Snapshot
from mentoring.reports.queries.figures import Figures, People, Scope, history_of
from mentoring.reports.snapshots import taking
from programs.enums import CohortState, Side
from tests.factories import inside
from tests.meetings.people import BERLIN, held
from tests.profiles.people import create_cohort, take_part
from tests.reports.people import BEGAN, create_pair, days, pair_up, take
from tests.reports.test_dashboard import analyst_of, numbers_on, seen

JULY = datetime(2026, 7, 3, 2, tzinfo=BERLIN)
DEPARTMENTS = ("Finance", 'Sales, "North"')
LOCATIONS = ("Oslo", "Bern")
GRADES = ("Junior", "Middle", "Senior", "Lead", "Head")
BANDS = (("Junior", "Middle"), ("Senior", "Lead"), ("Head",))


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody's sums are kept as those of a large organization are."""
    monkeypatch.setattr(taking, "MANY_SEATS", 1)


def scattered(*, pairs: int = 12) -> UUID:
    """Two cohorts whose people stand anywhere; some have no department, location or grade."""
    lot = random.Random(7)
    ada, carl, first = create_pair()
    other = create_cohort(ada.member.organization, state=CohortState.MATCHING)
    both = [(ada, carl)]
    for at in range(pairs):
        cohort = (ada.cohort, other)[at % 2]
        two = [take_part(cohort, side) for side in (Side.MENTOR, Side.MENTEE)]
        pairing = pair_up(*two)
        both.append(two)
        if lot.random() < 0.6:
            held(pairing, by=two[0], starts_at=BEGAN + days(lot.randint(1, 90)), minutes=50)
    take_part(other, Side.MENTOR)
    organization_id = first.organization_id
    with inside(organization_id):
        named = [
            [None, *(2 * [kind.objects.create(name=name) for name in names])]
            for kind, names in ((Department, DEPARTMENTS), (Location, LOCATIONS))
        ]
        grades = [Grade.objects.create(name=name, rank=at) for at, name in enumerate(GRADES)]
        for participant in (each for two in both for each in two):
            Member.objects.filter(pk=participant.member_id).update(
                department=lot.choice(named[0]),
                location=lot.choice(named[1]),
                grade=lot.choice([None, *grades, *grades]),
            )
    return organization_id


def everywhere() -> list[People]:
    """All that a page can ask about people, and one place where nobody is."""
    parts = (((), *((each,) for each in names)) for names in (DEPARTMENTS, LOCATIONS))
    asked = [People(*each) for each in product(*parts, ((), *BANDS))]
    return [*asked, People(("Nowhere",), ("Oslo",), ("Head",))]


def told(scope: Scope) -> tuple[list[Figures], dict[UUID, Figures]]:
    history = history_of(scope)
    return history.over_time(), history.by_cohort()


def row_by_row(scope: Scope) -> tuple[list[Figures], dict[UUID, Figures]]:
    """The same without kept sums: with a name that nobody has more is asked for than is kept."""
    people = scope.people
    names = {
        name: (*getattr(people, name), "Nowhere")
        for name in ("departments", "locations", "grades")
        if getattr(people, name)
    }
    return told(replace(scope, people=replace(people, **names)))


@pytest.mark.django_db
@pytest.mark.usefixtures("many")
def test_sums_of_places_in_each_other_are_what_adding_up_their_rows_gives(
    django_assert_num_queries,
):
    organization_id = scattered()
    take(organization_id, now=JULY)
    with inside(organization_id):
        snapshot = Snapshot.objects.latest_first()[0]
        assert snapshot.bands == [list(each) for each in BANDS]
        cohorts = list(snapshot.cohorts.values_list("cohort", flat=True).distinct())
        assert len(cohorts) == 2
        people_in_pairs = 0
        for people in everywhere():
            scope = Scope(snapshot, cohorts, people)
            if people:
                assert told(scope) == row_by_row(scope), people
            with django_assert_num_queries(2):
                figures = history_of(scope).total()
            people_in_pairs += figures["pairs_ever"].numerator
        assert people_in_pairs > 13


@pytest.mark.django_db
@pytest.mark.usefixtures("many")
def test_what_is_zero_takes_no_room_in_a_small_place():
    organization_id = scattered()
    take(organization_id, now=JULY)
    with inside(organization_id):
        rows = CohortFigures.objects.exclude(department="").exclude(location="")
        assert all(any(parts) for each in rows for parts in each.sums.values())
        assert rows.count() > 0


@pytest.mark.django_db
def test_where_there_is_little_to_add_up_none_is_kept_and_rows_are_added_up():
    organization_id = scattered()
    take(organization_id, now=JULY)
    with inside(organization_id):
        assert not Snapshot.objects.filter(is_combined=True).exists()
        assert not CohortFigures.objects.exclude(department="").exclude(location="").exists()
        seats = Snapshot.objects.latest_first()[0].seats
        seat = seats.exclude(department="").exclude(grade="").first()
        grades = next(each for each in BANDS if seat.grade in each)
        people = People((seat.department,), (), grades)
        scope = Scope(seat.snapshot, [seat.cohort_id], people)
        assert told(scope) == row_by_row(scope)


@pytest.mark.django_db
def test_days_with_kept_combinations_and_days_without_make_one_history(monkeypatch):
    organization_id = scattered()
    take(organization_id, now=datetime(2026, 5, 1, 2, tzinfo=BERLIN))
    monkeypatch.setattr(taking, "MANY_SEATS", 1)
    take(organization_id, now=JULY)
    with inside(organization_id):
        found = Snapshot.objects.order_by("as_of")
        assert [each.is_combined for each in found] == [False] * 3 + [True] * 3
        cohorts = list(found[0].cohorts.values_list("cohort", flat=True).distinct())
        for people in everywhere()[1:]:
            scope = Scope(found.last(), cohorts, people)
            assert told(scope) == row_by_row(scope), people


@pytest.mark.django_db
@pytest.mark.usefixtures("many")
def test_the_page_tells_of_people_in_three_parts_at_once(client):
    organization_id = scattered()
    take(organization_id, now=JULY)
    with inside(organization_id):
        organization = Organization.objects.get()
        enrolled = Snapshot.objects.latest_first()[0].seats.filter(is_enrolled=True)
        stood = Counter(enrolled.values_list("department", "location", "grade"))
    (department, location, grade), _ = max(
        (each for each in stood.items() if all(each[0])), key=lambda each: each[1]
    )
    band = next(Band(each) for each in BANDS if grade in each)
    words = {"department": department, "location": location, "band": band.name}

    page = seen(client, analyst_of(organization), **words)

    expected = sum(stood[department, location, each] for each in band.grades)
    assert numbers_on(page)["enrolled"] == str(expected)
    assert expected > 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: rows.update(sums={}),
        lambda rows: rows.first().delete(),
        lambda rows: rows.filter(pk=rows.first().pk).update(location="Elsewhere"),
        lambda _: Snapshot.objects.filter(is_combined=True).update(is_combined=False),
        lambda _: PairFigures.objects.first().delete(),
    ],
)
@pytest.mark.usefixtures("committed_db", "many")
def test_the_command_proves_them(spoil):
    organization_id = scattered(pairs=3)
    take(organization_id, now=JULY)
    call_command("snapshots", "--prove", stdout=StringIO())

    with inside(organization_id):
        spoil(CohortFigures.objects.exclude(department="").exclude(location="").filter(band=""))

    with pytest.raises(CommandError, match="are not what the rows of people's deeds tell"):
        call_command("snapshots", "--prove", stdout=StringIO())
