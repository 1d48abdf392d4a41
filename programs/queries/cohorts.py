"""Cohorts that a member may look at or run."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Member
from accounts.permissions import Permission
from mentoring.lib.sorting import SortKey
from programs.enums import CohortState, ParticipantState
from programs.models import Cohort, Participant, Program
from programs.models.cohort import CohortQuerySet
from programs.queries.programs import editable_programs_of, programs_of


def cohorts_of(member: Member) -> CohortQuerySet:
    """The cohorts whose program the member may look at, with the program."""
    return _all().filter(program__in=programs_of(member))


def manageable_cohorts_of(member: Member) -> CohortQuerySet:
    """The cohorts that the member may run, with the program."""
    if not member.may(Permission.COHORT_MANAGE):
        return Cohort.objects.none()
    return _all().filter(program__in=editable_programs_of(member))


def whole(cohorts: CohortQuerySet) -> CohortQuerySet:
    """The cohorts with what their overview and preflight look at."""
    people = cohorts.select_related("program__sponsor", "program__concern_contact")
    return people.prefetch_related("eligibilities")


def for_the_list(cohorts: CohortQuerySet) -> CohortQuerySet:
    """The cohorts with ``enrolled``, how many have sent their enrollment and are not out."""
    own = Participant.objects.filter(cohort=OuterRef("pk")).enrolled().order_by()
    counted = own.values("cohort").annotate(count=Count("pk")).values("count")
    return cohorts.annotate(
        enrolled=Coalesce(Subquery(counted), 0),
        sort_name=SortKey("name"),
        program_name=SortKey("program__name"),
    )


def names_in(program: Program) -> set[str]:
    """The names that the program's cohorts have, in small letters."""
    names = Cohort.objects.filter(program=program).values_list("name", flat=True)
    return {name.lower() for name in names}


def most_approved(cohort: Cohort) -> int:
    """How many are approved on the side that has more of them."""
    approved = Participant.objects.filter(cohort=cohort, state=ParticipantState.APPROVED)
    counts = approved.values("side").annotate(count=Count("pk")).values_list("count", flat=True)
    return max(counts, default=0)


def is_untouched(cohort: Cohort) -> bool:
    """Whether a draft can be deleted: nobody was asked, told or has begun."""
    touched = Participant.objects.filter(cohort=cohort), cohort.invitations, cohort.announcements
    return cohort.state == CohortState.DRAFT and not any(rows.exists() for rows in touched)


def has_opened_any() -> bool:
    """Whether enrollment was ever opened for a cohort of the organization."""
    return Cohort.objects.exclude(state=CohortState.DRAFT).exists()


def _all() -> CohortQuerySet:
    return Cohort.objects.select_related("program")
