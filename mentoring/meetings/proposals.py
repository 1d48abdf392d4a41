"""What forms about meetings begin with, so that most people only press the button."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.queries.calendar import working_calendar
from mentoring.meetings.enums import Means
from mentoring.meetings.models import Meeting
from mentoring.meetings.queries.meetings import place_of
from mentoring.pairings.drift import EVERY
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import rhythm_of

TEN = time(10)
WEEK = timedelta(days=7)
STEP = 5


def next_meeting(pairing: Pairing, *, now: datetime) -> dict[str, Any]:
    """A working day of the organization in the pair's rhythm, at ten, where the reader is."""
    today = timezone.localtime(now).date()
    if pairing.last_met_at:
        rhythm = rhythm_of([pairing])[pairing.pk]
        last = timezone.localtime(pairing.last_met_at).date()
        # Whole weeks: people meet on the same day of the week.
        day, minutes = last + EVERY[rhythm.cadence] // WEEK * WEEK, rhythm.minutes
    else:
        day, minutes = today + WEEK, pairing.cohort.program.introduction_minutes
    day = working_calendar().on_or_after(max(day, today + timedelta(days=1)))
    return {"starts_at": datetime.combine(day, TEN), "minutes": minutes, "means": Means.VIDEO}


def held_meeting(pairing: Pairing, *, now: datetime) -> dict[str, Any]:
    """The meeting that has just ended."""
    minutes = pairing.cohort.program.introduction_minutes
    if pairing.last_met_at:
        minutes = rhythm_of([pairing])[pairing.pk].minutes
    began = timezone.localtime(now) - timedelta(minutes=minutes)
    began = began.replace(minute=began.minute // STEP * STEP, second=0, microsecond=0)
    return {"starts_at": began, "minutes": minutes, "means": Means.VIDEO}


def as_it_stands(meeting: Meeting) -> dict[str, Any]:
    """The meeting itself; call it as one of the two, who alone see the place."""
    return {
        "starts_at": timezone.localtime(meeting.starts_at),
        "minutes": meeting.minutes,
        "means": meeting.means,
        "place": place_of(meeting),
        "seen": meeting.sequence,
    }
