"""What is planned for a morning follows free days, hours and places; what has come does not."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.models import Holiday, Location, Member
from accounts.operations import account, chart, holidays, people
from mentoring.lib.ids import uuid7
from mentoring.outbox import following
from mentoring.outbox.adding import enqueue_all
from mentoring.outbox.almanac import Morning
from mentoring.outbox.following import SECOND_LOOK
from mentoring.outbox.models import Message
from mentoring.tenancy.scope import acting_as
from tests.factories import add_address, create_member, create_organization, create_owner, inside
from tests.outbox.conftest import NOON, Notes
from tests.outbox.hours import change_sending

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, 30) + timedelta(days=day) for day in range(3))


@pytest.fixture(autouse=True)
def _kind(notes):
    """Mails of an invented kind, whose readers get them where they are."""


@pytest.fixture
def owner(committed_db):
    return create_owner(create_organization("Acme", time_zone="Europe/Berlin"))


@pytest.fixture
def organization(owner):
    return owner.organization


def at(day, hour, minute=0, month=12):
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def plan(*readers, on=TUESDAY, due_at=None, of=None, **more):
    """A message to each, a member or whom it names, at nine in the morning in Berlin."""
    here = of or readers[0].organization_id
    names = [each.email if isinstance(each, Member) else each for each in readers]
    at_nine = due_at or datetime(on.year, on.month, on.day, 8, tzinfo=UTC)
    with inside(here):
        enqueue_all(
            kind=Notes.name,
            wanted=[(each, uuid7(), "1") for each in names],
            due_at=Morning(on, at_nine) if on else at_nine,
            now=NOON,
            **more,
        )


def take_off(owner, *days, now=NOON):
    with inside(owner.organization):
        holidays.add_holidays(days=dict.fromkeys(days, "Off"), actor=owner, now=now)


def work_on(owner, day, now=NOON):
    with inside(owner.organization):
        found = Holiday.objects.get(date=day)
        holidays.remove_holiday(holiday=found, actor=owner, now=now)


def moments(organization):
    """When each message is due, and that it is looked at then, in UTC."""
    with inside(organization):
        rows = Message.objects.filter(kind=Notes.name, state="queued").order_by("due_at")
        assert all(each.look_at == each.due_at for each in rows)
        return [f"{each.due_at:%m-%d %H:%M}" for each in rows]


def test_a_new_day_off_moves_what_falls_on_it_and_a_removed_one_brings_it_back(
    owner, organization, deliver
):
    plan(owner)
    plan(owner, on=WEDNESDAY)

    take_off(owner, TUESDAY)
    deliver()
    assert moments(organization) == ["12-02 08:00", "12-02 08:00"]

    work_on(owner, TUESDAY)
    deliver()
    assert moments(organization) == ["12-01 08:00", "12-02 08:00"]


def test_days_off_in_a_row_move_it_behind_all_of_them(owner, organization, deliver):
    plan(owner, on=date(2026, 12, 24))

    take_off(owner, *(date(2026, 12, day) for day in (24, 25, 28)))
    deliver()

    assert moments(organization) == ["12-29 08:00"]


def test_other_working_days_free_days_and_another_hour_move_it(owner, organization, deliver):
    plan(owner)

    change_sending(owner, now=NOON, working_days=[2, 3])
    deliver()
    assert moments(organization) == ["12-02 08:00"]

    change_sending(owner, now=NOON, sends_on_free_days=True)
    deliver()
    assert moments(organization) == ["12-01 08:00"]

    change_sending(owner, now=NOON, reminder_hour=time(7, 30))
    deliver()
    assert moments(organization) == ["12-01 06:30"]


def test_a_place_of_work_takes_its_people_along(owner, organization, deliver):
    with inside(organization):
        place = Location.objects.create(name="Osaka")
    plan(create_member(organization, location=place), owner)

    with inside(organization):
        values = {"name": "Osaka", "time_zone": "Asia/Tokyo"}
        chart.change(part=place, values=values, actor=owner, now=NOON)
    deliver()

    assert moments(organization) == ["12-01 00:00", "12-01 08:00"]


def test_the_record_of_a_person_takes_along_what_the_person_gets(owner, organization):
    member = create_member(organization)
    plan(member, owner, str(member.pk))

    with inside(organization):
        values = {"time_zone": "Asia/Tokyo"}
        people.change_record(member=member, values=values, actor=owner, now=NOON)

    assert moments(organization) == ["12-01 00:00", "12-01 00:00", "12-01 08:00"]


@pytest.mark.parametrize(
    ("zone", "there"),
    [("Pacific/Kiritimati", "11-30 19:00"), ("Pacific/Honolulu", "12-01 19:00")],
)
def test_it_keeps_its_day_however_far_somebody_goes(owner, organization, zone, there):
    member = create_member(organization)
    add_address(member.user, "ada.at.home@example.org")
    plan(member, "ada.at.home@example.org")

    with acting_as(member.user_id):
        profile = {"name": "Ada", "language": "en", "time_zone": zone}
        account.change_profile(user=member.user, now=NOON, **profile)

    assert moments(organization) == [there, there]


def test_what_the_next_morning_would_bring_too_late_comes_on_the_last_one_before(
    owner, organization, deliver
):
    plan(owner, on=TUESDAY, expires_at=at(2, 0))

    take_off(owner, TUESDAY)
    deliver()
    assert moments(organization) == ["11-30 08:00"]

    work_on(owner, TUESDAY)
    deliver()
    assert moments(organization) == ["12-01 08:00"]


def test_what_no_morning_brings_in_time_expires_and_goes_out_on_no_free_day(
    owner, organization, deliver, clock
):
    plan(owner, on=TUESDAY, expires_at=at(2, 0))

    clock.now = at(30, 12, month=11)
    take_off(owner, TUESDAY, now=clock.now)
    deliver()
    assert moments(organization) == ["12-02 08:00"]

    clock.now = at(2, 8)
    deliver()
    with inside(organization):
        assert Message.objects.get(kind=Notes.name).state == "expired"


@pytest.mark.parametrize(("hour", "morning"), [(6, "12-02 08:00"), (12, "12-03 08:00")])
def test_a_day_that_is_over_is_brought_back_as_the_next_morning(
    owner, organization, deliver, clock, hour, morning
):
    take_off(owner, TUESDAY, WEDNESDAY)
    plan(owner, on=TUESDAY, due_at=at(3, 8))

    clock.now = at(2, hour)
    work_on(owner, TUESDAY, now=clock.now)
    work_on(owner, WEDNESDAY, now=clock.now)
    deliver()

    assert moments(organization) == [morning]


def test_what_comes_today_still_comes_when_the_new_hour_is_past(
    owner, organization, deliver, clock
):
    plan(owner, on=TUESDAY, due_at=at(1, 15))

    clock.now = at(1, 12)
    change_sending(owner, now=clock.now, reminder_hour=time(8))
    deliver()

    assert moments(organization) == ["12-01 15:00"]


def test_what_is_due_at_an_instant_or_has_come_stays(owner, organization):
    plan(owner, on=MONDAY)
    plan(owner, on=None, due_at=at(1, 8))
    plan(owner, on=TUESDAY)

    with inside(organization):
        Holiday.objects.bulk_create(Holiday(date=day, name="Off") for day in (MONDAY, TUESDAY))
        following.move_portion("outbox.move_planned", f"{uuid7()}:", now=at(30, 8, month=11))

    assert moments(organization) == ["11-30 08:00", "12-01 08:00", "12-02 08:00"]


def test_who_is_unknown_keeps_the_moment(owner, organization, deliver):
    plan("nobody@example.org", str(uuid7()), of=organization)

    take_off(owner, TUESDAY)
    deliver()

    assert moments(organization) == ["12-01 08:00", "12-01 08:00"]


def test_another_organization_keeps_its_days(owner, organization, deliver):
    other = create_owner(create_organization("Other", time_zone="Europe/Berlin"))
    member = create_member(other.organization, user=owner.user)
    plan(owner)
    plan(other, member)

    take_off(owner, TUESDAY)
    deliver()
    deliver(of=other.organization)

    assert moments(organization) == ["12-02 08:00"]
    assert moments(other.organization) == ["12-01 08:00", "12-01 08:00"]


def test_many_are_moved_in_portions_and_each_portion_once(
    owner, organization, deliver, monkeypatch
):
    monkeypatch.setattr(following, "BATCH", 10)
    for _ in range(35):
        plan(owner)

    take_off(owner, TUESDAY)
    deliver()

    assert moments(organization) == ["12-02 08:00"] * 35
    with inside(organization):
        moves = Message.objects.filter(kind="outbox.move_planned")
        assert (moves.filter(state="sent").count(), moves.filter(state="queued").count()) == (4, 1)


def test_a_portion_costs_the_same_however_many_are_in_it(
    owner, organization, django_assert_num_queries
):
    members = [create_member(organization) for _ in range(12)]
    plan(*members, str(owner.pk))
    with inside(organization):
        Holiday.objects.create(date=TUESDAY, name="Off")

    # The rows, the almanac, places of members, readers of addresses (two), and the writing.
    with inside(organization), django_assert_num_queries(6):
        following.move_portion("outbox.move_planned", f"{uuid7()}:", now=NOON)

    assert moments(organization) == ["12-02 08:00"] * 13


def test_one_that_was_written_meanwhile_is_found_by_the_second_look(
    owner, organization, deliver, clock
):
    plan(owner)
    take_off(owner, TUESDAY)
    deliver()
    # By somebody whose transaction had read the days of before.
    plan(owner)

    clock.now = NOON + SECOND_LOOK
    deliver()

    assert moments(organization) == ["12-02 08:00", "12-02 08:00"]
