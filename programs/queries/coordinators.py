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


def rungs_of(programs: Collection[UUID]) -> dict[UUID, list[list[Member]]]:
    """Who is to be asked about each of the programs, first those who come first.

    Who is responsible for it by name, then the admins who run everything, then the owners.
    """
    people = list(who_may_run().select_related("user", "location"))
    named = set(ProgramReach.objects.filter(program__in=programs).values_list("program", "member"))
    return {program: _rungs(program, people, named) for program in programs}


def runners_of(programs: Collection[UUID]) -> dict[UUID, list[Member]]:
    """Those who run each of the programs now: the first rung with somebody who is not on leave."""
    return {program: _first(map(_there, rungs)) for program, rungs in rungs_of(programs).items()}


def to_ask(rungs: Iterable[Iterable[Member]], *, without: Collection[UUID]) -> list[Member]:
    """Whom to ask for help: the first who are there, and not one of ``without``.

    When all of them are on leave, those whom one would ask otherwise: a request reaches somebody.
    """
    free = [[each for each in rung if each.pk not in without] for rung in rungs]
    return _first(map(_there, free)) or _first(free)


def _rungs(
    program: UUID, people: Iterable[Member], named: Collection[tuple[UUID, UUID]]
) -> list[list[Member]]:
    admins = [each for each in people if Role.PROGRAM_ADMIN in each.roles]
    return [
        [each for each in admins if each.reach == Reach.PROGRAMS and (program, each.pk) in named],
        [each for each in admins if each.reach == Reach.ORGANIZATION],
        [each for each in people if Role.OWNER in each.roles],
    ]


def _there(people: Iterable[Member]) -> list[Member]:
    return [each for each in people if not each.on_leave]


def _first(rungs: Iterable[list[Member]]) -> list[Member]:
    return next(filter(None, rungs), [])


def cohorts_on_their_way() -> list[Cohort]:
    """All cohorts between draft and closed, with their programs; by name."""
    rows = Cohort.objects.filter(program__archived_at=None).exclude(state__in=AT_REST)
    return list(rows.select_related("program").order_by("program__name", "starts_on", "name", "pk"))


def at_work_on() -> tuple[list[Cohort], dict[UUID, list[Member]]]:
    """Cohorts on their way, and who runs the program of each. Three queries."""
    cohorts = cohorts_on_their_way()
    return cohorts, runners_of({each.program_id for each in cohorts})
