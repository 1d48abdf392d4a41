"""Who runs which program. The rule for one is the rule for many, in two queries."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q

from accounts.enums import Reach, Role
from accounts.models import Member
from accounts.models.member import MemberQuerySet
from programs.enums import CohortState
from programs.models import Cohort, ProgramReach

AT_REST = (CohortState.DRAFT, CohortState.CLOSED)
MAY_RUN = Q(roles__contains=[Role.OWNER]) | Q(roles__contains=[Role.PROGRAM_ADMIN])


def who_may_run() -> MemberQuerySet:
    """Everybody whose role could make them run a cohort, whether or not there is one."""
    return Member.objects.joined().filter(MAY_RUN).order_by("pk")


def runners_of(programs: Collection[UUID]) -> dict[UUID, list[Member]]:
    """Those who run each of the programs: its admins, else the owners of the organization.

    Who is responsible for one by name comes instead of those who run everything.
    """
    people = list(who_may_run().select_related("user", "location"))
    named = set(ProgramReach.objects.filter(program__in=programs).values_list("program", "member"))
    return {program: _runners(program, people, named) for program in programs}


def _runners(
    program: UUID, people: Iterable[Member], named: Collection[tuple[UUID, UUID]]
) -> list[Member]:
    admins = [each for each in people if Role.PROGRAM_ADMIN in each.roles]
    return (
        [each for each in admins if each.reach == Reach.PROGRAMS and (program, each.pk) in named]
        or [each for each in admins if each.reach == Reach.ORGANIZATION]
        or [each for each in people if Role.OWNER in each.roles]
    )


def cohorts_on_their_way() -> list[Cohort]:
    """All cohorts between draft and closed, with their programs; by name."""
    rows = Cohort.objects.filter(program__archived_at=None).exclude(state__in=AT_REST)
    return list(rows.select_related("program").order_by("program__name", "starts_on", "name", "pk"))


def at_work_on() -> tuple[list[Cohort], dict[UUID, list[Member]]]:
    """Cohorts on their way, and who runs the program of each and is not on leave.

    Three queries.
    """
    cohorts = cohorts_on_their_way()
    found = runners_of({each.program_id for each in cohorts})
    return cohorts, {
        program: [each for each in people if not each.on_leave] for program, people in found.items()
    }
