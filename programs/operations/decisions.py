"""What admins decide about people of a cohort."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import AuditEvent, Member
from accounts.operations.audit import prepare, record_all
from mentoring.outbox.operations import enqueue_all
from programs.company import with_partner
from programs.enums import Action, CohortState, ParticipantState, Side, Skip
from programs.models import Cohort, Participant
from programs.post import address_of
from programs.queries.participants import places_of, waiting_list
from programs.signals import participants_gone, participants_out

KIND = "programs.decision"
# So long an undone decision is one that nobody has heard of.
TIME_TO_UNDO = timedelta(minutes=5)
OUT = (ParticipantState.DRAFT, ParticipantState.WITHDRAWN)
DECIDABLE = frozenset(
    {
        ParticipantState.PENDING,
        ParticipantState.APPROVED,
        ParticipantState.WAITLISTED,
        ParticipantState.DECLINED,
        ParticipantState.WITHDRAWN,
    }
)

FIELDS = (
    "state",
    "decided_at",
    "decided_by",
    "withdrawn_at",
    "paused_until",
    "is_findable",
    "waits_to_be_asked",
)


class CohortClosed(Exception):
    """The cohort is over; its people stay as they are."""


class NoDecision(ValueError):
    """No admin puts anybody into this state."""


@dataclass(slots=True)
class Decided:
    """Whose state is another one now, and who was passed over and why."""

    state: ParticipantState
    changed: list[Participant] = field(default_factory=list)
    skipped: list[tuple[Participant, Skip]] = field(default_factory=list)


@transaction.atomic
def decide(
    *, participants: Iterable[Participant], state: ParticipantState, actor: Member, now: datetime
) -> Decided:
    """Put people of one cohort into a state, in the order in which they sent their enrollment.

    While it lasts, everybody else who decides about the cohort waits, so no place is given
    twice. Who cannot be put there is passed over. Everybody gets a neutral mail a little
    later, unless it was undone by then. Withdrawing cannot be undone: only the person may
    enroll anew; nothing else takes somebody out who has a partner. Raises NoDecision or
    CohortClosed.
    """
    if state not in DECIDABLE:
        raise NoDecision(state)
    wanted = {each.pk: each.cohort_id for each in participants}
    decided = Decided(state)
    if not wanted:
        return decided
    (cohort_id,) = set(wanted.values())
    cohort = Cohort.objects.select_for_update().get(pk=cohort_id)
    if cohort.state == CohortState.CLOSED:
        raise CohortClosed
    left = {places.side: places.left for places in places_of(cohort)}
    paired = set() if state == ParticipantState.WITHDRAWN else with_partner(wanted)
    events, out = [], []
    for each in _locked(wanted, now=now):
        side = Side(each.side)
        if skip := _why_not(each, state, left[side], has_partner=each.pk in paired):
            decided.skipped.append((each, skip))
            continue
        _count(left, each, state)
        if each.state == ParticipantState.APPROVED:
            out.append(each.pk)
        events.append(_event(each, state, cohort, actor))
        _put(each, state, actor=actor, now=now)
        decided.changed.append(each)
    Participant.objects.bulk_update(decided.changed, FIELDS)
    record_all(events)
    _announce(decided, now=now)
    _tell_higher_floors(decided, out, now=now)
    return decided


@transaction.atomic
def approve_next(*, cohort: Cohort, side: Side, actor: Member, now: datetime) -> Decided:
    """Fill the free places of a side from its waiting list. Raises CohortClosed."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    (places,) = [each for each in places_of(cohort) if each.side == side]
    waiting = list(waiting_list(cohort, side)[: places.next_up])
    return decide(participants=waiting, state=ParticipantState.APPROVED, actor=actor, now=now)


def _tell_higher_floors(decided: Decided, out: Collection[UUID], *, now: datetime) -> None:
    if decided.changed and decided.state == ParticipantState.WITHDRAWN:
        participants_gone.send(sender=Participant, participants=decided.changed, now=now)
    participants_out.send(sender=Participant, keys=out, now=now)


def occurrence_of(participant: Participant) -> str:
    """Names the decision that is in force, so that mail about an earlier one is not sent."""
    at = participant.decided_at
    return f"{participant.state}@{at.isoformat() if at else ''}"


def _locked(keys: Iterable[UUID], *, now: datetime) -> list[Participant]:
    """In the order of sending; locked in the order in which everybody locks participants."""
    rows = Participant.objects.select_for_update(of=("self",)).filter(pk__in=list(keys))
    found = rows.select_related("member__user").order_by("pk")
    return sorted(
        found, key=lambda each: (each.submitted_at is None, each.submitted_at or now, each.pk)
    )


def _why_not(
    each: Participant, state: ParticipantState, left: int | None, *, has_partner: bool
) -> Skip | None:
    if each.state == state:
        return Skip.SAME
    if each.state in OUT:
        return Skip.DRAFT if each.state == ParticipantState.DRAFT else Skip.WITHDRAWN
    if each.member.deactivated_at and state != ParticipantState.WITHDRAWN:
        return Skip.GONE
    if has_partner:
        return Skip.PARTNER
    return Skip.FULL if state == ParticipantState.APPROVED and left == 0 else None


def _count(left: dict[Side, int | None], each: Participant, state: ParticipantState) -> None:
    """A place more or less, as people come and go."""
    side = Side(each.side)
    free = left[side]
    if free is not None:
        approved = ParticipantState.APPROVED
        left[side] = free - (state == approved) + (each.state == approved)


def _put(each: Participant, state: ParticipantState, *, actor: Member, now: datetime) -> None:
    each.state = state
    each.decided_at, each.decided_by = now, actor
    if state == ParticipantState.WITHDRAWN:
        each.withdrawn_at, each.paused_until = now, None
        each.is_findable = each.waits_to_be_asked = False


def _event(each: Participant, state: ParticipantState, cohort: Cohort, actor: Member) -> AuditEvent:
    facts: Mapping[str, Any] = {"participation": [each.state, state], "cohort": cohort.name}
    return prepare(
        actor=actor,
        action=Action.PARTICIPANT_DECIDED,
        subject_id=each.pk,
        subject_name=str(each.member),
        details={**facts, "side": each.side},
    )


def _announce(decided: Decided, *, now: datetime) -> None:
    """Back to “waiting for approval” is not worth a mail."""
    if decided.state == ParticipantState.PENDING:
        return
    enqueue_all(
        kind=KIND,
        wanted=[
            (address_of(each.member), each.pk, occurrence_of(each)) for each in decided.changed
        ],
        due_at=now + TIME_TO_UNDO,
        now=now,
    )
