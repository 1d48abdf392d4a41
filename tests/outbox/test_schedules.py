"""Schedules become messages: every occurrence once, at its hour, and none twice."""

from collections import Counter
from datetime import date, timedelta

import pytest

from accounts.models import Holiday, Organization
from mentoring.lib.ids import uuid7
from mentoring.lib.recurrence import Every
from mentoring.outbox import recurring, unrolling
from mentoring.outbox.models import Schedule
from mentoring.outbox.recurring import RecurringKind, register_recurring
from mentoring.outbox.unrolling import TRY_AGAIN, unroll_some
from mentoring.tenancy.scope import within
from tests.factories import create_member, create_organization, inside
from tests.outbox.conftest import Notes
from tests.outbox.moments import MONDAY, at
from tests.outbox.test_claims import at_once

HOUR = timedelta(hours=1)


def change(organization, **values):
    with inside(organization):
        Organization.objects.filter(pk=organization.pk).update(**values)


def take_off(organization, *days):
    with inside(organization):
        Holiday.objects.bulk_create([Holiday(date=day, name="Off") for day in days])


def test_a_schedule_makes_its_message_when_it_is_due_and_goes_on(keep, unroll, made, now_as):
    schedule = keep(now=at("2026-11-23"))
    assert (schedule.next_on, schedule.next_at) == (MONDAY, at("2026-11-30"))

    assert unroll(at("2026-11-30") - timedelta(seconds=1)) == 0
    assert unroll(at("2026-11-30")) == 1
    assert unroll(at("2026-11-30")) == 0

    due = at("2026-11-30")
    assert made() == [("mentor:2026-11-30", due, due + timedelta(days=3))]
    after = now_as(schedule)
    assert (after.done_on, after.next_on) == (MONDAY, date(2026, 12, 30))
    assert after.next_at == at("2026-12-30")


def test_two_workers_at_once_make_every_occurrence_once(keep, organization, made, monkeypatch):
    monkeypatch.setattr(unrolling, "PORTION", 5)
    for _ in range(40):
        keep(now=at("2026-11-23"))

    def work():
        with within(organization):
            while unroll_some(now=at("2026-11-30")):
                pass

    at_once(4, work)

    assert Counter(name for name, *_ in made()) == {"mentor:2026-11-30": 40}
    with inside(organization):
        assert Schedule.objects.filter(next_on=date(2026, 12, 30)).count() == 40


def test_a_row_that_stands_on_its_old_day_again_makes_nothing_twice(keep, unroll, made):
    """As if the step of the schedule had been lost, and the message had not."""
    schedule = keep(now=at("2026-11-23"))
    unroll(at("2026-11-30"))
    with inside(schedule.organization_id):
        Schedule.objects.update(done_on=None, next_on=MONDAY, next_at=at("2026-11-30"))

    unroll(at("2026-11-30", 10))

    assert [name for name, *_ in made()] == ["mentor:2026-11-30"]


@pytest.mark.parametrize("point", ["enqueue_all", "write_all"])
def test_a_worker_killed_in_between_has_done_nothing(
    keep, unroll, made, now_as, monkeypatch, point
):
    schedule = keep(now=at("2026-11-23"))
    usual = getattr(unrolling, point)

    class Killed(BaseException):
        """What no handler of ours catches, as it is with a kill."""

    def do_and_die(*args, **more):
        usual(*args, **more)
        raise Killed

    monkeypatch.setattr(unrolling, point, do_and_die)
    with pytest.raises(Killed):
        unroll(at("2026-11-30"))
    assert (made(), now_as(schedule).next_on) == ([], MONDAY)

    monkeypatch.setattr(unrolling, point, usual)
    unroll(at("2026-11-30", 9, 1))

    assert [name for name, *_ in made()] == ["mentor:2026-11-30"]
    assert now_as(schedule).next_on == date(2026, 12, 30)


def test_a_month_end_keeps_its_day(keep, unroll, made):
    keep(now=at("2027-01-01"), anchor=date(2027, 1, 31))

    for day in ("2027-02-01", "2027-03-01", "2027-03-31"):
        unroll(at(day))

    # Both ends of a month are Sundays here, and the next working day is a Monday.
    assert [(name, due) for name, due, _ in made()] == [
        ("mentor:2027-01-31", at("2027-02-01")),
        ("mentor:2027-02-28", at("2027-03-01")),
        ("mentor:2027-03-31", at("2027-03-31")),
    ]


def test_a_shift_past_free_days_does_not_add_up(keep, unroll, made, organization):
    take_off(organization, date(2026, 12, 7), date(2026, 12, 8))
    keep(now=at("2026-11-23"), every=Every.WEEK, anchor=date(2026, 12, 5))

    for day in ("2026-12-07", "2026-12-08", "2026-12-09", "2026-12-12", "2026-12-14"):
        unroll(at(day))

    assert [(name, due) for name, due, _ in made()] == [
        ("mentor:2026-12-05", at("2026-12-09")),
        ("mentor:2026-12-12", at("2026-12-14")),
    ]


def test_an_organization_may_want_reminders_on_free_days(keep, organization):
    take_off(organization, date(2026, 12, 5))
    change(organization, sends_on_free_days=True)

    assert keep(now=at("2026-11-23"), anchor=date(2026, 12, 5)).next_at == at("2026-12-05")


