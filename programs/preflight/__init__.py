"""What a cohort still lacks before people may enroll, and why it matters."""

from collections.abc import Iterable
from datetime import date

from accounts.models import Member
from programs.models import Cohort
from programs.preflight.case import Case, Check, Severity, linked
from programs.preflight.dates import DATES
from programs.preflight.people import PEOPLE
from programs.preflight.program import PROGRAM
from programs.queries.launch import launch_of

__all__ = ["Check", "Severity", "errors_in", "hints_in", "preflight_of"]

LOOKS = (*PROGRAM, *PEOPLE, *DATES)


def preflight_of(cohort: Cohort, *, member: Member, today: date) -> list[Check]:
    """Every check of a cohort, in the order of the work, with links that the member may use."""
    case = Case(launch_of(cohort), today, member.organization)
    return [linked(look(case), member) for look in LOOKS]


def errors_in(checks: Iterable[Check]) -> list[Check]:
    """The checks that block the opening of enrollment."""
    return [check for check in checks if check.severity == Severity.ERROR]


def hints_in(checks: Iterable[Check]) -> list[Check]:
    """The checks that are worth a look."""
    return [check for check in checks if check.severity == Severity.HINT]
