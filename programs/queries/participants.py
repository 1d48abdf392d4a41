"""The people of a cohort. Ask for the cohort with `manageable_cohorts_of` first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Department, Grade, Location, Member
from programs.enums import Audience, ParticipantState, Side
from programs.models import Cohort, Participant, PreparationDone, PreparationItem
from programs.models.participant import ParticipantQuerySet

type Step = tuple[PreparationItem, PreparationDone | None]
type Choices = list[tuple[UUID, str]]


def people_in(cohort: Cohort) -> ParticipantQuerySet:
    """Everybody who began to enroll, with what the list shows.

    ``prepared`` of ``to_prepare`` preparation items of the own side are done.
    """
    ours = Q(item__audience=Audience.BOTH) | Q(item__audience=OuterRef("side"))
    done = PreparationDone.objects.filter(ours, participant=OuterRef("pk"), item__archived_at=None)
    items = items_of(cohort).filter(Q(audience=Audience.BOTH) | Q(audience=OuterRef("side")))
    return (
        Participant.objects.filter(cohort=cohort)
        .select_related("member__department", "member__location", "member__grade")
        .annotate(
            prepared=Coalesce(Subquery(_count(done, "participant")), 0),
            to_prepare=Coalesce(Subquery(_count(items, "program")), 0),
        )
    )


def _count(rows: QuerySet[Any], by: str) -> QuerySet[Any]:
    counted: QuerySet[Any] = rows.order_by().values(by).annotate(count=Count("pk"))
    return counted.values("count")


def fully_prepared(people: ParticipantQuerySet) -> ParticipantQuerySet:
    return people.filter(Q(("prepared__gte", F("to_prepare"))))


def not_fully_prepared(people: ParticipantQuerySet) -> ParticipantQuerySet:
    return people.filter(Q(("prepared__lt", F("to_prepare"))))


def items_of(cohort: Cohort) -> QuerySet[PreparationItem]:
    """The preparation items that people of the cohort have to do, in their order."""
    items = PreparationItem.objects.filter(program=cohort.program_id, archived_at=None)
    return items.order_by("position", "pk")


def item_named(cohort: Cohort, key: str) -> PreparationItem | None:
    """The cohort's preparation item with this key; None for anything else."""
    return next((each for each in items_of(cohort) if str(each.pk) == key), None)


def preparation_of(participant: Participant) -> list[Step]:
    """Each item of the participant's side, and when it was done."""
    done = {each.item_id: each for each in participant.preparations.all()}
    ours = Q(audience=Audience.BOTH) | Q(audience=participant.side)
    items = items_of(participant.cohort).filter(ours)
    return [(item, done.get(item.pk)) for item in items]


@dataclass(frozen=True, slots=True)
class Places:
    """How one side of a cohort stands; ``left`` is None when there is no limit."""

    side: Side
    approved: int
    waiting: int
    left: int | None

    @property
    def next_up(self) -> int:
        """How many of the waiting list could be approved now."""
        return self.waiting if self.left is None else min(self.waiting, self.left)


def places_of(cohort: Cohort) -> list[Places]:
    """Places taken and left, per side; one query."""
    counted = Participant.objects.filter(cohort=cohort).values("side").order_by("side")
    rows = counted.annotate(
        approved=Count("pk", filter=Q(state=ParticipantState.APPROVED)),
        waiting=Count("pk", filter=Q(state=ParticipantState.WAITLISTED)),
    )
    found = {row["side"]: row for row in rows}

    def of(side: Side) -> Places:
        row = found.get(side, {"approved": 0, "waiting": 0})
        left = None if cohort.places is None else max(0, cohort.places - row["approved"])
        return Places(side, row["approved"], row["waiting"], left)

    return [of(side) for side in Side]


def waiting_list(cohort: Cohort, side: Side) -> ParticipantQuerySet:
    """Who waits for a place, in the order of sending."""
    waiting = Participant.objects.filter(cohort=cohort, state=ParticipantState.WAITLISTED)
    return waiting.on_side(side).order_by("submitted_at", "pk")


def mentors_in(cohort: Cohort) -> ParticipantQuerySet:
    """The approved mentors, by name."""
    approved = Participant.objects.filter(cohort=cohort, state=ParticipantState.APPROVED)
    mentors = approved.on_side(Side.MENTOR).filter(member__deactivated_at=None)
    return mentors.select_related("member").order_by("member__sort_name", "pk")


def places_in_the_organization() -> dict[str, Choices]:
    """What lists of people are narrowed by: departments, locations and grades."""
    return {
        "department": _named(Department.objects.by_name()),
        "location": _named(Location.objects.by_name()),
        "grade": _named(Grade.objects.from_junior_to_senior()),
    }


def _named(rows: Iterable[Department | Location | Grade]) -> Choices:
    return [(each.pk, each.name) for each in rows]


def own_participations(member: Member) -> ParticipantQuerySet:
    """Where the member takes part and was approved."""
    return Participant.objects.filter(member=member, state=ParticipantState.APPROVED)
