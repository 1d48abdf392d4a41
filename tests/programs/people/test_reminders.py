"""Reminding people that enrollment closes: by itself, and on demand."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from accounts.models import Holiday, Member
from accounts.operations.holidays import add_holiday
from mentoring.outbox.models import Message
from programs.enums import ParticipantState, Side
from programs.operations import reminders
from programs.operations.cohort_invitations import invite
from programs.operations.reminders import NotEnrolling, plan, remind_now
from tests.factories import create_member, create_organization, create_owner, inside, login, url
from tests.programs.people.steps import NOON, create_cohort, deliver, enroll, messages

pytestmark = pytest.mark.django_db
# Enrollment closes on Friday, 11 December; three working days before is Tuesday.
DAY = date(2026, 12, 8)
FIRST_LOOK = datetime(2026, 12, 7, 19, tzinfo=UTC)


def ask(owner, cohort, *members, side=Side.MENTEE, now=NOON):
    with inside(owner.organization_id):
        return invite(cohort=cohort, side=side, members=members, actor=owner, now=now)


def member(owner, email: str, zone: str = "", **fields):
    found = create_member(owner.organization, email=email, **fields)
    with inside(owner.organization_id):
        found.user.time_zone = zone
        found.user.save()
    return found


def due(owner) -> list[tuple[str, datetime]]:
    kinds = [reminders.INVITED, reminders.DRAFT]
    with inside(owner.organization_id):
        rows = Message.objects.filter(kind__in=kinds).order_by("recipient")
        return [(row.recipient, row.due_at) for row in rows]


def test_everybody_is_reminded_at_nine_where_they_are():
    owner = create_owner(create_organization(time_zone="Europe/Berlin"))
    cohort = create_cohort(owner)
    people = [
        member(owner, "a@example.org", "Asia/Tokyo"),
        member(owner, "b@example.org", "America/New_York"),
        member(owner, "c@example.org"),
    ]
    ask(owner, cohort, *people)
    draft = member(owner, "d@example.org", "Pacific/Kiritimati")
    enroll(cohort, draft, state=ParticipantState.DRAFT)

    deliver(owner, at=FIRST_LOOK - timedelta(minutes=1))
    assert due(owner) == []
    deliver(owner, at=FIRST_LOOK)

    assert due(owner) == [
        ("a@example.org", datetime(2026, 12, 8, 0, tzinfo=UTC)),
        ("b@example.org", datetime(2026, 12, 8, 14, tzinfo=UTC)),
        ("c@example.org", datetime(2026, 12, 8, 8, tzinfo=UTC)),
        ("d@example.org", datetime(2026, 12, 7, 19, tzinfo=UTC)),
    ]


def test_a_holiday_added_meanwhile_puts_no_reminder_into_the_night():
    owner = create_owner(create_organization(time_zone="Europe/Berlin"))
    cohort = create_cohort(owner)
    ask(owner, cohort, member(owner, "a@example.org"))
    with inside(owner.organization_id):
        Holiday.objects.create(date=date(2026, 12, 9), name="Off")

    deliver(owner, at=FIRST_LOOK)

    # Three working days before is Monday now, and that morning is over.
    assert due(owner) == [("a@example.org", datetime(2026, 12, 8, 8, tzinfo=UTC))]


@pytest.mark.parametrize("is_looked_at", [False, True])
def test_a_day_off_that_is_added_moves_the_reminder(is_looked_at):
    owner = create_owner(create_organization(time_zone="Europe/Berlin"))
    cohort = create_cohort(owner)
    ask(owner, cohort, member(owner, "a@example.org"))
    if is_looked_at:
        deliver(owner, at=FIRST_LOOK)

    look = FIRST_LOOK if is_looked_at else FIRST_LOOK - timedelta(days=1)
    with inside(owner.organization_id):
        add_holiday(day=date(2026, 12, 8), name="Off", actor=owner, now=look - timedelta(hours=1))
    deliver(owner, at=look)

    # Still three working days before; on the day itself only the next one is left.
    day = 9 if is_looked_at else 7
    assert due(owner) == [("a@example.org", datetime(2026, 12, day, 8, tzinfo=UTC))]


def test_who_has_answered_or_is_away_is_left_alone(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    names = ("waits", "began", "enrolled", "declined", "away", "gone")
    people = {name: member(owner, f"{name}@example.org") for name in names}
    ask(owner, cohort, *people.values())
    enroll(cohort, people["began"], state=ParticipantState.DRAFT)
    enroll(cohort, people["enrolled"], side=Side.MENTOR)
    with time_machine.travel(NOON):
        login(client, people["declined"]).post(url(owner, "cohort_no_thanks", cohort.pk))
    with inside(owner.organization_id):
        Member.objects.filter(pk=people["away"].pk).update(on_leave=True)
        Member.objects.filter(pk=people["gone"].pk).update(deactivated_at=NOON)

    deliver(owner, at=FIRST_LOOK)

    assert [address for address, _ in due(owner)] == ["began@example.org", "waits@example.org"]


def test_another_closing_day_moves_the_reminder(mails):
    owner = create_owner()
    cohort = create_cohort(owner)
    ask(owner, cohort, member(owner, "a@example.org"))
    deliver(owner, at=FIRST_LOOK)
    with inside(owner.organization_id):
        cohort.enrollment_closes_on = date(2026, 12, 18)
        cohort.save()
        plan(cohort=cohort, now=FIRST_LOOK)

    deliver(owner, at=datetime(2026, 12, 8, 9, tzinfo=UTC))
    assert subjects(mails, "you can enroll until") == []
    deliver(owner, at=datetime(2026, 12, 14, 19, tzinfo=UTC))
    deliver(owner, at=datetime(2026, 12, 15, 9, tzinfo=UTC))

    (subject,) = subjects(mails, "you can enroll until")
    assert "18" in subject


def subjects(mails, part: str) -> list[str]:
    return [str(mail["Subject"]) for mail in mails() if part in str(mail["Subject"])]


def test_a_reminder_that_is_not_wanted_any_more_is_not_sent(mails, client):
    owner = create_owner()
    cohort = create_cohort(owner)
    ada = member(owner, "a@example.org")
    ask(owner, cohort, ada)
    deliver(owner, at=FIRST_LOOK)
    enroll(cohort, ada)

    deliver(owner, at=datetime(2026, 12, 8, 9, tzinfo=UTC))

    assert subjects(mails, "you can enroll until") == []
    assert messages(owner, reminders.INVITED) == [("a@example.org", "skipped")]


def test_who_was_asked_for_both_sides_is_reminded_once():
    owner = create_owner()
    cohort = create_cohort(owner)
    ada = member(owner, "a@example.org")
    ask(owner, cohort, ada)
    ask(owner, cohort, ada, side=Side.MENTOR)

    deliver(owner, at=FIRST_LOOK)

    assert len(due(owner)) == 1


def test_a_moment_that_is_past_is_not_planned():
    owner = create_owner()
    cohort = create_cohort(owner, enrollment_closes_on=NOON.date() + timedelta(days=1))
    ask(owner, cohort, member(owner, "a@example.org"))

    assert messages(owner, reminders.PLAN) == []


def test_a_cohort_that_went_on_reminds_nobody():
    owner = create_owner()
    cohort = create_cohort(owner)
    ask(owner, cohort, member(owner, "a@example.org"))
    with inside(owner.organization_id):
        cohort.state = "matching"
        cohort.save()

    deliver(owner, at=FIRST_LOOK)

    assert due(owner) == []
    assert [state for _, state in messages(owner, reminders.PLAN)] == ["skipped"]


def remind(owner, cohort, *, now, only=None):
    with inside(owner.organization_id):
        found = remind_now(cohort=cohort, actor=owner, now=now, only=only)
    return found.sent, found.too_soon


def test_on_demand_nobody_is_reminded_twice_a_day():
    owner = create_owner()
    cohort = create_cohort(owner)
    ask(owner, cohort, member(owner, "a@example.org"))
    enroll(cohort, member(owner, "d@example.org"), state=ParticipantState.DRAFT)
    tomorrow = NOON + timedelta(days=1)

    assert remind(owner, cohort, now=NOON + timedelta(hours=1)) == (1, 1)
    assert remind(owner, cohort, now=tomorrow) == (2, 0)
    assert remind(owner, cohort, now=tomorrow + timedelta(hours=2)) == (0, 2)
    assert remind(owner, cohort, now=tomorrow + timedelta(days=1)) == (2, 0)


def test_the_day_ends_where_the_organization_is():
    owner = create_owner(create_organization(time_zone="Asia/Tokyo"))
    cohort = create_cohort(owner)
    ask(owner, cohort, member(owner, "a@example.org"))

    assert remind(owner, cohort, now=NOON + timedelta(hours=2, minutes=59)) == (0, 1)
    assert remind(owner, cohort, now=NOON + timedelta(hours=3)) == (1, 0)


def test_only_those_selected_are_reminded(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    one, _other = ask(owner, cohort, member(owner, "a@example.org"), member(owner, "b@example.org"))
    login(client, owner)

    with time_machine.travel(NOON + timedelta(days=1)):
        answer = client.post(
            url(owner, "cohort_invite_remind", cohort.pk), {"selected": one.pk}, follow=True
        )

    assert "1 reminder is on its way." in answer.text
    assert [address for address, _ in due(owner)] == ["a@example.org"]


@pytest.mark.parametrize(
    "change", [{"state": "matching"}, {"enrollment_opens_on": NOON.date() + timedelta(days=1)}]
)
def test_without_open_enrollment_there_is_nothing_to_remind_of(change):
    owner = create_owner()
    cohort = create_cohort(owner, **change)

    with pytest.raises(NotEnrolling):
        remind(owner, cohort, now=NOON)
