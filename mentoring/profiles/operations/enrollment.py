"""Enrolling page by page, and leaving again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import Member
from mentoring.profiles import sealed
from mentoring.profiles.enums import DIRECTION_OF, Finding, Step
from mentoring.profiles.models import Aims, CriteriaStatement, SelfRating
from mentoring.profiles.operations import profiles
from mentoring.profiles.operations.forgetting import erase
from mentoring.profiles.queries.own import BEFORE_MEETINGS, missing_steps
from mentoring.profiles.ratings import statements_of
from mentoring.profiles.signals import aims_saved
from programs.enums import ParticipantState, Side
from programs.models import Cohort, Participant
from programs.operations import enrollment
from programs.operations.preparations import mark_done, mark_open
from programs.queries.enrollment import Gate, gate_of, preparations_of

OF_THE_PERSON = ("about", "availability", "languages", "meeting_form")


class Incomplete(Exception):
    """Something that nobody can enroll without is missing; ``steps`` says on which pages."""

    def __init__(self, steps: list[Step]) -> None:
        super().__init__(steps)
        self.steps = steps


@transaction.atomic
def save_step(
    *,
    member: Member,
    cohort: Cohort,
    side: Side,
    step: Step,
    answers: Mapping[str, Any],
    today: date,
    now: datetime,
) -> Participant:
    """Keep one page of answers; the first page begins the draft.

    Beginning one needs enrollment to be open; answers may be changed afterwards.
    Raises EnrollmentClosed, or TopicMissing for the last topic of somebody enrolled.
    """
    participant = _participant(member, cohort, side, today=today, now=now)
    if step == Step.TOPICS:
        picks = answers["picks"]
        profiles.save_topics(member=member, direction=DIRECTION_OF[side], picks=picks)
    elif step == Step.AIMS:
        _save_aims(participant, answers)
        aims_saved.send(sender=Participant, participant=participant, now=now)
    elif step == Step.START:
        if cohort.state in BEFORE_MEETINGS:
            _save_start(participant, answers, now=now)
    else:
        if step == Step.SEND:
            _tick(participant, set(answers["done"]), now=now)
        participant = _save_plain(participant, step, answers, now=now)
    return participant


@transaction.atomic
def send(*, participant: Participant, today: date, now: datetime) -> Participant:
    """Send the enrollment. Sent twice is sent once.

    Raises Incomplete, EnrollmentClosed, PledgeMissing or ConsentMissing.
    """
    side = Side(participant.side)
    is_draft = participant.state == ParticipantState.DRAFT
    if is_draft and (missing := missing_steps(participant.member, participant, side)):
        raise Incomplete(missing)
    return enrollment.submit(participant=participant, today=today, now=now)


@transaction.atomic
def withdraw(*, participant: Participant, now: datetime) -> Participant:
    """Step out, and delete what was written for this enrollment alone."""
    erase([participant.pk])
    return enrollment.withdraw(participant=participant, now=now)


def _participant(
    member: Member, cohort: Cohort, side: Side, *, today: date, now: datetime
) -> Participant:
    found = Participant.objects.select_related("cohort__program", "member")
    own = found.filter(member=member, cohort=cohort, side=side).first()
    if own is None or own.state == ParticipantState.WITHDRAWN:
        gate = gate_of(member, cohort, side, today=today)
        if gate != Gate.OPEN:
            raise enrollment.EnrollmentClosed(gate)
        draft = enrollment.start(member=member, cohort=cohort, side=side, now=now)
        if own:
            erase([draft.pk])
        return draft
    return own


def _save_aims(participant: Participant, answers: Mapping[str, Any]) -> None:
    Aims.objects.update_or_create(
        participant=participant,
        member_id=participant.member_id,
        defaults={
            "aims": sealed.seal(answers["aims"], purpose=sealed.AIMS),
            "challenges": sealed.seal(answers["challenges"], purpose=sealed.CHALLENGES),
        },
    )


def _save_start(participant: Participant, answers: Mapping[str, Any], *, now: datetime) -> None:
    known = {each.key for each in statements_of(Side(participant.side))}
    SelfRating.objects.bulk_create(
        [
            SelfRating(
                organization_id=participant.organization_id,
                participant=participant,
                member_id=participant.member_id,
                statement=statement,
                score=score,
                written_at=now,
            )
            for statement, score in answers["ratings"].items()
            if statement in known
        ],
        update_conflicts=True,
        unique_fields=["organization", "participant", "statement"],
        update_fields=["score", "written_at"],
    )
    if "meets" in answers:
        text = answers["characteristic"]
        CriteriaStatement.objects.update_or_create(
            participant=participant,
            member_id=participant.member_id,
            defaults={
                "meets": answers["meets"],
                "characteristic": sealed.seal(text, purpose=sealed.CHARACTERISTIC),
                "may_be_used_in_matching": answers["may_be_used_in_matching"],
            },
        )


def _tick(participant: Participant, done: set[str], *, now: datetime) -> None:
    """Keep which preparation the person says to have done."""
    actor = participant.member
    for each in preparations_of([participant])[participant.pk]:
        is_done = str(each.item.pk) in done
        if is_done and not each.done_at:
            mark_done(participants=[participant], item=each.item, actor=actor, done_at=now)
        elif each.done_at and not is_done:
            mark_open(participant=participant, item=each.item, actor=actor)


def _save_plain(
    participant: Participant, step: Step, answers: Mapping[str, Any], *, now: datetime
) -> Participant:
    """What is no secret: words, times and forms, and what one agrees to."""
    own = {name: answers[name] for name in OF_THE_PERSON if name in answers}
    if own:
        profiles.save_profile(member=participant.member, **own)
    kept = {name: answers[name] for name in enrollment.ANSWERS if name in answers}
    if finding := answers.get("finding"):
        kept["is_findable"] = finding != Finding.HIDDEN
        kept["waits_to_be_asked"] = finding == Finding.WAIT
    said = {name: answers[name] for name in ("pledged", "consented") if name in answers}
    return enrollment.save_answers(participant=participant, now=now, **kept, **said)
