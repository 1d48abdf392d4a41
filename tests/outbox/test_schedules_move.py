"""Schedules follow their people to other zones, and the organization to other hours."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.models import Holiday, Location, Member
from accounts.operations import account, chart, holidays, people, settings
from accounts.queries.calendar import zones_of
from mentoring.lib.ids import uuid7
from mentoring.lib.recurrence import Every
from mentoring.outbox import following, recurring
from mentoring.outbox.following import SECOND_LOOK
from mentoring.outbox.models import Message, Schedule
from mentoring.outbox.recurring import RecurringKind
from mentoring.outbox.schedules import Wanted, keep_schedules
from mentoring.outbox.unrolling import unroll_some
from mentoring.tenancy.scope import acting_as
from programs.post import zone_name_of
from tests.factories import create_member, create_organization, create_owner, inside
from tests.outbox.conftest import NOON, Notes
from tests.outbox.hours import change_sending

TUESDAY = date(2026, 12, 1)


@pytest.fixture
def owner(committed_db):
    return create_owner(create_organization("Acme", time_zone="Europe/Berlin"))


@pytest.fixture
def organization(owner):
    return owner.organization


@pytest.fixture(autouse=True)
def _kind(notes, monkeypatch):
    kind = RecurringKind(
        name=Notes.name,
        lasts=timedelta(days=2),
        recipients=lambda some, _now: {each.pk: f"{each.person}@example.org" for each in some},
    )
    monkeypatch.setitem(recurring._kinds, kind.name, kind)


def keep(*members, **more):
    rule = {"label": "mentor", "every": Every.MONTH, "anchor": TUESDAY, **more}
    with inside(members[0].organization_id):
        keep_schedules(
            kind=Notes.name,
            wanted=[Wanted(person=each.pk, subject_id=uuid7(), **rule) for each in members],
            now=NOON,
        )


def hours(organization):
    """When each schedule is due next, in UTC."""
    with inside(organization):
        moments = Schedule.objects.order_by("next_at").values_list("next_at", flat=True)
        return [f"{moment:%m-%d %H:%M}" for moment in moments]


def test_the_record_of_a_person_takes_schedules_along(owner, organization):
    member = create_member(organization)
    keep(member, owner)
    assert hours(organization) == ["12-01 08:00", "12-01 08:00"]

    with inside(organization):
        values = {"time_zone": "Asia/Tokyo"}
        people.change_record(member=member, values=values, actor=owner, now=NOON)

    assert hours(organization) == ["12-01 00:00", "12-01 08:00"]


def test_a_person_who_chooses_a_zone_moves_in_every_organization(owner, organization):
    other = create_organization("Other")
    here = create_member(organization)
    there = create_member(other, user=here.user)
    keep(here)
    keep(there)

    with acting_as(here.user_id):
        account.change_profile(
            user=here.user, name="Ada", language="en", time_zone="Asia/Tokyo", now=NOON
        )

    assert (hours(organization), hours(other)) == (["12-01 00:00"], ["12-01 00:00"])


def test_a_place_of_work_takes_its_people_along(owner, organization, deliver):
    with inside(organization):
        place = Location.objects.create(name="Osaka")
    keep(create_member(organization, location=place), owner)

    with inside(organization):
        values = {"name": "Osaka", "time_zone": "Asia/Tokyo"}
        chart.change(part=place, values=values, actor=owner, now=NOON)
    deliver()

    assert hours(organization) == ["12-01 00:00", "12-01 08:00"]


def test_another_zone_of_the_organization_moves_who_has_none(owner, organization, deliver):
    keep(owner, create_member(organization, time_zone="Asia/Tokyo"))

    with inside(organization):
        settings.change_general(
            organization=organization,
            name="Acme",
            language="en",
            time_zone="America/New_York",
            version=settings.version_of(organization, settings.GENERAL),
            actor=owner,
            now=NOON,
        )
    deliver()

    assert hours(organization) == ["12-01 00:00", "12-01 14:00"]


def test_another_hour_moves_those_without_one_of_their_own(owner, organization, deliver):
    keep(owner)
    keep(create_member(organization), at=time(17))

    change_sending(owner, now=NOON, reminder_hour=time(7, 30))
    deliver()

    assert hours(organization) == ["12-01 06:30", "12-01 16:00"]


def test_a_new_day_off_moves_what_falls_on_it_and_a_removed_one_brings_it_back(
    owner, organization, deliver, clock
):
    keep(owner)

    with inside(organization):
        holidays.add_holidays(days={TUESDAY: "Off"}, actor=owner, now=NOON)
    deliver()
    assert hours(organization) == ["12-02 08:00"]

    with inside(organization):
        holidays.remove_holiday(holiday=Holiday.objects.get(), actor=owner, now=NOON)
    deliver()
    assert hours(organization) == ["12-01 08:00"]


def test_working_days_and_free_days_move_schedules(owner, organization, deliver):
    keep(owner)

    change_sending(owner, now=NOON, working_days=[2, 3])
    deliver()
    assert hours(organization) == ["12-02 08:00"]

    change_sending(owner, now=NOON, sends_on_free_days=True)
    deliver()
    assert hours(organization) == ["12-01 08:00"]


def test_many_are_moved_in_portions_and_each_portion_once(
    owner, organization, deliver, monkeypatch
):
    monkeypatch.setattr(following, "BATCH", 10)
    with inside(organization):
        members = Member.objects.bulk_create(
            [
                Member(organization=organization, name="Ada", email=f"ada{number}@example.org")
                for number in range(34)
            ]
        )
    keep(owner, *members)

    change_sending(owner, now=NOON, reminder_hour=time(8))
    deliver()

    assert hours(organization) == ["12-01 07:00"] * 35
    with inside(organization):
        moves = Message.objects.filter(kind="outbox.move_schedules")
        assert (moves.filter(state="sent").count(), moves.filter(state="queued").count()) == (4, 1)


def test_one_that_was_written_meanwhile_is_found_by_the_second_look(
    owner, organization, deliver, clock
):
    keep(owner)
    change_sending(owner, now=NOON, reminder_hour=time(8))
    deliver()
    with inside(organization):
        # By somebody whose transaction had read the hours of before.
        Schedule.objects.update(next_at=datetime(2026, 12, 1, 8, tzinfo=UTC))

    clock.now = NOON + SECOND_LOOK
    deliver()

    assert hours(organization) == ["12-01 07:00"]


def test_an_occurrence_that_was_made_does_not_come_back_with_the_hour(owner, organization, deliver):
    keep(owner)
    morning = datetime(2026, 12, 1, 8, tzinfo=UTC)
    with inside(organization):
        unroll_some(now=morning)

    change_sending(owner, now=NOON, reminder_hour=time(15))
    deliver()
    with inside(organization):
        unroll_some(now=morning + timedelta(hours=8))

    assert hours(organization) == ["01-01 14:00"]
    with inside(organization):
        assert Message.objects.filter(kind=Notes.name).count() == 1


def test_nothing_is_planned_while_there_is_no_schedule(owner, organization):
    change_sending(owner, now=NOON, reminder_hour=time(8))

    with inside(organization):
        assert Message.objects.count() == 0


@pytest.mark.parametrize("own", ["", "Asia/Tokyo"])
@pytest.mark.parametrize("record", ["", "Mars/Olympus", "Africa/Lagos"])
@pytest.mark.parametrize("place", [None, "", "America/Lima"])
def test_schedules_and_mails_mean_the_same_zone(owner, organization, own, record, place):
    with inside(organization):
        location = None if place is None else Location.objects.create(name="X", time_zone=place)
    member = create_member(organization, time_zone=record, location=location)
    type(member.user).objects.filter(pk=member.user_id).update(time_zone=own)

    with inside(organization):
        member = Member.objects.select_related("user", "location").get(pk=member.pk)
        assert zones_of([member.pk]) == {member.pk: zone_name_of(member, organization)}
