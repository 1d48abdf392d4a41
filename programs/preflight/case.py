"""What checks are made of. A check is a plain function of the facts: it asks for nothing."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse

from accounts.models import Member, Organization
from accounts.permissions import Permission
from accounts.terms import Form, Term, word_for
from programs.enums import Side
from programs.queries.launch import Launch

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


class Severity(StrEnum):
    """Whether something blocks, is for the admin to weigh, or is as it should be."""

    ERROR = "error"
    HINT = "hint"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Fix:
    """Where something is mended, and who may. ``query`` tells that page where to lead back."""

    label: "Text"
    view: str
    permission: Permission
    args: tuple[Any, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. ``url`` is empty when the reader may not mend it."""

    key: str
    title: str
    reason: str
    severity: Severity
    fix: Fix | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What every check gets: the facts, the day, and the organization with its words."""

    launch: Launch
    today: date
    organization: Organization

    def people_called(self, side: Side) -> str:
        """The organization's word for the people of a side."""
        return word_for(self.organization.terms, Term(side.value), Form.MANY)

    def in_program(self, label: "Text", view: str = "program_edit") -> Fix:
        """A page of the program's settings that leads back to this cohort's preflight."""
        program, cohort = self.launch.program.pk, self.launch.cohort.pk
        return Fix(label, view, Permission.PROGRAM_EDIT, (program,), f"?cohort={cohort}")

    def in_cohort(self, label: "Text", view: str = "cohort_edit") -> Fix:
        return Fix(label, view, Permission.COHORT_MANAGE, (self.launch.cohort.pk,))


def judged(*, error: bool = False, hint: bool = False) -> Severity:
    """The worse of the two that is true."""
    return Severity.ERROR if error else Severity.HINT if hint else Severity.FINE


def linked(check: Check, member: Member) -> Check:
    """The check with the address of its fix, if there is something to mend and they may."""
    fix = check.fix
    if fix is None or check.severity == Severity.FINE or not member.may(fix.permission):
        return check
    try:
        url = reverse(fix.view, args=[member.organization.slug, *fix.args])
    except NoReverseMatch:
        return check
    return replace(check, url=url + fix.query)
