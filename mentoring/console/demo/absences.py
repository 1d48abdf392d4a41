"""People of pairs who are away in the demo: one on leave, one with a break from everything."""

from collections.abc import Iterable
from datetime import datetime, timedelta

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
    """Of two pairs other than these, a mentee is on leave and a mentor has a break.

    Their partners hear of it. Call it inside the organization's scope and while no member is in
    scope. Where few pairs are left, nothing happens.
    """
    known = [each.pk for each in paired]
    there = {f"{side}__member__on_leave": False for side in Side}
    rows = Pairing.objects.filter(state=PairingState.ACTIVE, **there).exclude(pk__in=known)
    latest = list(rows.with_people().order_by("-pk")[:ENOUGH])
    if len(latest) < ENOUGH:
        return
    left, rests = latest
    change_record(member=left.mentee.member, values={"on_leave": True}, actor=admin, now=now)
    today = today_of(admin, now)
    pause(participant=rests.mentor, until=today + BREAK, today=today, now=now)
