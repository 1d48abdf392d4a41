"""A sweep by hand, and what it foretells, heed what people chose."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring.outbox.sweeping import foresee_sweep, sweep_here
from tests.notices.conftest import NOON
from tests.notices.people import NOTE, URGENT, choose, notices_of, state_of, tell

pytestmark = pytest.mark.usefixtures("committed_db")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def told(swept, ada) -> dict[tuple[str, str, str], int]:
    ends = swept.ends[ada.organization_id]
    return {end: count for end, count in ends.items() if not end[0].endswith(".bell")}


def both_ways(ada) -> tuple[dict, dict]:
    """What a sweep would do, and what it then did."""
    foreseen = foresee_sweep(at=NOON, now=NOON)
    done = sweep_here(at=NOON, clock=timezone.now)
    return told(foreseen, ada), told(done, ada)


def test_what_is_turned_off_is_foretold_and_skipped(client, ada, mails):
    choose(client, ada, mail=[URGENT])
    tell(ada, at=NOON)
    assert notices_of(ada) == []
    foreseen, done = both_ways(ada)
    assert foreseen == done == {(NOTE, "skipped", "turned_off"): 1}
    assert mails() == []


def test_what_waits_for_the_end_of_quiet_hours_is_no_failure(client, ada, mails):
    choose(client, ada, quiet_from="00:00", quiet_to="23:59")
    note = tell(ada, at=NOON)
    foreseen = foresee_sweep(at=NOON, now=NOON)
    assert told(foreseen, ada) == {(NOTE, "queued", ""): 1}
    assert state_of(note) == ("queued", "")
    done = sweep_here(at=NOON, clock=timezone.now)
    assert (told(done, ada), done.failed_for_now) == ({(NOTE, "queued", ""): 1}, False)
    assert mails() == []


def test_a_sweep_ahead_of_time_is_not_late(ada, mails):
    """Ten days on it is night: a worker who was there would have sent it at noon."""
    note, night = tell(ada, at=NOON + 9 * DAY), NOON + 9.5 * DAY
    foreseen = foresee_sweep(at=night, now=NOON)
    done = sweep_here(at=night, clock=timezone.now)
    assert told(foreseen, ada) == told(done, ada) == {(NOTE, "sent", ""): 1}
    assert (state_of(note), len(mails())) == (("sent", ""), 1)
