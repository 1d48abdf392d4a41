"""Cohorts with people in them, for tests of profiles."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from accounts.models import Grade, Member, Organization
from mentoring.profiles.enums import DIRECTION_OF
from mentoring.profiles.models import TopicChoice
from programs.enums import CohortState, ParticipantState, Side
from programs.models import Cohort, Participant, Program, Topic, TopicFamily
from tests.factories import create_member, create_organization, inside

TODAY = timezone.now().date()


def create_cohort(organization: Organization, *, program: dict | None = None, **fields) -> Cohort:
    """A cohort that is open for enrollment, in a program of its own."""
    with inside(organization):
        number = Program.objects.count() + 1
        made = Program.objects.create(
            **{
                "name": f"Program {number}",
                "purpose": "Leaders listen.",
                "agreement": "What is said here stays here.",
                **(program or {}),
            }
        )
        return Cohort.objects.create(
            **{
                "organization": organization,
                "program": made,
                "name": f"Spring {number}",
                "state": CohortState.ENROLLING,
                "enrollment_opens_on": TODAY - timedelta(days=3),
                "enrollment_closes_on": TODAY + timedelta(days=10),
                "starts_on": TODAY + timedelta(days=30),
                "ends_on": TODAY + timedelta(days=200),
                **fields,
            }
        )


def create_topics(organization: Organization, *names: str) -> list[Topic]:
    with inside(organization):
        family, _ = TopicFamily.objects.get_or_create(name="Technology")
        return [Topic.objects.create(family=family, name=name) for name in names]


def create_grade(organization: Organization, name: str, rank: int) -> Grade:
    with inside(organization):
        return Grade.objects.create(name=name, rank=rank)


def take_part(
    cohort: Cohort,
    side: Side,
    *,
    member: Member | None = None,
    topics: Sequence[Topic] = (),
    state: ParticipantState = ParticipantState.APPROVED,
    is_findable: bool = True,
    name: str = "",
    **fields,
) -> Participant:
    """Somebody who has enrolled, with topics offered or sought."""
    organization = cohort.organization
    member = member or create_member(organization, name=name, **fields.pop("person", {}))
    with inside(organization, member_id=member.pk):
        for rank, topic in enumerate(topics, start=1):
            TopicChoice.objects.create(
                member=member, topic=topic, direction=DIRECTION_OF[side], rank=rank
            )
        return Participant.objects.create(
            cohort=cohort,
            member=member,
            side=side,
            state=state,
            is_findable=is_findable,
            submitted_at=timezone.now(),
            **fields,
        )


def create_place(**cohort) -> tuple[Organization, Cohort, Member]:
    """An organization with an open cohort and somebody who may join it."""
    organization = create_organization()
    made = create_cohort(organization, **cohort)
    return organization, made, create_member(organization, name="Ada Young")
