"""What programs answer. Every question starts with the member who asks."""

from django.db.models import QuerySet

from accounts.enums import Reach, Role
from accounts.models import Member
from accounts.permissions import Permission
from accounts.queries import people_of
from programs.models import Program, ProgramQuerySet


def programs_of(member: Member) -> ProgramQuerySet:
    """The programs that a member may look at.

    HR analysts see all of them, also when they are program admins of a few.
    """
    if not member.may(Permission.PROGRAM_VIEW):
        return Program.objects.none()
    if Role.HR_ANALYST in member.roles:
        return Program.objects.by_name()
    return _reached_by(member)


def editable_programs_of(member: Member) -> ProgramQuerySet:
    """The programs that a member may change."""
    return _reached_by(member) if member.may(Permission.PROGRAM_EDIT) else Program.objects.none()


def reach_of(member: Member) -> QuerySet[Program]:
    """The programs named for a narrowed program admin, by name."""
    return Program.objects.named_for(member).by_name()


def has_any() -> bool:
    """Whether the organization has a program, archived or not."""
    return Program.objects.exists()


def narrowed_admins_of(member: Member) -> QuerySet[Member]:
    """The program admins among a member's people who are responsible for named programs."""
    return people_of(member).with_role(Role.PROGRAM_ADMIN).filter(reach=Reach.PROGRAMS)


def _reached_by(member: Member) -> ProgramQuerySet:
    is_narrowed = member.reach == Reach.PROGRAMS and Role.OWNER not in member.roles
    programs = Program.objects.by_name()
    return programs.named_for(member) if is_narrowed else programs
