"""A reminder that workers are late with does not come at night, nor on a free day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import Organization
from mentoring.outbox import registry
from mentoring.outbox.enums import Group
from mentoring.outbox.models import Message
from mentoring.outbox.operations import send_all_again
from tests.factories import create_listed, inside
from tests.notices.conftest import NOON
from tests.notices.people import NOTE, URGENT, choose, state_of, tell, work
from tests.notices.test_digests import MORNING

pytestmark = pytest.mark.django_db
# In Berlin: a Friday at nine, and eleven at night; the Monday after.
DUE = datetime(2026, 11, 27, 8, tzinfo=UTC)
NIGHT = DUE + timedelta(hours=14)
MONDAY = DUE + timedelta(days=3)


@pytest.fixture(autouse=True)
def _at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def put_off_to(message) -> datetime | None:
    with inside(message.organization_id):
        return Message.objects.get(pk=message.pk).put_off_to


def test_a_worker_who_is_back_at_night_leaves_a_reminder_for_the_next_morning(ada, mails):
    message = tell(ada, at=DUE)
    work(ada, at=NIGHT)
    assert (state_of(message), put_off_to(message), mails()) == (("queued", ""), MONDAY, [])
    work(ada, at=MONDAY)
    assert (state_of(message), len(mails())) == (("sent", ""), 1)


@pytest.mark.parametrize(
    ("late", "sent"),
    [
        # By day, or not late yet.
        (timedelta(hours=10), 1),
        (timedelta(hours=4), 1),
        # On Saturday at noon.
        (timedelta(hours=27), 0),
    ],
)
def test_by_day_it_comes_when_the_worker_is_back(ada, mails, late, sent):
    tell(ada, at=DUE)
    work(ada, at=DUE + late)
    assert len(mails()) == sent


def test_an_organization_that_sends_on_free_days_sends_late_mails_then_too(ada, mails):
    with inside(ada.organization_id):
        Organization.objects.update(sends_on_free_days=True)
    tell(ada, at=DUE)
    work(ada, at=DUE + timedelta(hours=27))
    assert len(mails()) == 1


def test_what_would_be_too_late_the_next_morning_comes_at_night(ada, mails):
    message = tell(ada, at=DUE, expires_at=MONDAY)
    work(ada, at=NIGHT)
    assert (state_of(message), len(mails())) == (("sent", ""), 1)


def test_what_no_reminder_is_comes_at_once(ada, mails, monkeypatch):
    news = replace(registry._kinds[NOTE], group=Group.MESSAGES)
    monkeypatch.setitem(registry._kinds, NOTE, news)
    tell(ada, at=DUE)
    tell(ada, at=DUE, kind=URGENT)
    work(ada, at=NIGHT)
    assert len(mails()) == 2


def test_the_night_is_that_of_the_reader_also_without_an_account(ada, mails):
    """Eleven at night in Berlin is two in the afternoon in Los Angeles."""
    listed = create_listed(ada.organization, email="bo@example.org")
    away = create_listed(ada.organization, email="di@example.org", time_zone="America/Los_Angeles")
    messages = [tell(each, at=DUE) for each in (listed, away)]
    work(ada, at=NIGHT)
    assert [state_of(each)[0] for each in messages] == ["queued", "sent"]


def test_a_morning_within_quiet_hours_waits_for_their_end(client, ada, mails):
    choose(client, ada, quiet_from="08:00", quiet_to="21:00")
    message = tell(ada, at=DUE)
    work(ada, at=NIGHT)
    evening = MONDAY + timedelta(hours=12)
    assert put_off_to(message) == evening
    work(ada, at=evening)
    assert len(mails()) == 1


def test_a_late_summary_waits_for_the_morning_and_one_after_a_pause_comes_in_one(
    client, ada, mails
):
    choose(client, ada, digest="daily")
    tell(ada, at=NOON)
    work(ada, at=NOON)
    work(ada, at=MORNING + timedelta(hours=14))
    assert mails() == []
    choose(client, ada, digest="daily", paused_until="2026-11-27")
    for at in (MORNING + timedelta(days=1), NIGHT - timedelta(days=1)):
        work(ada, at=at)
    work(ada, at=DUE - timedelta(minutes=1))
    assert mails() == []
    work(ada, at=DUE)
    assert len(mails()) == 1


def test_what_is_sent_again_at_night_after_a_failure_waits_too(ada, mails):
    message = tell(ada, at=DUE)
    with inside(ada.organization_id):
        rows = Message.objects.filter(pk=message.pk)
        rows.update(state="quarantined", reason="broken", look_at=None, finished_at=DUE)
        assert send_all_again(messages=rows, expected=1, now=NIGHT) == 1
    work(ada, at=NIGHT)
    assert (state_of(message)[0], mails()) == ("queued", [])
