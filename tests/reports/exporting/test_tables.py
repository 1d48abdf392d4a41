"""What is in the tables: metadata of the day that was asked for, and nothing else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mentoring.meetings.models import Change
from mentoring.pairings.models import Pairing
from mentoring.reports.disclosure.cells import Cell
from mentoring.reports.disclosure.ledger import tell
from mentoring.reports.disclosure.scopes import WHOLE, Reach, Scope
from tests.factories import inside
from tests.meetings.people import BERLIN
from tests.reports.exporting.factories import Place, ask, order, rows_of

pytestmark = pytest.mark.django_db(databases=["default", "cache"])

PAIR_COLUMNS = [
    "Pair", "Program", "Cohort", "Mentor: name", "Mentee: name", "Mentor: e-mail address",
    "Mentee: e-mail address", "Mentor: department", "Mentee: department", "Mentor: grade",
    "Mentee: grade", "Grade gap", "Conflict check", "Match method", "Matched on", "Agreement on",
    "Cadence", "Planned end", "Ended on", "State", "Reason for the end", "Meetings held",
    "Last meeting", "Next meeting", "Hours", "Meetings put off by Mentor",
    "Meetings put off by Mentee", "Days since contact",
]  # fmt: skip
OF_PEOPLE = PAIR_COLUMNS[3:7]


def test_pairs_have_the_columns_that_hr_reports_and_no_other():
    place = Place()
    place.pair()
    analyst = place.analyst()

    (row,) = rows_of(ask(analyst, order("pairs")))

    assert list(row) == PAIR_COLUMNS
    days = place.as_of
    assert row["Mentor: name"] == "Ada"
    assert row["Mentee: name"] == "Carl"
    assert row["Grade gap"] == "6"
    assert row["Conflict check"] == "none"
    assert row["Matched on"] == (days - timedelta(days=60)).isoformat()
    assert (row["Meetings held"], row["Hours"]) == ("3", "1.67")
    assert (row["Meetings put off by Mentor"], row["Meetings put off by Mentee"]) == ("0", "1")
    assert row["Days since contact"] == "10"
    assert row["State"] == "Active"


def test_without_names_there_is_a_reference_that_stays_the_same():
    place, other = Place(), Place()
    place.pair("Ada Quill", "Carl Brandt")
    other.pair()
    analyst = place.analyst()

    named = rows_of(ask(analyst, order("pairs")))
    export = ask(analyst, order("pairs", is_pseudonymous=True))
    people = ask(analyst, order("participants", is_pseudonymous=True))

    (row,) = rows_of(export)
    assert list(row) == [each for each in PAIR_COLUMNS if each not in OF_PEOPLE]
    assert row["Pair"] == named[0]["Pair"]
    assert row["Pair"].startswith("P-")
    assert len(row["Pair"]) == 14
    assert row["Pair"] != rows_of(ask(other.analyst(), order("pairs")))[0]["Pair"]
    for found in (*rows_of(export), *rows_of(people)):
        assert not any("Quill" in value or "@" in value for value in found.values())


def test_a_filter_keeps_pairs_of_which_one_person_is_in_all_of_it():
    place = Place()
    place.pair("Ada", "Carl", mentor_department="Law", mentor_grade="G2", mentor_rank=2)
    place.pair("Bea", "Dan", mentor_department="Law", mentee_grade="G2")
    analyst = place.analyst()

    by_department = ask(analyst, order("pairs", filters={"departments": ["Law"]}))
    by_both = ask(analyst, order("pairs", filters={"departments": ["Law"], "grades": ["G2"]}))

    assert [row["Mentor: name"] for row in rows_of(by_department)] == ["Ada", "Bea"]
    assert [row["Mentor: name"] for row in rows_of(by_both)] == ["Ada"]


def test_participants_are_told_with_where_they_stood_then():
    place = Place()
    place.pair("Ada", "Carl", mentee_department="Board")

    rows = rows_of(ask(place.analyst(), order("participants")))

    assert [(row["Name"], row["Side"], row["Department"], row["Grade"]) for row in rows] == [
        ("Ada", "Mentor", "Sales", "G1"),
        ("Carl", "Mentee", "Board", "G7"),
    ]
    assert {row["Ready to match"] for row in rows} == {"yes"}


def test_meetings_say_when_and_how_long_and_in_which_zone():
    place = Place()
    pairing = place.pair()
    day = place.as_of - timedelta(days=20)
    place.meeting(pairing, place.at(day))

    (row,) = rows_of(ask(place.analyst(), order("meetings")))

    start = place.at(day).astimezone(BERLIN).isoformat()
    assert row["Start (Europe/Berlin)"] == start
    assert row["Date"] == day.isoformat()
    assert (row["Minutes"], row["State"], row["How"]) == ("45", "Held", "By video")
    assert (row["Planned by"], row["Noted as held by"]) == ("Mentee", "Mentor")


def test_what_happens_after_the_day_changes_nothing_about_it():
    place = Place(as_of=timezone.now().date() - timedelta(days=5))
    pairing = place.pair()
    before, after = place.at(place.as_of - timedelta(days=3)), timezone.now()
    moved = place.meeting(pairing, before, state="planned", held_noted_by="", held_noted_at=None)
    held = place.meeting(pairing, before + timedelta(hours=3))
    analyst = place.analyst()
    wanted = order("meetings")
    then = ask(analyst, wanted, as_of=place.as_of)

    with inside(place.organization):
        moved.starts_at += timedelta(days=7)
        moved.ends_at += timedelta(days=7, minutes=15)
        moved.state, moved.held_noted_by, moved.held_noted_at = "held", "mentee", after
        moved.save()
        # As planning would have noted it on the day, and moving it afterwards.
        for deed, at, starts_at, minutes in (
            ("planned", before, before, 45),
            ("moved", after, moved.starts_at, 45),
            ("logged", after, moved.starts_at, 60),
        ):
            facts = {"deed": deed, "at": at, "starts_at": starts_at, "minutes": minutes}
            Change.objects.create(meeting=moved, side="mentee", **facts)
        held.state, held.reason = "cancelled", "mistake"
        held.cancelled_by, held.cancelled_at = "mentor", after
        held.held_noted_by, held.held_noted_at = "", None
        held.save()
        Change.objects.create(
            meeting=held, deed="taken_back", side="mentor", at=after, starts_at=held.starts_at
        )
    place.meeting(pairing, after - timedelta(hours=2))
    now = ask(analyst, wanted, as_of=place.as_of)

    told = [(row["State"], row["Minutes"]) for row in rows_of(now)]
    assert told == [("Planned", "45"), ("Held", "45")]
    assert now.digest == then.digest


def test_a_conflict_that_was_found_later_is_not_told():
    place = Place(as_of=timezone.now().date() - timedelta(days=5))
    pairing = place.pair()
    with inside(place.organization):
        Pairing.objects.filter(pk=pairing.pk).update(
            conflict="same_manager", conflict_found_at=timezone.now()
        )
    analyst = place.analyst()

    (then,) = rows_of(ask(analyst, order("pairs"), as_of=place.as_of))
    with inside(place.organization):
        Pairing.objects.filter(pk=pairing.pk).update(
            conflict_found_at=timezone.now() - timedelta(days=9)
        )
    (found,) = rows_of(ask(analyst, order("pairs"), as_of=place.as_of))

    assert then["Conflict check"] == "none"
    assert found["Conflict check"] == "Both have the same manager"


def test_what_was_told_of_groups_is_told_with_the_reason_why_some_was_not():
    place = Place()
    analyst = place.analyst()
    months = (place.as_of - timedelta(days=31), place.as_of, place.as_of + timedelta(days=31))
    with inside(place.organization):
        for day in months:
            members = frozenset(uuid4() for _ in range(6))
            cells = [
                Cell(WHOLE, members, 5, lambda: {"mean": 0.5, "people": 6}),
                Cell(str(Scope(Reach.COHORT, place.cohort.pk)), frozenset(), 5, dict),
            ]
            tell("mentor_growth", cells, as_of=day, now=timezone.now())

    found = rows_of(ask(analyst, order("groups"), as_of=place.as_of))

    assert [
        (each["As of"], each["What"], each["People (n)"], each["Figure"], each["Why there is none"])
        for each in found
    ] == [
        row
        for day in months[:2]
        for row in (
            (day.isoformat(), "Growth of mentors", "", "", "Too few people for this figure"),
            (day.isoformat(), "Growth of mentors", "6", "+0.50", ""),
        )
    ]
