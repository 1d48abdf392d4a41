"""A meeting that is near: each is reminded once, at a civil hour, and never too late."""

from datetime import UTC, datetime, time, timedelta

import pytest

from accounts.models import Holiday, Organization
from accounts.operations.holidays import add_holiday
from mentoring.meetings.operations import planning
from mentoring.meetings.operations.telling import DID_IT_HAPPEN
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from programs.enums import Side
from tests.factories import create_owner, inside
from tests.meetings.people import PLACE, create_pair, plan
from tests.pairings.people import days, deliver, sent

pytestmark = pytest.mark.django_db
KIND = "meetings.ahead"
# A Monday, nine o'clock in Berlin is eight in UTC.
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def reminders(pairing) -> list[tuple[str, datetime, datetime]]:
    """Side, when it is due and until when, of those that wait."""
    with inside(pairing.organization_id):
        rows = Message.objects.filter(kind=KIND, state="queued").order_by("occurrence")
        return [(each.occurrence.partition("#")[0], each.due_at, each.expires_at) for each in rows]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_both_are_reminded_the_day_before_at_nine_where_they_are(mails):
    ada, carl, pairing = create_pair()
    with inside(ada.organization_id):
        type(carl.member).objects.filter(pk=carl.member_id).update(time_zone="America/New_York")
        carl.member.refresh_from_db()
    plan(pairing, by=ada, starts_at=THURSDAY, place=PLACE)

    assert reminders(pairing) == [
        ("mentee", at(25, 14), at(26, 5)),
        ("mentor", at(25, 8), at(25, 23)),
    ]
    deliver(pairing.cohort, at=at(25, 14, 1))
    assert sent(pairing.cohort, KIND) == sorted([ada.member.email, carl.member.email])
    texts = {
        each["To"]: text_of(each, "plain") for each in mails() if "You meet" in each["Subject"]
    }
    to_ada = next(text for to, text in texts.items() if "Ada" in to)
    to_carl = next(text for to, text in texts.items() if "Carl" in to)
    assert "You meet Carl on 26 Nov 2026 at 11:00." in to_ada
    assert "it is yours" in to_ada
    assert "You meet Ada on 26 Nov 2026 at 05:00." in to_carl
    assert PLACE in to_ada


def test_free_days_are_left_out_and_the_organizations_hour_counts():
    ada, _carl, pairing = create_pair()
    with inside(ada.organization_id):
        Organization.objects.update(reminder_hour=time(7, 30), sends_on_free_days=False)
        Holiday.objects.create(date=at(27, 0).date(), name="Founders' day")
    # A Monday after a weekend and a holiday.
    plan(pairing, by=ada, starts_at=at(30, 9))
    assert reminders(pairing) == [
        (side, at(26, 6, 30), at(29, 23)) for side in ("mentee", "mentor")
    ]


def test_a_day_off_that_is_added_later_moves_the_reminder_and_its_bell(mails):
    ada, _carl, pairing = create_pair()
    owner = create_owner(ada.cohort.organization)
    with inside(ada.organization_id):
        Organization.objects.update(sends_on_free_days=False)
    plan(pairing, by=ada, starts_at=at(30, 9))
    assert {due_at for _side, due_at, _ends in reminders(pairing)} == {at(27, 8)}

    with inside(ada.organization_id):
        add_holiday(day=at(27, 0).date(), name="Founders' day", actor=owner, now=NOW)
    deliver(ada.cohort, at=NOW)

    assert reminders(pairing) == [(side, at(26, 8), at(29, 23)) for side in ("mentee", "mentor")]
    with inside(ada.organization_id):
        bells = Message.objects.filter(kind=f"{KIND}.bell").values_list("due_at", flat=True)
        assert list(bells) == [at(26, 8)] * 2
    deliver(ada.cohort, at=at(26, 8))
    assert len([each for each in mails() if "You meet" in each["Subject"]]) == 2
    deliver(ada.cohort, at=at(27, 8))
    assert len([each for each in mails() if "You meet" in each["Subject"]]) == 2


def test_what_is_planned_for_tomorrow_needs_no_reminder():
    ada, _carl, pairing = create_pair()
    plan(pairing, by=ada, starts_at=at(24, 10))
    assert reminders(pairing) == []


def test_a_meeting_that_is_moved_or_called_off_is_not_announced(mails):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=ada, starts_at=THURSDAY)
    with inside(ada.organization_id, member_id=carl.member_id):
        planning.move(meeting=meeting, seen=0, side=Side.MENTEE, starts_at=at(27, 10), now=NOW)
    deliver(pairing.cohort, at=at(25, 9))
    assert sent(pairing.cohort, KIND) == []
    deliver(pairing.cohort, at=at(26, 9))
    assert len(sent(pairing.cohort, KIND)) == 2


def test_late_is_worse_than_never():
    ada, _carl, pairing = create_pair()
    plan(pairing, by=ada, starts_at=THURSDAY)
    deliver(pairing.cohort, at=at(26, 0))
    assert sent(pairing.cohort, KIND) == []
    with inside(ada.organization_id):
        assert set(Message.objects.filter(kind=KIND).values_list("state", flat=True)) == {"expired"}


@pytest.mark.parametrize("why", ["leave", "break"])
@pytest.mark.parametrize(("kind", "moment"), [(KIND, at(25, 9)), (DID_IT_HAPPEN, at(26, 12))])
def test_nobody_is_reminded_of_a_meeting_while_one_of_the_two_is_away(kind, moment, why):
    ada, carl, pairing = create_pair()
    plan(pairing, by=ada, starts_at=THURSDAY)
    with inside(ada.organization_id):
        if why == "leave":
            type(carl.member).objects.filter(pk=carl.member_id).update(on_leave=True)
        else:
            type(carl).objects.filter(pk=carl.pk).update(paused_until=moment.date() + days(7))
    deliver(pairing.cohort, at=moment)
    assert sent(pairing.cohort, kind) == []


def test_both_are_asked_about_a_meeting_before_one_of_them_goes_on_leave():
    ada, carl, pairing = create_pair()
    plan(pairing, by=ada, starts_at=THURSDAY)
    deliver(pairing.cohort, at=at(26, 12))
    with inside(ada.organization_id):
        type(carl.member).objects.filter(pk=carl.member_id).update(on_leave=True)
    deliver(pairing.cohort, at=at(26, 13))
    assert len(sent(pairing.cohort, DID_IT_HAPPEN)) == 2


def test_ended_pairs_hear_nothing_more():
    ada, _carl, pairing = create_pair()
    plan(pairing, by=ada, starts_at=THURSDAY)
    with inside(ada.organization_id):
        planning.call_off_all(pairings=[pairing.pk], now=NOW + timedelta(hours=1))
    deliver(pairing.cohort, at=at(25, 9))
    assert sent(pairing.cohort, KIND) == []
