"""Whom a participant may find.

Only people who said yes to being found, in cohorts in which the member was approved too,
and whom the program's rules and the line of managers allow as a partner.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from accounts.models import Location, Member
from accounts.queries.chart import chain_above, chain_below
from mentoring.profiles.enums import DIRECTION_OF, OTHER_SIDE, Direction
from mentoring.profiles.models import Profile, TopicChoice
from mentoring.profiles.partners import still_free
from programs.enums import CohortState, Kind, MeetingForm, ParticipantState, Side
from programs.models import Participant
from programs.models.participant import ParticipantQuerySet

ASKING = (CohortState.MATCHING, CohortState.RUNNING)
LOOKING = (CohortState.ENROLLING, *ASKING)
SENIOR = {Kind.REVERSE: Side.MENTEE, Kind.TRADITIONAL: Side.MENTOR}

type Topics = dict[str, set[UUID]]


@dataclass(frozen=True, slots=True)
class Found:
    """One person in the list, with what the reader may know."""

    participant: Participant
    about: str
    shared: list[TopicChoice]
    others: list[TopicChoice]

    @property
    def member(self) -> Member:
        return self.participant.member

    @property
    def may_be_asked(self) -> bool:
        """Whether the person's cohort has come to where people ask each other."""
        return self.participant.cohort.state in ASKING

    @property
    def grade(self) -> str:
        """The grade, where the program shows grades."""
        shows = self.participant.cohort.program.shows_grades
        return str(self.member.grade) if shows and self.member.grade else ""


def looking_as(member: Member) -> list[Participant]:
    """The approved participations with which a member may look for a partner now."""
    mine = Participant.objects.filter(
        member=member, state=ParticipantState.APPROVED, cohort__state__in=LOOKING
    )
    joined = mine.select_related("cohort__program", "member__grade")
    return list(joined.order_by("started_at", "pk"))


def people_to_find(
    member: Member, mine: Sequence[Participant], topics: Topics, *, today: date
) -> ParticipantQuerySet:
    """Participants on the other side, those with most topics in common first."""
    if not mine:
        return Participant.objects.none()
    fits = Q()
    for each in mine:
        fits |= _fits(each)
    found = (
        Participant.objects.filter(fits, state=ParticipantState.APPROVED)
        .filter(Q(is_findable=True) | Q(side=Side.MENTOR, waits_to_be_asked=True))
        .not_paused(today=today)
        .filter(member__deactivated_at=None, member__on_leave=False)
    )
    return (
        still_free(_off_the_hierarchy(found, member), mine)
        .select_related(
            "cohort__program", "member__grade", "member__department", "member__location"
        )
        .annotate(shared=_shared(topics))
        .order_by("-shared", "member__sort_name", "pk")
    )


def topics_of(member: Member) -> Topics:
    """What the member offers and seeks, by direction."""
    topics: Topics = {each: set() for each in Direction.values}
    rows = TopicChoice.objects.filter(member=member).values_list("direction", "topic_id")
    for direction, topic_id in rows:
        topics[direction].add(topic_id)
    return topics


def describe(participants: Iterable[Participant], topics: Topics) -> list[Found]:
    """What the list shows of each person, in two queries."""
    people = list(participants)
    members = {each.member_id for each in people}
    chosen = TopicChoice.objects.filter(member__in=members).select_related("topic")
    by_person: dict[tuple[UUID, str], list[TopicChoice]] = {}
    for choice in chosen.order_by("rank", "pk"):
        by_person.setdefault((choice.member_id, choice.direction), []).append(choice)
    about = dict(Profile.objects.filter(member__in=members).values_list("member", "about"))
    found = []
    for each in people:
        theirs = by_person.get((each.member_id, DIRECTION_OF[Side(each.side)]), [])
        ours = topics[DIRECTION_OF[OTHER_SIDE[Side(each.side)]]]
        shared = [choice for choice in theirs if choice.topic_id in ours]
        others = [choice for choice in theirs if choice.topic_id not in ours]
        found.append(Found(each, about.get(each.member_id, ""), shared, others))
    return found


def with_topic(people: QuerySet[Any], topic_id: str) -> QuerySet[Any]:
    return _with_choice(people, Q(topic=topic_id))


def with_family(people: QuerySet[Any], family_id: str) -> QuerySet[Any]:
    return _with_choice(people, Q(topic__family=family_id))


def with_language(people: QuerySet[Any], code: str) -> QuerySet[Any]:
    return people.filter(member__languages__contains=[code])


def with_form(people: QuerySet[Any], form: str) -> QuerySet[Any]:
    """Who likes this form of meeting or any."""
    return people.filter(meeting_form__in=[form, MeetingForm.ANY])


def locations() -> list[tuple[UUID, str]]:
    """The organization's locations, by name."""
    return [(each.pk, each.name) for each in Location.objects.by_name()]


def _with_choice(people: QuerySet[Any], condition: Q) -> QuerySet[Any]:
    offered = TopicChoice.objects.filter(condition, direction=Direction.OFFERED)
    sought = TopicChoice.objects.filter(condition, direction=Direction.SOUGHT)
    return people.filter(
        Q(side=Side.MENTOR, member__in=offered.values("member"))
        | Q(side=Side.MENTEE, member__in=sought.values("member"))
    )


def _fits(mine: Participant) -> Q:
    """What the program asks of a partner, as far as both sides are known."""
    program, me = mine.cohort.program, mine.member
    fits = Q(cohort=mine.cohort_id, side=OTHER_SIDE[Side(mine.side)])
    senior = SENIOR.get(Kind(program.kind))
    if senior and me.grade:
        rank, gap = me.grade.rank, program.grade_gap
        far = (
            Q(member__grade__rank__lte=rank - gap)
            if mine.side == senior
            else Q(member__grade__rank__gte=rank + gap)
        )
        fits &= far | Q(member__grade=None)
    if program.other_department and me.department_id:
        fits &= ~Q(member__department=me.department_id) | Q(member__department=None)
    if program.common_language and me.languages:
        fits &= Q(member__languages__overlap=me.languages) | Q(member__languages=[])
    return fits


def _off_the_hierarchy(found: ParticipantQuerySet, member: Member) -> ParticipantQuerySet:
    """Nobody above or below in the same line of managers, and nobody with the same manager."""
    above = [each.pk for each in chain_above(member)]
    found = found.exclude(member__in=[member.pk, *above])
    found = found.exclude(member__in=chain_below(member).order_by().values("pk"))
    return found.exclude(member__manager=member.manager_id) if member.manager_id else found


def _shared(topics: Topics) -> Case:
    """How many topics a person and the reader have in common."""

    def count(theirs: Direction, ours: Direction) -> Coalesce:
        rows = TopicChoice.objects.filter(
            member=OuterRef("member"), direction=theirs, topic__in=topics[ours]
        )
        counted = rows.order_by().values("member").annotate(number=Count("pk")).values("number")
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

    return Case(
        When(side=Side.MENTOR, then=count(Direction.OFFERED, Direction.SOUGHT)),
        default=count(Direction.SOUGHT, Direction.OFFERED),
        output_field=IntegerField(),
    )
