"""Who was asked to take part in a cohort, who could be, and what they answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Lower

from accounts.models import Member
from accounts.models.member import MemberQuerySet
from accounts.permissions import Permission
from accounts.queries.calendar import working_hours
from programs.enums import Answer, CohortState, ParticipantState, Side
from programs.models import Cohort, CohortInvitation, Participant
from programs.models.cohort import CohortInvitationQuerySet, CohortQuerySet
from programs.queries.cohorts import manageable_cohorts_of
from programs.queries.eligibility import available_people, eligible_people

UNANSWERED = (Answer.WAITING, Answer.STARTED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the eligible people to invite. Empty is no limit; ``named`` are keys of members."""

    departments: Sequence[UUID] = ()
    locations: Sequence[UUID] = ()
    grades: Sequence[UUID] = ()
    named: Sequence[UUID] | None = None

    def narrow(self, people: MemberQuerySet) -> MemberQuerySet:
        listed = {
            "department__in": self.departments,
            "location__in": self.locations,
            "grade__in": self.grades,
        }
        if self.named is not None:
            listed["pk__in"] = self.named
        limits = {name: keys for name, keys in listed.items() if keys or name == "pk__in"}
        return people.filter(**limits)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who would be invited, and how many are passed over because they know already."""

    people: MemberQuerySet
    count: int
    invited: int
    enrolled: int


def with_answers(invitations: CohortInvitationQuerySet) -> CohortInvitationQuerySet:
    """The invitations with ``answer``. An enrollment on either side answers them."""
    own = Participant.objects.filter(cohort=OuterRef("cohort"), member=OuterRef("member"))
    newest = own.order_by(F("submitted_at").desc(nulls_last=True)).values("state")[:1]
    return invitations.annotate(
        enrolled_as=Subquery(newest),
        answer=Case(
            When(~Q(enrolled_as=ParticipantState.DRAFT), then=Value(Answer.ENROLLED)),
            When(ended_at__isnull=False, then=Value(Answer.ENDED)),
            When(declined_at__isnull=False, then=Value(Answer.DECLINED)),
            When(enrolled_as=ParticipantState.DRAFT, then=Value(Answer.STARTED)),
            default=Value(Answer.WAITING),
        ),
    )


def invitations_to(cohort: Cohort) -> CohortInvitationQuerySet:
    """A cohort's invitations with the people and their answers."""
    invitations = CohortInvitation.objects.filter(cohort=cohort)
    return with_answers(invitations.select_related("member__department", "invited_by"))


def answers_to(cohort: Cohort) -> dict[Answer, int]:
    """How many invitations stand where; every answer is there."""
    invitations: Any = with_answers(CohortInvitation.objects.filter(cohort=cohort))
    rows = invitations.values("answer").annotate(count=Count("pk")).order_by()
    counted = dict(rows.values_list("answer", "count"))
    return {answer: counted.get(answer, 0) for answer in Answer}


def candidates(cohort: Cohort, side: Side, wanted: Wanted) -> Candidates:
    """The eligible people that an invitation would go to, by name."""
    fitting = wanted.narrow(eligible_people(cohort, side))
    asked = _asked(cohort, side)
    enrolled = _enrolled(cohort)
    people = fitting.exclude(pk__in=asked).exclude(pk__in=enrolled)
    return Candidates(
        people=people.select_related("department", "location", "user").by_name(),
        count=people.count(),
        invited=fitting.filter(pk__in=asked).exclude(pk__in=enrolled).count(),
        enrolled=fitting.filter(pk__in=enrolled).count(),
    )


def knows_already(cohort: Cohort, side: Side, members: Iterable[Member]) -> set[UUID]:
    """Those of the members who were asked for this side, or have enrolled on either."""
    listed = [each.pk for each in members]
    asked = _asked(cohort, side).filter(member__in=listed)
    enrolled = _enrolled(cohort).filter(member__in=listed)
    return {*asked.values_list("member", flat=True), *enrolled.values_list("member", flat=True)}


def find_people(words: Iterable[str]) -> dict[str, list[Member]]:
    """For each address, number or whole name: the available people that it means."""
    listed = [word for word in words if word]
    small = {word.lower() for word in listed}
    found = available_people().annotate(small_name=Lower("name"), small_email=Lower("email"))
    wanted = Q(small_email__in=small) | Q(small_name__in=small)
    wanted |= Q(employee_number__in=listed)
    people = list(found.filter(wanted).select_related("user"))
    return {
        word: [
            each
            for each in people
            if word.lower() in (each.email.lower(), each.name.lower())
            or word == each.employee_number
        ]
        for word in listed
    }


def sponsored_cohorts_of(member: Member) -> CohortQuerySet:
    """The cohorts into which a member may invite people by name: as sponsor or as admin."""
    cohorts = Cohort.objects.select_related("program__sponsor")
    if member.may(Permission.COHORT_MANAGE):
        own = manageable_cohorts_of(member).values("pk")
        return cohorts.filter(Q(program__sponsor=member) | Q(pk__in=own))
    return cohorts.filter(program__sponsor=member)


def sponsored_by(member: Member) -> CohortQuerySet:
    """The cohorts that are not over of programs that the member sponsors."""
    cohorts = Cohort.objects.filter(program__sponsor=member, program__archived_at=None)
    found = cohorts.exclude(state=CohortState.CLOSED).select_related("program")
    return found.order_by("-starts_on", "pk")


def sent_personally(member: Member, cohort: Cohort) -> CohortInvitationQuerySet:
    """Whom the member has invited in the own name. What they answered is for the admins."""
    own = CohortInvitation.objects.filter(cohort=cohort, invited_by=member, is_personal=True)
    return own.select_related("member").order_by("-invited_at", "member__sort_name")


def own_invitations(member: Member, cohort_id: UUID) -> CohortInvitationQuerySet:
    """What the member was asked by a cohort, unless it is over."""
    invitations = CohortInvitation.objects.filter(member=member, cohort=cohort_id, ended_at=None)
    return with_answers(invitations.select_related("cohort__program", "invited_by"))


def is_inviting(cohort: Cohort, *, today: date) -> bool:
    """Whether people can still be asked: enrollment is open, or opens on a day to come."""
    closes = cohort.enrollment_closes_on
    return cohort.state == CohortState.ENROLLING and (closes is None or today <= closes)


def first_morning(cohort: Cohort, *, today: date) -> date | None:
    """The day on whose morning invitations leave; None when they leave at once.

    It is the day that enrollment opens, or the first one after it on which people may be written
    to; when there is none before enrollment closes, the opening day all the same.
    """
    opens = cohort.enrollment_opens_on
    return _written_to_on(cohort, opens) if opens and opens > today else None


def next_morning(cohort: Cohort, *, today: date) -> date:
    """The same for invitations that wait already: nobody sends them by hand, so free days count."""
    return _written_to_on(cohort, max(cohort.enrollment_opens_on or today, today))


def _written_to_on(cohort: Cohort, day: date) -> date:
    """The day itself, or a later one that is no free day, as long as people can still answer."""
    closes = cohort.enrollment_closes_on
    found = working_hours().sending.on_or_after(day)
    return day if closes and found > closes else found


def _asked(cohort: Cohort, side: Side) -> QuerySet[CohortInvitation, Any]:
    return (
        CohortInvitation.objects.filter(cohort=cohort, side=side, ended_at=None)
        .order_by()
        .values("member")
    )


def _enrolled(cohort: Cohort) -> QuerySet[Participant, Any]:
    begun = Participant.objects.filter(cohort=cohort).exclude(state=ParticipantState.WITHDRAWN)
    return begun.order_by().values("member")
