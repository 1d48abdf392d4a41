"""What a member has said so far. Rows that are private answer their writer only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import Member
from mentoring.profiles import sealed
from mentoring.profiles.enums import DIRECTION_OF, STEPS, Direction, Finding, Step
from mentoring.profiles.models import Aims, CriteriaStatement, Profile, SelfRating, TopicChoice
from mentoring.profiles.ratings import statements_of
from programs.enums import CohortState, ParticipantState, Side
from programs.models import Participant

BEFORE_MEETINGS = {CohortState.DRAFT, CohortState.ENROLLING, CohortState.MATCHING}
NOT_SENT = (ParticipantState.DRAFT, ParticipantState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Criteria:
    """What somebody says about a program's criteria."""

    meets: bool = False
    characteristic: str = ""
    may_be_used_in_matching: bool = False


def profile_of(member: Member) -> Profile:
    """The member's profile; an empty one that is not stored yet if there is none."""
    return Profile.objects.filter(member=member).first() or Profile(member=member)


def choices_of(member: Member, direction: Direction) -> list[TopicChoice]:
    """The topics that a member offers or seeks, the most important one first."""
    choices = TopicChoice.objects.filter(member=member, direction=direction)
    return list(choices.select_related("topic").order_by("rank", "pk"))


def aims_of(participant: Participant) -> dict[str, str]:
    """A mentee's aims and challenges, to the mentee alone."""
    row = Aims.objects.filter(participant=participant).first() or Aims()
    return {
        "aims": sealed.unseal(row.aims, purpose=sealed.AIMS),
        "challenges": sealed.unseal(row.challenges, purpose=sealed.CHALLENGES),
    }


def ratings_of(participant: Participant) -> dict[str, int]:
    """The scores by the keys of their statements, to the person alone."""
    rows = SelfRating.objects.filter(participant=participant)
    return dict(rows.values_list("statement", "score"))


def criteria_of(participant: Participant) -> Criteria:
    """What the person said about the criteria, to the person alone."""
    row = CriteriaStatement.objects.filter(participant=participant).first()
    if row is None:
        return Criteria()
    text = sealed.unseal(row.characteristic, purpose=sealed.CHARACTERISTIC)
    return Criteria(row.meets, text, row.may_be_used_in_matching)


def answers_of(member: Member, participant: Participant | None, side: Side, step: Step) -> Any:
    """What a page of the enrollment starts from."""
    match step, participant:
        case Step.TOPICS, _:
            answers: Any = choices_of(member, DIRECTION_OF[side])
        case Step.WORDS, _:
            answers = {"about": profile_of(member).about}
        case Step.WHEN, _:
            answers = _when(member, participant)
        case Step.AIMS, Participant():
            answers = aims_of(participant)
        case Step.START, Participant():
            answers = {"ratings": ratings_of(participant), "criteria": criteria_of(participant)}
        case _:
            answers = {}
    return answers


def missing_steps(member: Member, participant: Participant | None, side: Side) -> list[Step]:
    """The pages that still lack something without which nobody can enroll."""
    missing = []
    if not TopicChoice.objects.filter(member=member, direction=DIRECTION_OF[side]).exists():
        missing.append(Step.TOPICS)
    rated = ratings_of(participant) if participant else {}
    if any(each.key not in rated for each in statements_of(side)):
        missing.append(Step.START)
    return missing


def steps_for(side: Side, participant: Participant | None) -> tuple[Step, ...]:
    """The pages in order; who has enrolled edits answers and does not send them again.

    Where somebody stood at the start is not changed once pairs meet.
    """
    if participant is None or participant.state in NOT_SENT:
        return STEPS[side]
    fixed = {Step.SEND}
    if participant.cohort.state not in BEFORE_MEETINGS:
        fixed.add(Step.START)
    return tuple(step for step in STEPS[side] if step not in fixed)


def filled_steps(member: Member, participant: Participant | None, side: Side) -> set[Step]:
    """The pages on which the person has said something, to mark them and to go on after them."""
    if participant is None or participant.state == ParticipantState.WITHDRAWN:
        return set()
    filled = set(STEPS[side]) - set(missing_steps(member, participant, side)) - {Step.SEND}
    profile = profile_of(member)
    if profile._state.adding:
        filled.discard(Step.WORDS)
    if not profile.availability:
        filled.discard(Step.WHEN)
    if side == Side.MENTEE and not Aims.objects.filter(participant=participant).exists():
        filled.discard(Step.AIMS)
    return filled


def next_step(member: Member, participant: Participant | None, side: Side) -> Step:
    """Where to go on."""
    filled = filled_steps(member, participant, side)
    return next(step for step in STEPS[side] if step not in filled)


def _when(member: Member, participant: Participant | None) -> Mapping[str, Any]:
    profile = profile_of(member)
    answers: dict[str, Any] = {
        "languages": member.languages,
        "availability": profile.availability,
        "meeting_form": profile.meeting_form,
        "finding": Finding.WAIT,
    }
    if participant and participant.submitted_at:
        answers["meeting_form"] = participant.meeting_form
    if participant:
        answers["capacity"] = participant.capacity
        answers["is_findable"] = participant.is_findable
        answers["finding"] = finding_of(participant)
    return answers


def finding_of(participant: Participant) -> Finding:
    """How a mentor wants to come to a partner; a fresh draft starts with the easy way."""
    if participant.waits_to_be_asked:
        return Finding.WAIT
    if participant.is_findable:
        return Finding.LOOK
    return Finding.HIDDEN if participant.submitted_at else Finding.WAIT