def test_a_kind_may_come_every_day(keep, monkeypatch, prompts):
    kind = RecurringKind(name=Notes.name, lasts=HOUR, recipients=prompts.recipients, every_day=True)
    monkeypatch.setitem(recurring._kinds, kind.name, kind)

    assert keep(now=at("2026-11-23"), anchor=date(2026, 12, 5)).next_at == at("2026-12-05")


def test_after_a_long_sleep_only_the_newest_is_made(keep, unroll, made, now_as):
    schedule = keep(now=at("2026-08-03"), every=Every.WEEK, anchor=date(2026, 8, 3))

    unroll(at("2026-11-23", 10))

    due = at("2026-11-23")
    assert made() == [("mentor:2026-11-23", due, due + timedelta(days=3))]
    assert now_as(schedule).next_at == at("2026-11-30")


def test_what_would_be_too_late_is_left_out(keep, unroll, made, now_as):
    schedule = keep(now=at("2026-11-23"))

    unroll(at("2026-12-04"))

    assert made() == []
    assert now_as(schedule).next_on == date(2026, 12, 30)


def test_a_day_late_it_still_comes_at_a_civil_hour_on_a_working_day(keep, unroll, made):
    keep(now=at("2026-11-23"), every=Every.MONTH, anchor=date(2026, 11, 27))

    unroll(at("2026-11-28", 3))

    # Due on Friday, found on Saturday night, over on Monday at nine: too late by a moment.
    assert made() == []

    keep(now=at("2026-11-23"), every=Every.MONTH, anchor=date(2026, 11, 24))
    unroll(at("2026-11-25", 3))

    due = at("2026-11-25")
    assert made() == [("mentor:2026-11-24", due, at("2026-11-24") + timedelta(days=3))]


def test_a_recipient_that_is_missing_skips_and_goes_on(keep, unroll, made, prompts, now_as):
    person = uuid7()
    schedule = keep(now=at("2026-11-23"), person=person)
    prompts.nobody = {person}

    unroll(at("2026-11-30"))
    prompts.nobody = set()
    unroll(at("2026-12-30"))

    assert [name for name, *_ in made()] == ["mentor:2026-12-30"]
    assert now_as(schedule).next_on == date(2027, 1, 30)


def test_a_poison_schedule_keeps_no_other_waiting(keep, unroll, made, prompts, now_as):
    everybody = [keep(now=at("2026-11-23")) for _ in range(9)]
    bad = everybody[4]
    prompts.poison = {bad.person}

    unroll(at("2026-11-30"))

    assert len(made()) == 8
    failed = now_as(bad)
    assert (failed.next_on, failed.next_at) == (MONDAY, at("2026-11-30") + TRY_AGAIN)

    prompts.poison = set()
    unroll(at("2026-11-30") + TRY_AGAIN)

    assert len(made()) == 9
    assert now_as(bad).next_on == date(2026, 12, 30)


def test_people_are_reminded_at_nine_where_they_are(keep, unroll, made, organization):
    person = create_member(organization, time_zone="Pacific/Auckland").pk
    keep(now=at("2026-11-23"), person=person, anchor=date(2026, 12, 1))

    unroll(at("2026-12-01", 0))

    assert [(name, due) for name, due, _ in made()] == [("mentor:2026-12-01", at("2026-11-30", 20))]


def test_a_zone_that_puts_the_moment_off_moves_it_instead_of_sending(
    keep, unroll, made, now_as, organization
):
    schedule = keep(now=at("2026-11-23"))
    with inside(organization):
        Schedule.objects.update(zone="America/New_York")

    unroll(at("2026-11-30"))

    assert made() == []
    assert (now_as(schedule).next_on, now_as(schedule).next_at) == (MONDAY, at("2026-11-30", 14))


def test_a_holiday_that_was_added_meanwhile_moves_it_instead_of_sending(
    keep, unroll, made, now_as, organization
):
    schedule = keep(now=at("2026-11-23"))
    take_off(organization, MONDAY)

    unroll(at("2026-11-30"))

    assert made() == []
    assert (now_as(schedule).next_on, now_as(schedule).next_at) == (MONDAY, at("2026-12-01"))


def test_a_kind_that_this_release_does_not_know_waits(keep, unroll, monkeypatch, now_as):
    schedule = keep(now=at("2026-11-23"))
    monkeypatch.delitem(recurring._kinds, Notes.name)

    assert unroll(at("2026-11-30")) == 0
    assert now_as(schedule).next_on == MONDAY


def test_two_kinds_of_one_name_are_refused(prompts):
    with pytest.raises(ValueError, match=Notes.name):
        register_recurring(
            RecurringKind(name=Notes.name, lasts=HOUR, recipients=prompts.recipients)
        )


def test_the_sweep_asks_for_every_organization_with_something_due(keep, queue):
    other = create_organization("Other")
    schedule = keep(now=at("2026-11-23"))
    keep(now=at("2026-11-23"), of=other, anchor=date(2026, 12, 1))

    assert unrolling.sweep_schedules(now=at("2026-11-30")) == 1

    assert [(name, more["organization_id"]) for name, more in queue.tasks()] == [
        ("outbox.unroll", str(schedule.organization_id))
    ]
    assert unrolling.sweep_schedules(now=at("2026-11-29")) == 0
