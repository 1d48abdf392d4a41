"""Pairs that need others: one of the two asks, or the org chart has brought them close."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import Member
from accounts.operations.people import change_record
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.wishes import ask
from mentoring.pairings.wishes import A_HAND, SOMEBODY_ELSE
from mentoring.tenancy.scope import within
from programs.enums import Side

ENOUGH = 3


def look_for_others(paired: Iterable[Pairing], *, admin: Member, now: datetime) -> None:
    """Among pairs other than these, one asks for somebody else, one for a hand, one is too close.

    Call it inside the organization's scope and while no member is in scope. Where few pairs
    are left, nothing happens.
    """
    known = [each.pk for each in paired]
    rest = Pairing.objects.live().exclude(pk__in=known).with_people().order_by("pk")
    others = list(rest[:ENOUGH])
    if len(others) < ENOUGH:
        return
    asking, close, stuck = others
    with within(asking.organization_id, member_id=asking.mentor.member_id):
        ask(SOMEBODY_ELSE, pairing=asking, side=Side.MENTOR, now=now)
    with within(stuck.organization_id, member_id=stuck.mentee.member_id):
        ask(A_HAND, pairing=stuck, side=Side.MENTEE, now=now)
    leader, mentor = close.mentee.member, close.mentor.member
    change_record(member=mentor, values={"manager": leader}, actor=admin, now=now)
