"""Mails that are collected into one summary."""

from datetime import timedelta

import pytest

from mentoring.notices.models import DigestEntry
from mentoring.notices.operations.settings import turn_off
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from tests.factories import inside
from tests.notices.conftest import NOON
from tests.notices.people import NOTE, URGENT, choose, notices_of, state_of, tell, work

pytestmark = pytest.mark.django_db
# Nine o'clock in Berlin, on the next day and on the next Monday.
MORNING = NOON + timedelta(hours=20)
MONDAY = MORNING + timedelta(days=5)


@pytest.fixture(autouse=True)
def _at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def summaries(member) -> list[tuple[str, str]]:
    with inside(member.organization_id):
        rows = Message.objects.filter(kind="notices.digest").order_by("due_at")
        return [(each.occurrence, each.state) for each in rows]


def waiting(member) -> int:
    with inside(member.organization_id):
        return DigestEntry.objects.filter(sent_at=None).count()


def test_a_days_mails_are_lines_of_one_mail_the_next_morning(client, ada, mails):
    choose(client, ada, digest="daily")
    messages = [tell(ada, each, at=NOON) for each in ("Kiel", "Bonn <b>", "Trier")]
    work(ada, at=NOON)
    assert [state_of(each) for each in messages] == [("skipped", "digest")] * 3
    assert (mails(), len(notices_of(ada)), waiting(ada)) == ([], 3, 3)
    work(ada, at=MORNING - timedelta(minutes=1))
    assert mails() == []
    work(ada, at=MORNING)
    (mail,) = mails()
    assert mail["Subject"] == "3 things for you at Halden"
    text, html = text_of(mail, "plain"), text_of(mail, "html")
    for place in ("Kiel", "Bonn <b>", "Trier"):
        assert f"Bo invites you to {place}" in text
    assert "Bonn &lt;b&gt;" in html
    assert text.count("/o/here/there/") == 3
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (waiting(ada), summaries(ada)) == (0, [("2026-11-25", "sent")])


def test_nothing_is_sent_twice_nor_an_empty_summary(client, ada, mails):
    choose(client, ada, digest="daily")
    tell(ada, at=NOON)
    work(ada, at=NOON)
    for day in range(4):
        work(ada, at=MORNING + timedelta(days=day))
    assert len(mails()) == 1
    assert summaries(ada) == [("2026-11-25", "sent")]


def test_weekly_is_on_monday_and_what_expires_before_comes_by_itself(client, ada, mails):
    choose(client, ada, digest="weekly")
    soon = tell(ada, "soon", at=NOON, expires_at=NOON + timedelta(days=2))
    later = tell(ada, "later", at=NOON, expires_at=NOON + timedelta(days=9))
    urgent = tell(ada, at=NOON, kind=URGENT)
    work(ada, at=NOON)
    states = [state_of(each) for each in (soon, later, urgent)]
    assert states == [("sent", ""), ("skipped", "digest"), ("sent", "")]
    work(ada, at=MONDAY)
    assert len(mails()) == 3


def test_what_is_over_or_unwanted_by_then_is_no_line(client, ada, mails, notes):
    choose(client, ada, digest="daily")
    over = tell(ada, "over", at=NOON)
    off = tell(ada, "off", at=NOON, kind=NOTE)
    tell(ada, "broken", at=NOON)
    work(ada, at=NOON)
    notes.unwanted.add(over.subject_id)
    with inside(ada.organization_id):
        broken = Message.objects.get(kind=NOTE, occurrence="broken")
    notes.poison.add(broken.subject_id)
    work(ada, at=MORNING)
    (mail,) = mails()
    assert mail["Subject"] == "One thing for you at Halden"
    assert "invites you to off" in text_of(mail, "plain")
    assert state_of(off) == ("skipped", "digest")
    assert waiting(ada) == 0


