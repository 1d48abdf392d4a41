"""Looking ahead: what schedules make, each message judged on its own day, at most so many."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.models import Member
from mentoring.lib.ids import uuid7
from mentoring.lib.recurrence import Every
from mentoring.outbox import registry
from mentoring.outbox.log import Way
from mentoring.outbox.models import Message, Schedule
from mentoring.outbox.outlook import Fate, Part, Planned, outlook
from tests.factories import create_listed, inside
from tests.outbox.conftest import Notes
from tests.outbox.moments import at

DAY = timedelta(days=1)
NOW = at("2026-11-23", 12)


@pytest.fixture
def about(organization):
    """Something that notes are about, and that belongs to the part."""
    return create_listed(organization, name="about").pk


@pytest.fixture
def ahead(organization):
    """What is ahead of notes, thirty days from then on."""

    def ahead(now=NOW, *, planned=(), **more):
        with inside(organization):
            keys = Member.objects.filter(name="about").values_list("pk", flat=True)
            part = Part([Notes.name], keys, planned)
            return outlook([part], now=now, until=now + 30 * DAY, **more)

    return ahead


def days_of(found) -> list[str]:
    return [each.due_at.date().isoformat() for each in found.rows]


def test_schedules_are_reckoned_as_far_as_the_days_go(ahead, about, keep, organization):
    schedule = keep(now=NOW, subject_id=about, every=Every.WEEK)
    keep(now=NOW, subject_id=uuid7(), every=Every.WEEK)

    found = ahead()

    assert days_of(found) == ["2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21"]
    assert {each.address for each in found.rows} == {f"{schedule.person}@example.org"}
    assert {tuple(each.ways.items()) for each in found.rows} == {((Way.MAIL, Fate.GOES),)}
    with inside(organization):
        assert Message.objects.count() == 0
        assert Schedule.objects.get(pk=schedule.pk).next_at == schedule.next_at


def test_it_tells_what_workers_make_then(ahead, about, keep, unroll, made):
    for every in (Every.WEEK, Every.FORTNIGHT, Every.MONTH):
        keep(now=NOW, subject_id=about, every=every)
    found = ahead()

    for day in range(31):
        unroll(NOW + day * DAY)

    assert sorted(each.due_at for each in found.rows) == [due_at for _name, due_at, _end in made()]


def test_a_schedule_that_reaches_nobody_makes_nothing(ahead, about, keep, prompts):
    schedule = keep(now=NOW, subject_id=about)
    prompts.nobody.add(schedule.person)
    assert ahead().rows == []


def test_what_waits_and_what_is_planned_is_told_once(ahead, about, add):
    waits = add(subject_id=about, due_at=NOW + DAY)
    add(subject_id=uuid7(), due_at=NOW + DAY)
    planned = [
        Planned(Notes.name, waits.address, about, waits.occurrence, NOW + DAY),
        Planned(Notes.name, "bo@example.org", about, "later", NOW + 2 * DAY),
        Planned(Notes.name, "cy@example.org", about, "too late", NOW + 31 * DAY),
    ]

    found = ahead(planned=planned)

    assert [each.address for each in found.rows] == ["ada@example.org", "bo@example.org"]


def test_each_is_judged_on_the_day_on_which_it_is_due(ahead, about, add, notes, monkeypatch):
    moments = []
    ask = notes.find_unwanted

    def note(messages, now):
        moments.append((now, sorted(each.recipient for each in messages)))
        return ask(messages, now)

    kind = replace(registry._kinds[Notes.name], unwanted=note)
    monkeypatch.setitem(registry._kinds, Notes.name, kind)
    for name, days in (("ada", -1), ("bo", 3), ("cy", 3), ("di", 9)):
        add(f"{name}@example.org", subject_id=about, due_at=NOW + days * DAY)
    add("late@example.org", subject_id=about, due_at=NOW - 2 * DAY, expires_at=NOW - DAY)

    found = ahead()

    assert moments == [
        (NOW, ["ada@example.org"]),
        (NOW + 3 * DAY, ["bo@example.org", "cy@example.org"]),
        (NOW + 9 * DAY, ["di@example.org"]),
    ]
    assert len(found.rows) == 4
    assert found.left_out == 1


def test_what_is_decided_until_then_is_not_asked_about(organization, about, add, notes):
    add(subject_id=about, due_at=NOW + DAY)
    add(subject_id=about, due_at=NOW - 2 * DAY, expires_at=NOW - DAY, occurrence="late")
    notes.unwanted.add(about)
    with inside(organization):
        keys = Member.objects.filter(name="about").values_list("pk", flat=True)
        part = Part([Notes.name], keys, is_open=True)
        found = outlook([part], now=NOW, until=NOW + 30 * DAY)

    assert [each.ways for each in found.rows] == [{Way.MAIL: Fate.GOES}]
    assert (found.left_out, notes.asked) == (1, [])


def test_a_message_at_fault_hides_no_other_and_undoes_nothing(ahead, about, add, notes):
    broken = about
    for number in range(3):
        add(f"p{number}@example.org", subject_id=about, due_at=NOW + DAY)
    notes.breaks_transaction.add(broken)

    found = ahead()

    assert [dict(each.ways) for each in found.rows] == [{Way.MAIL: Fate.UNCLEAR}] * 3


def test_what_a_kind_writes_while_it_is_asked_is_rolled_back(
    ahead, about, add, notes, organization
):
    add(subject_id=about, due_at=NOW + DAY)
    notes.writes_when_asked = True

    assert len(ahead().rows) == 1

    with inside(organization):
        assert Message.objects.filter(detail="asked").count() == 0


def test_no_more_is_looked_at_than_was_agreed(ahead, about, add, keep, notes):
    for number in range(4):
        add(f"p{number}@example.org", subject_id=about, due_at=NOW + number * DAY)
    assert (len(ahead().rows), ahead().is_cut) == (4, False)
    notes.asked.clear()

    found = ahead(most=3)

    assert [each.address[:2] for each in found.rows] == ["p0", "p1", "p2"]
    assert found.is_cut
    assert len(notes.asked) == 3


def test_many_schedules_are_cut_as_well(ahead, about, keep):
    for _ in range(4):
        keep(now=NOW, subject_id=about)
    assert not ahead(most=4).is_cut
    assert ahead(most=3).is_cut


def test_without_parts_there_is_nothing(organization):
    with inside(organization):
        assert outlook([], now=NOW, until=NOW + DAY).rows == []
