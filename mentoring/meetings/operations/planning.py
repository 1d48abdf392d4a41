"""Planning meetings, moving them to another time, and calling them off."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from accounts.models import Member
from mentoring.meetings.enums import Deed, Means, MeetingState, Reason
from mentoring.meetings.models import Change, Meeting
from mentoring.meetings.operations.places import set_place
from mentoring.meetings.operations.telling import tell_about, tell_if_put_off_again
from mentoring.meetings.plans import Plan
from mentoring.meetings.queries.meetings import dates_of
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.lifecycle import note_meetings, note_put_off
from programs.enums import Side


class NotLive(Exception):
    """The pair has ended, or is not one yet."""


class NotPlanned(Exception):
    """The meeting is not planned any more: somebody called it off, or noted it as held."""


class Changed(Exception):
    """Somebody has changed the meeting since the person looked; ``meeting`` is how it stands."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting.pk)
        self.meeting = meeting


class BadTime(Exception):
    """Only a time ahead, and within a year, can be planned."""


class Overlaps(Exception):
    """The person has a meeting at that time; ``meeting`` says which."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting.pk)
        self.meeting = meeting


@transaction.atomic
def plan(
    *,
    pairing: Pairing,
    side: Side,
    wanted: Plan,
    now: datetime,
) -> Meeting:
    """Plan a meeting, and send both an entry for their calendars. Twice is once.

    Raises NotLive, BadTime, or Overlaps.
    """
    pairing = locked_pair(pairing, and_others_of=side)
    when = {"starts_at": wanted.starts_at, "ends_at": wanted.ends_at}
    if found := Meeting.objects.planned().filter(pairing=pairing, noted_by=side, **when).first():
        return found
    _refuse(pairing, side, wanted, now=now)
    meeting: Meeting = Meeting.objects.create(
        organization_id=pairing.organization_id,
        pairing=pairing,
        means=wanted.means,
        noted_by=side,
        noted_at=now,
        **when,
    )
    set_place(meeting, wanted.place)
    note(meeting, Deed.PLANNED, side, now=now)
    keep_dates(pairing, now=now)
    tell_about(meeting, now=now)
    return meeting


@transaction.atomic
def change(
    *,
    meeting: Meeting,
    seen: int,
    side: Side,
    wanted: Plan,
    now: datetime,
) -> Meeting:
    """Give a planned meeting another time, length, form or place; ``seen`` is its sequence.

    Raises NotLive, NotPlanned, Changed, BadTime, or Overlaps.
    """
    meeting = planned(meeting, seen=seen, by=side)
    _refuse(meeting.pairing, side, wanted, now=now, but=meeting)
    meeting.means = wanted.means
    set_place(meeting, wanted.place)
    _put(meeting, side, wanted, now=now)
    return meeting


@transaction.atomic
def move(
    *,
    meeting: Meeting,
    seen: int,
    side: Side,
    starts_at: datetime,
    now: datetime,
    assistant: Member | None = None,
) -> Meeting:
    """Give a planned meeting another time and leave the rest as it is; an assistant may.

    Raises NotLive, NotPlanned, Changed, BadTime, or Overlaps.
    """
    meeting = planned(meeting, seen=seen, by=side)
    wanted = Plan(starts_at=starts_at, minutes=meeting.minutes, means=Means(meeting.means))
    if starts_at != meeting.starts_at:
        _refuse(meeting.pairing, side, wanted, now=now, but=meeting)
        _put(meeting, side, wanted, now=now, assistant=assistant)
    return meeting


@transaction.atomic
def cancel(*, meeting: Meeting, seen: int, side: Side, reason: Reason, now: datetime) -> None:
    """Call a planned meeting off, with who and a neutral reason.

    Raises NotLive, NotPlanned, or Changed.
    """
    meeting = planned(meeting, seen=seen)
    meeting.state, meeting.reason = MeetingState.CANCELLED, reason
    meeting.cancelled_by, meeting.cancelled_at = side, now
    note(meeting, Deed.CANCELLED, side, now=now)
    _keep(meeting, now=now)
    _put_off(meeting, side, now=now)


@transaction.atomic
def call_off_all(*, pairings: Collection[UUID], now: datetime) -> int:
    """Call off what ended pairs had planned, with nobody's name; return how many."""
    rows = Meeting.objects.planned().filter(pairing__in=pairings).with_pairing()
    meetings = list(rows.select_for_update(of=("self",)).order_by("pk"))
    Meeting.objects.filter(pk__in=[each.pk for each in meetings]).update(
        state=MeetingState.CANCELLED,
        reason=Reason.ENDED,
        cancelled_at=now,
        sequence=F("sequence") + 1,
    )
    for each in meetings:
        each.state, each.reason, each.sequence = (
            MeetingState.CANCELLED,
            Reason.ENDED,
            each.sequence + 1,
        )
        tell_about(each, now=now)
    return len(meetings)


