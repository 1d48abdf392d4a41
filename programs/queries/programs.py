"""What programs answer. Every question starts with the member who asks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import Reach, Role
from accounts.models import Grade, Member
from accounts.permissions import Permission
from accounts.queries import people_of
from programs.models import Program, ProgramQuerySet
from programs.words import Level

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

MISSING: "dict[str, tuple[Text, str]]" = {
    "purpose": (
        _("There is no purpose yet. People read it before they decide to join."),
        "program_edit",
    ),
    "sponsor": (
        _("There is no sponsor yet. Without somebody at the top, leaders do not find the time."),
        "program_sponsor",
    ),
    "sponsor_left": (
        _("The sponsor is not with the organization any more. Choose another."),
        "program_sponsor",
    ),
    "measures": (
        _("No outcome measure is written down. Nobody will know afterwards whether it helped."),
        "program_sponsor",
    ),
    "contact": (
        _("There is no contact for concerns. People must know whom to turn to."),
        "program_sponsor",
    ),
    "contact_left": (
        _("The contact for concerns is not with the organization any more. Choose another."),
        "program_sponsor",
    ),
    "agreement": (
        _("There is no agreement. The limits of confidentiality come before the first note."),
        "program_agreement",
    ),
}


def programs_of(member: Member) -> ProgramQuerySet:
    """The programs that a member may look at.

    HR analysts see all of them, also when they are program admins of a few.
    """
    if not member.may(Permission.PROGRAM_VIEW):
        return Program.objects.none()
    if Role.HR_ANALYST in member.roles:
        return Program.objects.by_name()
    return _reached_by(member)


def sees_every_program(member: Member) -> bool:
    """Whether nothing narrows which programs the member may look at."""
    return Role.HR_ANALYST in member.roles or not _is_narrowed(member)


def listed_programs_of(member: Member) -> ProgramQuerySet:
    """The programs that a member may look at, with their sponsors and how many cohorts."""
    return programs_of(member).select_related("sponsor").with_cohort_counts()


def whole_programs_of(member: Member) -> ProgramQuerySet:
    """The programs that a member may look at, with the people whom their settings name."""
    return programs_of(member).with_people()


def editable_programs_of(member: Member) -> ProgramQuerySet:
    """The programs that a member may change, with the people whom their settings name."""
    if not member.may(Permission.PROGRAM_EDIT):
        return Program.objects.none()
    return _reached_by(member).with_people()


def reach_of(member: Member) -> QuerySet[Program]:
    """The programs named for a narrowed program admin, by name."""
    return Program.objects.named_for(member).by_name()


def has_any() -> bool:
    """Whether the organization has a program, archived or not."""
    return Program.objects.exists()


def narrowed_admins_of(member: Member) -> QuerySet[Member]:
    """The program admins among a member's people who are responsible for named programs."""
    return people_of(member).with_role(Role.PROGRAM_ADMIN).filter(reach=Reach.PROGRAMS)


def levels() -> list[Level]:
    """The organization's grades, from junior to senior."""
    return [Level(each.name, each.rank) for each in Grade.objects.from_junior_to_senior()]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something without which no cohort starts: what and why, and the page that mends it."""

    code: str
    text: "Text"
    view: str


def missing_for_launch(program: Program) -> list[Missing]:
    """What a program lacks before people can be asked to join; empty when it is complete."""
    contact, sponsor = program.concern_contact, program.sponsor
    checks = (
        ("purpose", bool(program.purpose)),
        ("sponsor", sponsor is not None),
        ("sponsor_left", sponsor is None or sponsor.deactivated_at is None),
        ("measures", bool(program.outcome_measures)),
        ("contact", contact is not None),
        ("contact_left", contact is None or contact.deactivated_at is None),
        ("agreement", bool(program.agreement)),
    )
    return [Missing(code, *MISSING[code]) for code, is_there in checks if not is_there]


def _reached_by(member: Member) -> ProgramQuerySet:
    programs = Program.objects.by_name()
    return programs.named_for(member) if _is_narrowed(member) else programs


def _is_narrowed(member: Member) -> bool:
    return member.reach == Reach.PROGRAMS and Role.OWNER not in member.roles
