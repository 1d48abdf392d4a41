"""Meetings of demo pairs: held, moved, ahead, one that is unclear, and an assistant."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.models import Member
from mentoring.meetings.enums import Means
from mentoring.meetings.models import Meeting
from mentoring.meetings.operations import planning
from mentoring.meetings.operations.logs import hold
from mentoring.meetings.operations.people import name_assistant
from mentoring.meetings.plans import Plan
from mentoring.pairings.enums import LIVE
from mentoring.pairings.models import Pairing
from mentoring.tenancy.scope import within
from programs.enums import Side

# Days before today on which the two met.
MET = (56, 28)
AHEAD = timedelta(days=5)
MOVED_BY = timedelta(days=1)
PLACE = "Room 4.12, or https://video.example/rooms/4711"


def hold_meetings(
    pairings: Iterable[Pairing], *, assistant: Member, mark: str, now: datetime
) -> None:
    """Give the live ones of these pairs a history and something ahead.

    The first leader who may names the ``assistant``. Call it while no member is in scope.
    """
    live = [each for each in pairings if each.state in LIVE]
    hour = now.replace(hour=9, minute=0, second=0, microsecond=0)
    for number, pairing in enumerate(live):
        with within(pairing.organization_id, member_id=pairing.mentor.member_id):
            _meet(pairing, mark + PLACE, hour=hour)
            if number % 2:
                _leave_unclear(pairing, hour=hour)
    for pairing in live:
        if assistant.pk not in {pairing.mentor.member_id, pairing.mentee.member_id}:
            name_assistant(member=pairing.mentee.member, email=assistant.email, now=now)
            return


def _meet(pairing: Pairing, place: str, *, hour: datetime) -> None:
    for days in MET:
        at = hour - timedelta(days=days)
        meeting = _plan(pairing, at, minutes=60, place=place, now=at - AHEAD)
        hold(meeting=meeting, side=Side.MENTOR, now=at + timedelta(hours=1))
    ahead = _plan(pairing, hour + AHEAD, minutes=45, place=place, now=hour - AHEAD)
    planning.move(
        meeting=ahead,
        seen=ahead.sequence,
        side=Side.MENTEE,
        starts_at=ahead.starts_at + MOVED_BY,
        now=hour - MOVED_BY,
    )


def _leave_unclear(pairing: Pairing, *, hour: datetime) -> None:
    at = hour - timedelta(days=1)
    _plan(pairing, at, minutes=30, place="", now=at - AHEAD)


def _plan(pairing: Pairing, at: datetime, *, minutes: int, place: str, now: datetime) -> Meeting:
    wanted = Plan(starts_at=at, minutes=minutes, means=Means.VIDEO, place=place)
    return planning.plan(pairing=pairing, side=Side.MENTEE, wanted=wanted, now=now)
