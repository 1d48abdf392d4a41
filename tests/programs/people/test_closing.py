"""Those who run a cohort read how it stands before enrollment closes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.enums import Reach, Role
from accounts.models import Holiday, Member, Organization
from accounts.operations.holidays import add_holidays, remove_holiday
from mentoring.outbox.foresight import foresee
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from mentoring.tenancy.scope import within
from programs.enums import CohortState, ParticipantState, Side
from programs.models import Cohort
from programs.operations import closing
from programs.operations.cohort_invitations import invite
from programs.operations.cohorts import Details, advance, change_cohort
from programs.queries.closing import outlook_of
from programs.queries.coordinators import runners_of
from tests.factories import create_member, create_organization, create_owner, inside, reload
from tests.programs.people.steps import (
    NOON,
    create_cohort,
    deliver,
    enroll,
    messages,
    narrowed_admin,
)

pytestmark = pytest.mark.django_db
# Enrollment closes on Friday, 11 December: a working week before, and Thursday.
EARLY, LAST = "early:2026-12-11", "last:2026-12-11"


def create_closing(zone="Europe/Berlin", **fields):
    """An owner and a cohort whose closing is planned for; the owner runs it."""
    owner = create_owner(create_organization(time_zone=zone), name="Olga")
    cohort = create_cohort(owner, **fields)
    with inside(owner.organization_id):
        closing.plan(cohort=cohort, now=NOON)
    return owner, cohort


def due(owner) -> list[tuple[str, str, datetime]]:
    with inside(owner.organization_id):
        rows = Message.objects.filter(kind=closing.KIND).order_by("due_at", "recipient")
        return [(row.recipient, row.occurrence, row.due_at) for row in rows]


def looks(owner) -> list[datetime]:
    """When the cohort is looked at to find out who is told."""
    rows = Message.objects.filter(kind=closing.PLAN, state="queued").order_by("due_at")
    return list(rows.values_list("due_at", flat=True))


def moments(owner) -> list[tuple[str, datetime]]:
    return [(occurrence, at) for _, occurrence, at in due(owner)]


def at(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def run_until(owner, day: int, month: int = 12) -> None:
    """What workers do every hour until the evening of a day."""
    moment = NOON
    while moment < datetime(2026, month, day, 23, tzinfo=UTC):
        deliver(owner, at=moment)
        moment += timedelta(hours=1)


def change(owner, cohort, *, now, **days) -> None:
    cohort = reload(cohort)
    names = ("name", "enrollment_opens_on", "enrollment_closes_on", "starts_on", "ends_on")
    details = Details(**{**{name: getattr(cohort, name) for name in names}, **days})
    with inside(owner.organization_id):
        change_cohort(cohort=cohort, details=details, actor=owner, now=now)


def test_two_mails_come_at_the_organizations_hour_where_each_reader_is(mails):
    owner, cohort = create_closing()
    far = create_member(owner.organization, roles=[Role.PROGRAM_ADMIN], email="far@example.org")
    near = create_member(owner.organization, roles=[Role.PROGRAM_ADMIN], email="near@example.org")
    with inside(owner.organization_id):
        Organization.objects.update(reminder_hour=time(7, 30))
        far.user.time_zone = "America/New_York"
        far.user.save()
        near.user.time_zone = "Asia/Tokyo"
        near.user.save()

    run_until(owner, 11)

    assert due(owner) == [
        ("near@example.org", EARLY, at(3, 22, 30)),
        ("far@example.org", EARLY, at(4, 12, 30)),
        ("near@example.org", LAST, at(9, 22, 30)),
        ("far@example.org", LAST, at(10, 12, 30)),
    ]
    assert [str(mail["To"]) for mail in mails()] == [
        *[f"{far.name} <far@example.org>"] * 2,
        *[f"{near.name} <near@example.org>"] * 2,
    ]
    assert cohort.state == CohortState.ENROLLING


@pytest.mark.parametrize(
    ("off", "early", "last"),
    [
        ([], at(4, 8), at(10, 8)),
        # Thursday is a holiday: the last morning is Wednesday, the early one a day earlier.
        ([10], at(3, 8), at(9, 8)),
        ([10, 9, 8, 7], at(30, 8, month=11), at(4, 8)),
    ],
)
def test_the_mornings_are_working_ones(off, early, last):
    owner, cohort = create_closing()
    with inside(owner.organization_id):
        for day in off:
            Holiday.objects.create(date=date(2026, 12, day), name="Off")
        Message.objects.all().delete()
        closing.plan(cohort=cohort, now=NOON)

    run_until(owner, 11)

    assert moments(owner) == [(EARLY, early), (LAST, last)]


def test_a_holiday_that_is_added_late_puts_nothing_into_the_evening():
    owner, _cohort = create_closing()
    with inside(owner.organization_id):
        Holiday.objects.create(date=date(2026, 12, 10), name="Off")

    run_until(owner, 11)

    # Each was looked at when its first day began in the far east, on the old day.
    assert [moment.time() for _, moment in moments(owner)] == [time(8)] * 2
    assert all(moment.weekday() < 5 for _, moment in moments(owner))


def test_days_off_that_are_added_move_both_mornings_to_earlier_ones_and_back():
    owner, _cohort = create_closing()
    off = {date(2026, 12, day): "Off" for day in (9, 10)}
    with inside(owner.organization_id):
        add_holidays(days=off, actor=owner, now=NOON)
        # Where the day begins first: two days earlier than without.
        assert looks(owner) == [at(1, 19), at(7, 19)]

    run_until(owner, 30, month=11)
    with inside(owner.organization_id):
        for holiday in Holiday.objects.all():
            remove_holiday(holiday=holiday, actor=owner, now=at(1, 12))
    run_until(owner, 11)

    assert moments(owner) == [(EARLY, at(4, 8)), (LAST, at(10, 8))]


def test_a_morning_that_a_day_off_puts_into_the_past_is_looked_at_at_once():
    owner, _cohort = create_closing()
    run_until(owner, 8)
    with inside(owner.organization_id):
        assert looks(owner) == [at(9, 19)]
        add_holidays(days={date(2026, 12, 10): "Off"}, actor=owner, now=at(9, 12))
        assert looks(owner) == [at(9, 12)]
    deliver(owner, at=at(9, 12))
    # The morning of Wednesday was four hours ago, and Thursday is free.
    assert moments(owner) == [(EARLY, at(4, 8)), (LAST, at(11, 8))]


def test_the_hour_is_kept_through_a_clock_change():
    owner = create_owner(create_organization(time_zone="Europe/Berlin"))
    cohort = create_cohort(owner, enrollment_closes_on=date(2027, 3, 30))
    with inside(owner.organization_id):
        closing.plan(cohort=cohort, now=NOON)
    for moment in (datetime(2027, 3, 22, 20, tzinfo=UTC), datetime(2027, 3, 28, 20, tzinfo=UTC)):
        deliver(owner, at=moment)
    # Summer time begins on 28 March.
    assert [moment for _, moment in moments(owner)] == [
        datetime(2027, 3, 23, 8, tzinfo=UTC),
        datetime(2027, 3, 29, 7, tzinfo=UTC),
    ]


def test_the_mail_tells_numbers_and_what_is_missing_and_no_names(mails):
    owner, cohort = create_closing()
    guests = [create_member(owner.organization, name=f"Guest {number}") for number in range(3)]
    with inside(owner.organization_id):
        invite(cohort=cohort, side=Side.MENTEE, members=guests, actor=owner, now=NOON)
    approved = {"state": ParticipantState.APPROVED}
    enroll(cohort, guests[0], **approved)
    enroll(cohort, name_of(owner, "Carl"), **approved)
    enroll(cohort, name_of(owner, "Dora"), **approved)
    enroll(cohort, name_of(owner, "Ada"), side=Side.MENTOR, capacity=1, **approved)
    enroll(cohort, name_of(owner, "Ben"), side=Side.MENTOR)

    run_until(owner, 5)

    (mail,) = [each for each in mails() if "enrollment closes" in str(each["Subject"])]
    text = text_of(mail, "plain").replace("\r\n", "\n")
    assert str(mail["Subject"]) == "Program of Spring: enrollment closes on 11 Dec 2026"
    mentors, mentees = text.partition("Mentees\n")[::2]
    assert "- Wait for your decision: 1\n- Ready to be matched: 1\n" in mentors
    assert "- Invited: 3\n- Answered: 1\n- Enrolled: 3\n- Ready to be matched: 3" in mentees
    assert "2 of the mentees would be left without a partner" in text
    assert f"/cohorts/{cohort.pk}/" in text
    for name in ("Ada", "Ben", "Carl", "Dora", "Guest"):
        assert name not in text
        assert name not in text_of(mail, "html")


def name_of(owner, name: str) -> Member:
    return create_member(owner.organization, name=name)


def test_a_person_who_has_a_break_or_is_not_prepared_has_no_room():
    owner, cohort = create_closing()
    approved = {"state": ParticipantState.APPROVED, "side": Side.MENTOR, "capacity": 2}
    enroll(cohort, **approved)
    enroll(cohort, paused_until=date(2027, 2, 1), **approved)
    with inside(owner.organization_id):
        found = outlook_of(cohort, now=NOON)
    mentors = found.standings[Side.MENTOR]
    assert (mentors.approved, mentors.not_ready, mentors.room) == (2, 1, 2)
    assert (found.without_mentor, found.without_mentee) == (0, 1)


@pytest.mark.parametrize("why", ["moved", "closed", "draft", "archived", "removed"])
def test_nothing_comes_once_enrollment_does_not_close_that_day(mails, why):
    owner, cohort = create_closing()
    deliver(owner, at=at(3, 20))
    assert moments(owner) == [(EARLY, at(4, 8))]
    if why in ("moved", "removed"):
        closes = date(2027, 1, 8) if why == "moved" else None
        change(owner, cohort, now=at(3, 21), enrollment_closes_on=closes)
    with inside(owner.organization_id):
        if why == "closed":
            Cohort.objects.update(state=CohortState.MATCHING)
        if why == "draft":
            advance(cohort=reload(cohort), to=CohortState.DRAFT, actor=owner, now=at(3, 21))
        if why == "archived":
            type(cohort.program).objects.update(archived_at=at(3, 21))

    run_until(owner, 12)

    assert mails() == []
    assert messages(owner, closing.KIND) == [(owner.email, "skipped")]


def test_another_closing_day_has_mails_of_its_own():
    owner, cohort = create_closing()
    change(owner, cohort, now=at(3, 12), enrollment_closes_on=date(2026, 12, 18))
    change(owner, cohort, now=at(3, 13), enrollment_closes_on=date(2026, 12, 18), name="Winter")
    run_until(owner, 18)
    assert moments(owner) == [
        ("early:2026-12-18", at(11, 8)),
        ("last:2026-12-18", at(17, 8)),
    ]


def test_opening_enrollment_plans_both_and_doing_it_twice_plans_nothing_more():
    owner, cohort = create_closing(state=CohortState.MATCHING)
    with inside(owner.organization_id):
        Message.objects.all().delete()
        for _ in range(2):
            again = advance(cohort=cohort, to=CohortState.ENROLLING, actor=owner, now=NOON)
            closing.plan(cohort=again, now=NOON)
        planned = Message.objects.filter(kind=closing.PLAN).values_list("occurrence", flat=True)
        assert sorted(planned) == [EARLY, LAST]


def test_who_is_away_gone_or_runs_it_no_more_gets_nothing(mails):
    owner, cohort = create_closing()
    here = owner.organization
    stays, leaves, away, moved = (
        create_member(here, roles=[Role.PROGRAM_ADMIN], email=f"{name}@example.org")
        for name in ("stays", "leaves", "away", "moved")
    )
    with inside(here):
        Member.objects.filter(pk=away.pk).update(on_leave=True)
    deliver(owner, at=at(3, 20))
    assert {recipient for recipient, *_ in due(owner)} == {stays.email, leaves.email, moved.email}
    with inside(here):
        Member.objects.filter(pk=leaves.pk).update(deactivated_at=NOON)
        Member.objects.filter(pk=moved.pk).update(roles=[])

    deliver(owner, at=at(4, 9))

    assert [str(each["To"]) for each in mails()] == [f"{stays.name} <{stays.email}>"]
    assert messages(owner, closing.KIND) == [
        (leaves.email, "skipped"),
        (moved.email, "skipped"),
        (stays.email, "sent"),
    ]
    assert cohort.pk is not None


def test_another_organization_reads_nothing_of_it(mails):
    owner, _cohort = create_closing()
    stranger, _other = create_closing()
    run_until(owner, 11)
    assert {str(each["To"]) for each in mails()} == {f"Olga <{owner.email}>"}
    assert due(stranger) == []


def test_a_sweep_by_hand_tells_of_it_before(mails):
    owner, _cohort = create_closing()
    with within(owner.organization_id):
        told = [kind for kind, *_ in foresee(now=NOON, at=at(3, 20))]
    assert told == [closing.PLAN]
    deliver(owner, at=at(3, 20))
    with within(owner.organization_id):
        ends = list(foresee(now=at(3, 21), at=at(4, 9)))
    assert sorted(ends) == [(closing.KIND, "sent", ""), (f"{closing.KIND}.bell", "sent", "")]


def test_the_rule_for_one_program_is_the_rule_for_many(django_assert_num_queries):
    owner = create_owner()
    first, second = create_cohort(owner), create_cohort(owner, "Autumn")
    admin = create_member(owner.organization, roles=[Role.PROGRAM_ADMIN])
    named = narrowed_admin(first, reaches=True)
    narrowed_admin(first, reaches=False)
    with inside(owner.organization_id):
        with django_assert_num_queries(2):
            found = runners_of({first.program_id, second.program_id})
        assert found == {first.program_id: [named], second.program_id: [admin]}
        Member.objects.filter(pk=admin.pk).update(reach=Reach.PROGRAMS)
        assert runners_of({second.program_id}) == {second.program_id: [owner]}


def test_who_comes_next_runs_a_program_while_somebody_is_on_leave():
    owner, cohort = create_closing()
    admin = create_member(owner.organization, roles=[Role.PROGRAM_ADMIN])
    named = narrowed_admin(cohort, reaches=True)

    def runner() -> list[Member]:
        return runners_of([cohort.program_id])[cohort.program_id]

    with inside(owner.organization_id):
        assert runner() == [named]
        for away, next_one in ((named, [admin]), (admin, [owner]), (owner, [])):
            Member.objects.filter(pk=away.pk).update(on_leave=True)
            assert runner() == next_one


def test_where_the_only_admin_is_on_leave_an_owner_reads_of_the_end():
    owner, _cohort = create_closing()
    create_member(owner.organization, roles=[Role.PROGRAM_ADMIN], on_leave=True)
    run_until(owner, 11)
    assert {recipient for recipient, *_ in due(owner)} == {owner.email}


@pytest.mark.parametrize("count", [1, 12])
def test_it_costs_the_same_however_many_people_are_in(django_assert_num_queries, count):
    owner, cohort = create_closing()
    for _ in range(count):
        enroll(cohort, state=ParticipantState.APPROVED)
    with inside(owner.organization_id), django_assert_num_queries(3):
        outlook_of(cohort, now=NOON)
