"""Programs and cohorts that tests start from."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Department, Grade, Location, Member, Organization
from programs.enums import Audience, CohortState, ParticipantState, QuestionKind, Side
from programs.models import (
    Cohort,
    CohortInvitation,
    Eligibility,
    FeedbackForm,
    FeedbackQuestion,
    Participant,
    PreparationItem,
    Program,
    Topic,
    TopicFamily,
)
from tests.factories import create_listed, create_owner, inside


def today() -> date:
    return timezone.now().date()


def days() -> dict[str, date]:
    """Dates in order, all ahead."""
    first = today()
    return {
        "enrollment_opens_on": first,
        "enrollment_closes_on": first + timedelta(days=20),
        "starts_on": first + timedelta(days=30),
        "ends_on": first + timedelta(days=210),
    }


def create_program(owner: Member, name: str = "Six in six months", **fields: Any) -> Program:
    """A program that lacks nothing."""
    whole = {
        "purpose": "Listen.",
        "sponsor": owner,
        "outcome_measures": ["Leaders name two things they do differently"],
        "agreement": "What is said here stays here, unless somebody is in danger.",
        "concern_contact": owner,
    }
    with inside(owner.organization_id):
        program = Program.objects.create(name=name, **{**whole, **fields})
        PreparationItem.objects.create(program=program, title="Guide", is_required=True)
        for side in Side:
            form = FeedbackForm.objects.create(program=program, writer=side)
            FeedbackQuestion.objects.create(
                form=form, position=1, kind=QuestionKind.TEXT, text="What to improve?"
            )
    return program


def create_cohort(program: Program, name: str = "Spring", **fields: Any) -> Cohort:
    """A draft whose dates are ahead."""
    with inside(program.organization_id):
        return Cohort.objects.create(program=program, name=name, **{**days(), **fields})


def create_house(grades: int = 4, people_each: int = 2) -> tuple[Member, list[Member]]:
    """An owner above everybody else, people of each grade, and topics."""
    owner = create_owner()
    with inside(owner.organization_id):
        ranks = [Grade.objects.create(name=f"Grade {rank}", rank=rank) for rank in range(grades)]
        family, _ = TopicFamily.objects.get_or_create(name="Technology")
        Topic.objects.get_or_create(family=family, name="A new tool")
        TopicFamily.objects.exclude(pk=family.pk).filter(topics=None).delete()
        Member.objects.filter(pk=owner.pk).update(grade=ranks[-1])
    people = [
        create_listed(owner.organization, grade=grade, manager=owner)
        for grade in ranks
        for _ in range(people_each)
    ]
    return owner, people


def let_in(cohort: Cohort, audience: Audience = Audience.BOTH, **thing: Any) -> Eligibility:
    with inside(cohort.organization_id):
        return Eligibility.objects.create(cohort=cohort, audience=audience, **thing)


def enroll(
    cohort: Cohort,
    member: Member,
    side: Side = Side.MENTOR,
    state: ParticipantState = ParticipantState.APPROVED,
    **fields: Any,
) -> Participant:
    with inside(cohort.organization_id):
        return Participant.objects.create(
            cohort=cohort, member=member, side=side, state=state, **fields
        )


def invite(
    cohort: Cohort, member: Member, by: Member, side: Side = Side.MENTOR, **fields: Any
) -> None:
    with inside(cohort.organization_id):
        CohortInvitation.objects.create(
            cohort=cohort,
            member=member,
            side=side,
            invited_by=by,
            invited_at=timezone.now(),
            **fields,
        )


def put_in(cohort: Cohort, state: CohortState) -> Cohort:
    """The cohort in a state, along the way that leads there."""
    states = list(CohortState)
    with inside(cohort.organization_id):
        for each in states[1 : states.index(state) + 1]:
            cohort.state = each
            cohort.save(update_fields=["state"])
    return cohort


def create_department(organization: Organization, name: str) -> Department:
    with inside(organization):
        return Department.objects.create(name=name)


def create_location(organization: Organization, name: str) -> Location:
    with inside(organization):
        return Location.objects.create(name=name)
