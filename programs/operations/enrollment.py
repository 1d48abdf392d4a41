"""A member's own way into a cohort and out of it again."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import Member
from accounts.operations.audit import record
from programs.enums import Action, ParticipantState, Side
from programs.models import Cohort, Participant
from programs.queries.enrollment import Gate, gate_of
from programs.signals import participants_back, participants_out, participants_paused

LONGEST_PAUSE = timedelta(days=366)
CAN_PAUSE = {ParticipantState.PENDING, ParticipantState.APPROVED, ParticipantState.WAITLISTED}
ANSWERS = {"capacity", "meeting_form", "is_findable", "waits_to_be_asked"}


class EnrollmentClosed(Exception):
    """The member may not enroll on this side today; ``gate`` says why."""

    def __init__(self, gate: Gate) -> None:
        super().__init__(gate)
        self.gate = gate


class PledgeMissing(Exception):
    """A mentee enrolls with a pledge."""


class ConsentMissing(Exception):
    """Nobody enrolls without having agreed to who can see what."""


class BadPause(Exception):
    """A pause ends on a day that is ahead, within a year, and only enrolled people pause."""


@transaction.atomic
def start(*, member: Member, cohort: Cohort, side: Side, now: datetime) -> Participant:
    """The member's draft on this side. Again gives the same; a withdrawn one begins anew."""
    participant, _is_new = Participant.objects.get_or_create(
        cohort=cohort, member=member, side=side
    )
    if participant.state == ParticipantState.WITHDRAWN:
        participant = _locked(participant)
        participant.state = ParticipantState.DRAFT
        participant.started_at = now
        participant.submitted_at = participant.withdrawn_at = participant.decided_at = None
        participant.pledged_at = participant.consented_at = participant.decided_by = None
        participant.save()
    return participant


@transaction.atomic
def save_answers(
    *,
    participant: Participant,
    now: datetime,
    pledged: bool | None = None,
    consented: bool | None = None,
    **answers: Any,
) -> Participant:
    """Keep some of the answers that belong to the cohort; see ANSWERS for their names."""
    if unknown := answers.keys() - ANSWERS:
        raise TypeError(f"Unknown answers: {', '.join(sorted(unknown))}")
    participant = _locked(participant)
    for name, value in answers.items():
        setattr(participant, name, value)
    for name, said in {"pledged_at": pledged, "consented_at": consented}.items():
        if said is not None:
            setattr(participant, name, (getattr(participant, name) or now) if said else None)
    participant.save()
    return participant


@transaction.atomic
def submit(*, participant: Participant, today: date, now: datetime) -> Participant:
    """Send the enrollment. Sent twice is sent once.

    With places left and no approval needed the person is in at once; without places the
    waiting list is next. Raises EnrollmentClosed, PledgeMissing, ConsentMissing.
    """
    cohort = Cohort.objects.select_for_update().get(pk=participant.cohort_id)
    participant = _locked(participant)
    if participant.state != ParticipantState.DRAFT:
        return participant
    side = Side(participant.side)
    gate = gate_of(participant.member, cohort, side, today=today)
    if gate != Gate.OPEN:
        raise EnrollmentClosed(gate)
    if side == Side.MENTEE and not participant.pledged_at:
        raise PledgeMissing
    if not participant.consented_at:
        raise ConsentMissing
    participant.state = _state_after_sending(cohort, side)
    participant.submitted_at = now
    participant.save()
    _record(Action.ENROLLMENT_SENT, participant, cohort, participation=participant.state)
    return participant


@transaction.atomic
def withdraw(*, participant: Participant, now: datetime) -> Participant:
    """Step out, at any time and without a reason. What was written privately goes elsewhere."""
    participant = _locked(participant)
    if participant.state != ParticipantState.WITHDRAWN:
        was_sent = participant.state != ParticipantState.DRAFT
        participant.state = ParticipantState.WITHDRAWN
        participant.withdrawn_at = now
        participant.paused_until = None
        participant.is_findable = participant.waits_to_be_asked = False
        participant.save()
        if was_sent:
            _record(Action.ENROLLMENT_WITHDRAWN, participant, participant.cohort)
            participants_out.send(sender=Participant, keys=[participant.pk], now=now)
    return participant


@transaction.atomic
def pause(*, participant: Participant, until: date, today: date, now: datetime) -> Participant:
    """Take a break that ends on the day ``until``. Raises BadPause."""
    participant = _locked(participant)
    if participant.state not in CAN_PAUSE or not today < until <= today + LONGEST_PAUSE:
        raise BadPause
    if participant.paused_until != until:
        participant.paused_until = until
        participant.save(update_fields=["paused_until"])
        _record(Action.ENROLLMENT_PAUSED, participant, participant.cohort, until=until.isoformat())
        participants_paused.send(sender=Participant, keys=[participant.pk], now=now)
    return participant


@transaction.atomic
def resume(*, participant: Participant, today: date, now: datetime) -> Participant:
    """End a break early."""
    participant = _locked(participant)
    if until := participant.paused_until:
        participant.paused_until = None
        participant.save(update_fields=["paused_until"])
        _record(Action.ENROLLMENT_RESUMED, participant, participant.cohort)
        if until > today:
            participants_back.send(sender=Participant, keys=[participant.pk], now=now)
    return participant


def _locked(participant: Participant) -> Participant:
    found = Participant.objects.select_for_update(of=("self",))
    return found.select_related("cohort", "member__organization").get(pk=participant.pk)


def _state_after_sending(cohort: Cohort, side: Side) -> ParticipantState:
    """The caller holds the lock on the cohort, so nobody takes the same place meanwhile."""
    taken = Participant.objects.filter(
        cohort=cohort, side=side, state=ParticipantState.APPROVED
    ).count()
    if cohort.places is not None and taken >= cohort.places:
        return ParticipantState.WAITLISTED
    return ParticipantState.PENDING if cohort.needs_approval else ParticipantState.APPROVED


def _record(action: Action, participant: Participant, cohort: Cohort, **facts: object) -> None:
    record(
        actor=participant.member,
        action=action,
        subject_id=participant.pk,
        subject_name=str(cohort),
        details={"side": participant.side, **facts},
    )
