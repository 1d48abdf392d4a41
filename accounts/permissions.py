"""What each role may do. Roles are data in code: a change is reviewed like code."""

from collections.abc import Iterable
from enum import StrEnum

from accounts.enums import Reach, Role


class Permission(StrEnum):
    """Something a member may be allowed to do in an organization."""

    ORGANIZATION_VIEW = "organization.view"
    ORGANIZATION_EDIT = "organization.edit"
    PEOPLE_VIEW = "people.view"
    PEOPLE_EDIT = "people.edit"
    PEOPLE_INVITE = "people.invite"
    PEOPLE_IMPORT = "people.import"
    CHART_EDIT = "chart.edit"
    ROLES_EDIT = "roles.edit"
    PROGRAM_VIEW = "program.view"
    PROGRAM_CREATE = "program.create"
    PROGRAM_EDIT = "program.edit"
    TOPICS_EDIT = "topics.edit"
    COHORT_MANAGE = "cohort.manage"
    TAKE_PART = "take.part"
    AUDIT_VIEW = "audit.view"
    MESSAGES_VIEW = "messages.view"
    MESSAGES_RESEND = "messages.resend"
    REPORTS_VIEW = "reports.view"
    REPORTS_EXPORT = "reports.export"


EVERY_MEMBER = frozenset({Permission.ORGANIZATION_VIEW, Permission.TAKE_PART})
OF_NAMED_PROGRAMS = frozenset(
    {
        Permission.PEOPLE_VIEW,
        Permission.PEOPLE_INVITE,
        Permission.PROGRAM_VIEW,
        Permission.PROGRAM_EDIT,
        Permission.COHORT_MANAGE,
        Permission.REPORTS_VIEW,
        Permission.REPORTS_EXPORT,
    }
)
OF_ANALYSTS = frozenset(
    {Permission.PROGRAM_VIEW, Permission.REPORTS_VIEW, Permission.REPORTS_EXPORT}
)
OF_ALL_PROGRAMS = OF_NAMED_PROGRAMS | {
    Permission.PROGRAM_CREATE,
    Permission.PEOPLE_IMPORT,
    Permission.CHART_EDIT,
    Permission.TOPICS_EDIT,
    Permission.MESSAGES_VIEW,
    Permission.MESSAGES_RESEND,
}
BY_ROLE: dict[tuple[str, str], frozenset[Permission]] = {
    (Role.OWNER, Reach.ORGANIZATION): frozenset(Permission),
    (Role.OWNER, Reach.PROGRAMS): frozenset(Permission),
    (Role.PROGRAM_ADMIN, Reach.ORGANIZATION): OF_ALL_PROGRAMS,
    (Role.PROGRAM_ADMIN, Reach.PROGRAMS): OF_NAMED_PROGRAMS,
    (Role.HR_ANALYST, Reach.ORGANIZATION): OF_ANALYSTS,
    (Role.HR_ANALYST, Reach.PROGRAMS): OF_ANALYSTS,
}


def permissions_of(roles: Iterable[str], reach: str) -> frozenset[Permission]:
    """Everything that a member with these roles may do.

    ``reach`` narrows program admins only: which programs a narrowed one sees is up to the
    queries, but what concerns the organization as a whole is left to the others.
    """
    return EVERY_MEMBER.union(*(BY_ROLE.get((role, reach), frozenset()) for role in roles))
