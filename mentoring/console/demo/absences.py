"""People of pairs who are away in the demo: one on leave, one with a break from everything."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import Member
from accounts.operations.people import change_record
from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Pairing
from programs.enums import Side
from programs.operations.enrollment import pause
from programs.queries.enrollment import today_of

BREAK = timedelta(days=20)
ENOUGH = 2


def go_away(paired: Iterable[Pairing], *, admin: Member, now: datetime) -> None:
    """Of two pairs of people who are in none of these, a mentee is on leave, a mentor has a break.

    Their partners hear of it. Call it inside the organization's scope and while no member is in
    scope. Where few pairs are left, nothing happens.
    """
    busy = {each.person(side).member_id for each in paired for side in Side}
    rows = Pairing.objects.filter(state=PairingState.ACTIVE).with_people().order_by("-pk")
    latest = [each for each in rows if _may_go(each, busy)][:ENOUGH]
    if len(latest) < ENOUGH:
        return
    left, rests = latest
    change_record(member=left.mentee.member, values={"on_leave": True}, actor=admin, now=now)
    today = today_of(admin, now)
    pause(participant=rests.mentor, until=today + BREAK, today=today, now=now)


def _may_go(pairing: Pairing, busy: Collection[UUID]) -> bool:
    """Whether both are there, and nothing else is told about them."""
    two = [pairing.person(side).member for side in Side]
    return not any(each.on_leave or each.pk in busy for each in two)