def locked_pair(pairing: Pairing, *, and_others_of: Side | None = None) -> Pairing:
    """The live pairing, locked: who plans or notes meetings of a pair waits. Raises NotLive.

    All live pairs of the person on a side are locked where one meeting must not overlap those
    that the person has with others.
    """
    wanted = Q(pk=pairing.pk)
    if and_others_of:
        member = pairing.person(and_others_of).member_id
        wanted |= Q(mentor__member=member) | Q(mentee__member=member)
    found = {each.pk: each for each in Pairing.objects.filter(wanted).live().with_people().locked()}
    if pairing.pk not in found:
        raise NotLive
    return found[pairing.pk]


def planned(meeting: Meeting, *, seen: int, by: Side | None = None) -> Meeting:
    """The planned meeting as it is now, with its pairing locked, and the others of that side.

    Raises NotLive, NotPlanned, or Changed when it is not what the person has seen.
    """
    pairing = locked_pair(meeting.pairing, and_others_of=by)
    found = Meeting.objects.get(pk=meeting.pk)
    found.pairing = pairing
    if found.state != MeetingState.PLANNED:
        raise NotPlanned
    if found.sequence != seen:
        raise Changed(found)
    return found


def keep_dates(pairing: Pairing, *, now: datetime) -> None:
    """Tell the locked pairing when it met, and until when it has plans."""
    note_meetings(pairing, **dates_of(pairing), now=now)


def note(
    meeting: Meeting,
    deed: Deed,
    side: Side,
    *,
    now: datetime,
    was_at: datetime | None = None,
    assistant: Member | None = None,
) -> None:
    """Keep who did what."""
    Change.objects.create(
        organization_id=meeting.organization_id,
        meeting=meeting,
        deed=deed,
        side=side,
        assistant=assistant,
        at=now,
        starts_at=meeting.starts_at,
        was_at=was_at,
        minutes=meeting.minutes,
    )


def _refuse(
    pairing: Pairing, side: Side, wanted: Plan, *, now: datetime, but: Meeting | None = None
) -> None:
    """Raise BadTime, or Overlaps when the pair meets then or the person has another pair's meeting.

    What the partner does with others is nobody's business here.
    """
    if not wanted.is_ahead(now=now):
        raise BadTime
    member = pairing.person(side).member_id
    mine = Q(pairing__mentor__member=member) | Q(pairing__mentee__member=member)
    rows = Meeting.objects.overlapping(wanted.starts_at, wanted.ends_at)
    others = rows.filter(mine | Q(pairing=pairing)).exclude(pk__in=[but.pk] if but else [])
    if found := others.with_pairing().first():
        raise Overlaps(found)


def _put(
    meeting: Meeting, side: Side, wanted: Plan, *, now: datetime, assistant: Member | None = None
) -> None:
    """Give the meeting its time, and note who moved it if it is another one."""
    was_at = meeting.starts_at
    meeting.starts_at, meeting.ends_at = wanted.starts_at, wanted.ends_at
    if was_at != meeting.starts_at:
        note(meeting, Deed.MOVED, side, now=now, was_at=was_at, assistant=assistant)
        _put_off(meeting, side, now=now)
    _keep(meeting, now=now)


def _put_off(meeting: Meeting, side: Side, *, now: datetime) -> None:
    note_put_off(meeting.pairing, side)
    tell_if_put_off_again(meeting.pairing, side, now=now)


def _keep(meeting: Meeting, *, now: datetime) -> None:
    """Save a change that calendars must hear of."""
    meeting.sequence += 1
    meeting.save()
    keep_dates(meeting.pairing, now=now)
    tell_about(meeting, now=now)