def test_what_has_expired_meanwhile_is_no_line(client, ada, mails):
    """A pause has kept the summary for longer than the mail was worth anything."""
    choose(client, ada, digest="daily")
    tell(ada, "soon", at=NOON, expires_at=MORNING + timedelta(hours=1))
    tell(ada, "later", at=NOON, expires_at=MORNING + timedelta(days=9))
    work(ada, at=NOON)
    choose(client, ada, digest="daily", paused_until="2026-11-27")
    for days in (0, 2):
        work(ada, at=MORNING + timedelta(days=days))
    (mail,) = mails()
    assert mail["Subject"] == "One thing for you at Halden"
    assert "invites you to later" in text_of(mail, "plain")


def test_no_summary_goes_out_when_all_of_it_is_over(client, ada, mails, notes):
    choose(client, ada, digest="daily")
    message = tell(ada, at=NOON)
    work(ada, at=NOON)
    notes.unwanted.add(message.subject_id)
    work(ada, at=MORNING)
    assert (mails(), summaries(ada)) == ([], [("2026-11-25", "skipped")])


def test_a_kind_turned_off_meanwhile_is_no_line(client, ada, mails):
    choose(client, ada, digest="daily")
    tell(ada, at=NOON)
    work(ada, at=NOON)
    with inside(ada.organization_id):
        turn_off(member=ada, kind=NOTE)
    work(ada, at=MORNING)
    assert mails() == []


def test_turning_summaries_off_sends_what_waits_at_once(
    client, ada, mails, django_capture_on_commit_callbacks
):
    choose(client, ada, digest="weekly")
    tell(ada, at=NOON)
    work(ada, at=NOON)
    with django_capture_on_commit_callbacks(execute=True):
        choose(client, ada, digest="never")
    work(ada, at=NOON)
    (mail,) = mails()
    assert mail["Subject"] == "One thing for you at Halden"
    again = tell(ada, "again", at=NOON)
    work(ada, at=MONDAY)
    assert (state_of(again), len(mails())) == (("sent", ""), 2)


def test_a_summary_waits_for_the_end_of_a_pause(client, ada, mails):
    choose(client, ada, digest="daily")
    tell(ada, at=NOON)
    work(ada, at=NOON)
    choose(client, ada, digest="daily", paused_until="2026-11-27")
    work(ada, at=MORNING)
    assert mails() == []
    work(ada, at=MORNING + timedelta(days=2))
    assert len(mails()) == 1


@pytest.mark.parametrize("digest", ["weekly", "never"])
def test_a_pause_that_ends_early_sends_the_summary_that_waited_for_its_end_at_once(
    client, ada, mails, time_machine, django_capture_on_commit_callbacks, digest
):
    choose(client, ada, digest="weekly")
    tell(ada, at=NOON)
    work(ada, at=NOON)
    choose(client, ada, digest="weekly", paused_until="2027-03-04")
    work(ada, at=MONDAY)
    assert (mails(), waiting(ada)) == ([], 1)
    time_machine.move_to(MONDAY + timedelta(hours=3), tick=False)
    with django_capture_on_commit_callbacks(execute=True):
        choose(client, ada, digest=digest)
    work(ada, at=MONDAY + timedelta(hours=3))
    assert (len(mails()), waiting(ada)) == (1, 0)


def test_who_turns_summaries_off_in_a_mail_gets_none_and_no_single_mails_either(client, ada, mails):
    choose(client, ada, digest="daily")
    with inside(ada.organization_id):
        turn_off(member=ada, kind="notices.digest")
    message = tell(ada, at=NOON)
    work(ada, at=NOON)
    assert (state_of(message), mails()) == (("skipped", "turned_off"), [])
    # The page says so, and saving it brings them back.
    choose(client, ada, digest="daily")
    again = tell(ada, "again", at=NOON)
    work(ada, at=NOON)
    assert state_of(again) == ("skipped", "digest")


def test_when_sending_fails_the_entries_still_wait(client, ada, mails, settings):
    """What marks them belongs to the transaction that sends."""
    choose(client, ada, digest="daily")
    tell(ada, at=NOON)
    work(ada, at=NOON)
    working = settings.MAILERS
    settings.MAILERS = {"default": {"BACKEND": "tests.notices.refusing.Refusing"}}
    work(ada, at=MORNING)
    assert waiting(ada) == 1
    settings.MAILERS = working
    work(ada, at=MORNING + timedelta(hours=1))
    assert (waiting(ada), len(mails())) == (0, 1)
