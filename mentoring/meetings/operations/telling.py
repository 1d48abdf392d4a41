"""Deciding who hears of a meeting: calendars, the two, and those who run the cohort."""

from datetime import datetime, time, timedelta

from accounts.mornings import Mornings
from mentoring.lib.clock import day_at, instant
from mentoring.meetings.enums import PUT_OFF, Deed, MeetingState
from mentoring.meetings.models import Change, Meeting
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.mails import coordinators_for
from programs.enums import Side
from programs.post import address_of

INVITATION = "meetings.invitation"
CANCELLATION = "meetings.cancellation"
AHEAD = "meetings.ahead"
DID_IT_HAPPEN = "meetings.did_it_happen"
PUT_OFF_AGAIN = "meetings.put_off_again"
ASK_AFTER = timedelta(hours=1)
ASK_UNTIL = timedelta(days=14)
SECOND = 2


def occurrence_of(meeting: Meeting, side: Side | str) -> str:
    """Names one version of a meeting for one of the two; another version replaces it."""
    return f"{Side(side).value}#{meeting.sequence}"


def tell_about(meeting: Meeting, *, now: datetime) -> None:
    """Send both what their calendars need, remind them, and ask both later whether they met."""
    wanted = [
        (
            address_of(meeting.pairing.person(side).member),
            meeting.pk,
            occurrence_of(meeting, side),
        )
        for side in Side
    ]
    if meeting.state == MeetingState.CANCELLED:
        enqueue_all(kind=CANCELLATION, wanted=wanted, due_at=now)
        return
    enqueue_all(kind=INVITATION, wanted=wanted, due_at=now, expires_at=meeting.ends_at)
    _remind_of(meeting, now=now)
    ask_at = meeting.ends_at + ASK_AFTER
    enqueue_all(
        kind=DID_IT_HAPPEN, wanted=wanted, due_at=ask_at, expires_at=ask_at + ASK_UNTIL, now=now
    )


def _remind_of(meeting: Meeting, *, now: datetime) -> None:
    """Remind each on the last day before it on which the organization sends, at its hour.

    Once the day itself has begun, a reminder comes too late. Who has only just planned or moved
    it needs none.
    """
    mornings = Mornings.here()
    for side in Side:
        member = meeting.pairing.person(side).member
        zone = mornings.zone_of(member)
        day = day_at(meeting.starts_at, zone)
        morning = mornings.before(day, member)
        if morning.at > now:
            enqueue_all(
                kind=AHEAD,
                wanted=[(address_of(member), meeting.pk, occurrence_of(meeting, side))],
                due_at=morning,
                expires_at=instant(day, time(), zone),
                now=now,
            )


def tell_if_put_off_again(pairing: Pairing, side: Side, *, now: datetime) -> None:
    """Tell those who run the cohort when one side puts meetings off for the second time in a row.

    A meeting that was held in between begins the row anew.
    """
    rows = Change.objects.filter(meeting__pairing=pairing, deed__in=[*PUT_OFF, Deed.LOGGED])
    latest = list(rows.order_by("-at", "-pk")[: SECOND + 1])
    row = [each for each in latest if each.deed in PUT_OFF and each.side == side]
    if latest[:SECOND] != row[:SECOND] or len(row) != SECOND:
        return
    wanted = [
        (address_of(each), pairing.pk, f"{side}@{row[0].pk}")
        for _, each in coordinators_for([pairing])
    ]
    enqueue_all(kind=PUT_OFF_AGAIN, wanted=wanted, due_at=now)
