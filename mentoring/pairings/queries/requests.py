"""Whether somebody may ask somebody now."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from accounts.models import Member
from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.pairs import open_between
from mentoring.pairings.queries.places import has_free_place
from mentoring.profiles.enums import OTHER_SIDE
from mentoring.profiles.queries.discover import ASKING, looking_as, people_to_find, topics_of
from programs.enums import Side
from programs.models import Participant
from programs.queries.enrollment import today_of

MOST_OPEN = 5
ASK_AGAIN_AFTER = timedelta(days=30)


class Barrier(StrEnum):
    """Why somebody cannot be asked now."""

    NOT_YET = "not_yet"
    AWAY = "away"
    NO_PLACE = "no_place"
    TOO_MANY = "too_many"
    ASKED_BEFORE = "asked_before"
    KNOWN = "known"
    NOT_FOUND = "not_found"


def partner_to_ask(member: Member, participant_id: UUID, *, now: datetime) -> Participant | None:
    """Somebody whom the member may find in Discover, or is in an open pairing with already."""
    mine = looking_as(member)
    today = today_of(member, now)
    found = people_to_find(member, mine, topics_of(member), today=today)
    if partner := found.filter(pk=participant_id).first():
        return partner
    rows = Participant.objects.select_related("cohort__program", "member__grade")
    partner = rows.filter(pk=participant_id, cohort__in=[each.cohort_id for each in mine]).first()
    participant = partner and participation_facing(member, partner)
    return partner if partner and participant and open_between(participant, partner) else None


def participation_facing(member: Member, partner: Participant) -> Participant | None:
    """The member's own participation on the other side of the partner's cohort."""
    return next(
        (
            each
            for each in looking_as(member)
            if each.cohort_id == partner.cohort_id and each.side != partner.side
        ),
        None,
    )


def barrier_for(participant: Participant, partner: Participant, *, now: datetime) -> Barrier | None:
    """What keeps ``participant`` from asking ``partner`` now; None when nothing does."""
    checks: dict[Barrier, Callable[[], bool]] = {
        Barrier.NOT_YET: lambda: participant.cohort.state not in ASKING,
        Barrier.AWAY: lambda: _is_away(participant, now=now),
        Barrier.KNOWN: lambda: open_between(participant, partner) is not None,
        Barrier.NO_PLACE: lambda: not has_free_place(participant),
        Barrier.TOO_MANY: lambda: _open_requests_of(participant) >= MOST_OPEN,
        Barrier.ASKED_BEFORE: lambda: _asked_lately(participant, partner, now=now),
        Barrier.NOT_FOUND: lambda: not _can_find(participant, partner, now=now),
    }
    return next((barrier for barrier, is_there in checks.items() if is_there()), None)


def _is_away(participant: Participant, *, now: datetime) -> bool:
    until = participant.paused_until
    is_paused = bool(until and until > today_of(participant.member, now))
    return participant.member.on_leave or is_paused


def _can_find(participant: Participant, partner: Participant, *, now: datetime) -> bool:
    member = participant.member
    mine = [each for each in looking_as(member) if each.pk == participant.pk]
    found = people_to_find(member, mine, topics_of(member), today=today_of(member, now))
    return bool(found.filter(pk=partner.pk).exists())


def _open_requests_of(participant: Participant) -> int:
    side = Side(participant.side)
    return Pairing.objects.proposed().filter(requested_by=side, **{side: participant}).count()


def _asked_lately(participant: Participant, partner: Participant, *, now: datetime) -> bool:
    """Whether a request of the same two ended without a yes; one taken back does not count."""
    side = Side(participant.side)
    since = now - ASK_AGAIN_AFTER
    rows = Pairing.objects.filter(**{side: participant, OTHER_SIDE[side]: partner})
    ended = rows.filter(requested_by=side, state=PairingState.EXPIRED, began_at=None)
    return ended.filter(ended_at__gt=since).exists()
