"""Noting that two people have met, and putting right what was noted."""

from datetime import datetime, timedelta

from django.db import transaction

from mentoring.meetings.enums import Deed, Means, MeetingState, Reason
from mentoring.meetings.models import Meeting
from mentoring.meetings.operations.planning import (
    Changed,
    NotPlanned,
    keep_dates,
    locked_pair,
    note,
)
from mentoring.meetings.plans import Plan
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.lifecycle import note_met
from programs.enums import Side


class NotYet(Exception):
    """Nobody can have met at a time that is still ahead."""


class TooEarly(Exception):
    """The pair did not exist yet."""


class NotedAlready(Exception):
    """A meeting at that time is noted already; ``meeting`` says which."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting.pk)
        self.meeting = meeting


class OnlyMeeting(Exception):
    """With this meeting the pair became active; its date can be put right instead."""


@transaction.atomic
def hold(*, meeting: Meeting, side: Side, now: datetime, minutes: int | None = None) -> Meeting:
    """Note a planned meeting as held, with another length if one is told. Twice is once.

    Raises NotLive, NotPlanned when it was called off, NotYet, TooEarly, or NotedAlready.
    """
    pairing = locked_pair(meeting.pairing)
    found = Meeting.objects.get(pk=meeting.pk)
    found.pairing = pairing
    if found.state == MeetingState.HELD:
        return found
    if found.state != MeetingState.PLANNED:
        raise NotPlanned
    was = Plan(
        starts_at=found.starts_at,
        minutes=minutes or found.minutes,
        means=Means(found.means),
    )
    return _hold(found, side, was, now=now)


@transaction.atomic
def log(
    *,
    pairing: Pairing,
    side: Side,
    was: Plan,
    now: datetime,
) -> Meeting:
    """Note a meeting that was held, planned or not.

    One that was planned for that time becomes it. Twice is once for the same person. Raises
    NotLive, NotYet, TooEarly, or NotedAlready.
    """
    pairing = locked_pair(pairing)
    rows = Meeting.objects.filter(pairing=pairing).overlapping(was.starts_at, was.ends_at)
    meeting = rows.order_by("state", "starts_at").first()
    if meeting and meeting.state == MeetingState.HELD:
        if (meeting.starts_at, meeting.ends_at) == (was.starts_at, was.ends_at):
            return meeting
        raise NotedAlready(meeting)
    if not meeting:
        meeting = Meeting(
            organization_id=pairing.organization_id, pairing=pairing, noted_by=side, noted_at=now
        )
    meeting.pairing, meeting.means = pairing, was.means
    return _hold(meeting, side, was, now=now)


@transaction.atomic
def correct(
    *,
    meeting: Meeting,
    seen: int,
    side: Side,
    was: Plan,
    now: datetime,
) -> Meeting:
    """Put date, length or form of a held meeting right; both may. ``seen`` is its sequence.

    Raises NotLive, NotPlanned when it is not held any more, Changed, NotYet, TooEarly, or
    NotedAlready.
    """
    found = _held(meeting, seen=seen)
    _refuse(found, was, now=now)
    was_at = found.starts_at
    found.starts_at, found.ends_at, found.means = was.starts_at, was.ends_at, was.means
    found.sequence += 1
    found.save()
    note(found, Deed.CORRECTED, side, now=now, was_at=was_at)
    keep_dates(found.pairing, now=now)
    return found


@transaction.atomic
def take_back(*, meeting: Meeting, seen: int, side: Side, now: datetime) -> None:
    """A meeting noted as held by mistake counts no more.

    Raises NotLive, NotPlanned when it is not held any more, Changed, or OnlyMeeting.
    """
    found = _held(meeting, seen=seen)
    if not Meeting.objects.held().filter(pairing=found.pairing).exclude(pk=found.pk).exists():
        raise OnlyMeeting
    found.state, found.reason = MeetingState.CANCELLED, Reason.MISTAKE
    found.cancelled_by, found.cancelled_at = side, now
    found.held_noted_by, found.held_noted_at = "", None
    found.sequence += 1
    found.save()
    note(found, Deed.TAKEN_BACK, side, now=now)
    keep_dates(found.pairing, now=now)


def _held(meeting: Meeting, *, seen: int) -> Meeting:
    pairing = locked_pair(meeting.pairing)
    found = Meeting.objects.get(pk=meeting.pk)
    found.pairing = pairing
    if found.state != MeetingState.HELD:
        raise NotPlanned
    if found.sequence != seen:
        raise Changed(found)
    return found


def _hold(meeting: Meeting, side: Side, was: Plan, *, now: datetime) -> Meeting:
    _refuse(meeting, was, now=now)
    meeting.state = MeetingState.HELD
    meeting.starts_at, meeting.ends_at = was.starts_at, was.ends_at
    meeting.held_noted_by, meeting.held_noted_at = side, now
    meeting.save()
    note(meeting, Deed.LOGGED, side, now=now)
    note_met(meeting.pairing)
    keep_dates(meeting.pairing, now=now)
    return meeting


def _refuse(meeting: Meeting, was: Plan, *, now: datetime) -> None:
    if was.starts_at > now:
        raise NotYet
    began_at = meeting.pairing.began_at
    if began_at and was.starts_at < began_at - timedelta(days=1):
        raise TooEarly
    held = Meeting.objects.held().filter(pairing=meeting.pairing).exclude(pk=meeting.pk)
    if other := held.overlapping(was.starts_at, was.ends_at).first():
        raise NotedAlready(other)
