"""Keeping and ending schedules, and the walls between organizations."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.db import connection

from mentoring.lib.ids import uuid7
from mentoring.lib.recurrence import Every
from mentoring.outbox.models import Schedule
from mentoring.outbox.schedules import Wanted, end_schedules, keep_exactly
from tests.factories import create_organization, inside
from tests.outbox.conftest import Notes
from tests.outbox.moments import MONDAY, at


def test_an_ended_schedule_makes_nothing_and_can_begin_again(keep, unroll, made, now_as):
    person, subject = uuid7(), uuid7()
    schedule = keep(now=at("2026-11-23"), person=person, subject_id=subject)
    with inside(schedule.organization_id):
        ended = end_schedules(kind=Notes.name, subject_ids=[subject], now=at("2026-11-24"))

    assert (ended, unroll(at("2026-11-30"))) == (1, 0)
    assert now_as(schedule).ended_at == at("2026-11-24")

    again = keep(now=at("2026-12-01"), person=person, subject_id=subject)
    assert (again.pk, again.ended_at, again.next_on) == (schedule.pk, None, date(2026, 12, 30))
    assert made() == []


def test_ending_narrows_by_kind_subject_and_person_and_never_ends_everything(keep, organization):
    one, other = keep(now=at("2026-11-23")), keep(now=at("2026-11-23"))

    def end(**narrowed):
        with inside(organization):
            return end_schedules(now=at("2026-11-24"), **narrowed)

    assert end(kind="tests.else", subject_ids=[one.subject_id]) == 0
    assert end(subject_ids=[]) == 0
    assert end(persons=[one.person], subject_ids=[other.subject_id]) == 0
    assert end(persons=[one.person]) == 1
    assert end(kind=Notes.name) == 1
    with pytest.raises(ValueError, match="which schedules"):
        end()


def test_keeping_the_same_changes_nothing_and_another_rule_counts_from_now(
    keep, unroll, made, now_as
):
    same = {"person": uuid7(), "subject_id": uuid7()}
    first = keep(now=at("2026-11-23"), **same)
    unroll(at("2026-11-30"))

    again = keep(now=at("2026-11-30", 10), **same)
    assert (again.pk, again.next_on, again.done_on) == (first.pk, date(2026, 12, 30), MONDAY)

    # Weekly from the same anchor: the thirtieth was made and does not come back.
    weekly = keep(now=at("2026-11-30", 8), every=Every.WEEK, **same)
    assert (weekly.pk, weekly.next_on) == (first.pk, date(2026, 12, 7))

    later = keep(now=at("2026-11-30", 10), every=Every.WEEK, at=time(15), **same)
    assert (later.next_on, later.next_at) == (date(2026, 12, 7), at("2026-12-07", 15))

    unroll(at("2026-12-07", 15))
    assert [name for name, *_ in made()] == ["mentor:2026-11-30", "mentor:2026-12-07"]


def test_a_day_that_is_settled_from_the_start_never_comes(keep, unroll, made):
    same = {"person": uuid7(), "subject_id": uuid7()}
    first = keep(now=at("2026-11-30", 8), settled=MONDAY, **same)
    assert (first.done_on, first.next_on) == (MONDAY, date(2026, 12, 30))

    # What was settled since then stays so.
    unroll(at("2026-12-30"))
    weekly = keep(now=at("2026-12-30", 10), settled=MONDAY, every=Every.WEEK, **same)
    assert (weekly.done_on, weekly.next_on) == (date(2026, 12, 30), date(2027, 1, 4))
    assert [name for name, *_ in made()] == ["mentor:2026-12-30"]


def test_one_organizations_schedules_are_nothing_to_another(keep, unroll, made, organization):
    other = create_organization("Other")
    keep(now=at("2026-11-23"))
    theirs = keep(now=at("2026-11-23"), of=other)

    unroll(at("2026-11-30"))

    assert (len(made()), made(other)) == (1, [])
    with inside(organization):
        assert end_schedules(persons=[theirs.person], now=at("2026-12-01")) == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT organization_id FROM outbox_schedule")
            assert cursor.fetchall() == [(organization.pk,)]
            cursor.execute("UPDATE outbox_schedule SET label = 'x' WHERE id = %s", [theirs.pk])
            assert cursor.rowcount == 0
    unroll(at("2026-11-30"), of=other)
    assert [name for name, *_ in made(other)] == ["mentor:2026-11-30"]


def test_exactly_these_are_kept_and_all_others_of_the_kind_end(organization, keep, now_as):
    stays, goes = keep(now=at("2026-11-23")), keep(now=at("2026-11-23"))
    stranger = create_organization()
    theirs = keep(now=at("2026-11-23"), of=stranger)
    with inside(organization):
        foreign_kind = Schedule.objects.get(pk=goes.pk)
        foreign_kind.pk, foreign_kind.kind = uuid7(), "tests.other"
        foreign_kind.save(force_insert=True)
    wanted = Wanted(
        person=stays.person,
        subject_id=stays.subject_id,
        label=stays.label,
        every=Every.MONTH,
        anchor=MONDAY,
    )
    new = replace(wanted, person=uuid7())
    for _ in range(2):
        with inside(organization):
            keep_exactly(kind=Notes.name, wanted=[wanted, new], now=at("2026-11-24"))

    assert now_as(stays).next_at == stays.next_at
    assert now_as(goes).ended_at == at("2026-11-24")
    assert now_as(foreign_kind).ended_at is None
    assert now_as(theirs).ended_at is None
    with inside(organization):
        assert Schedule.objects.going_on().filter(kind=Notes.name).count() == 2
