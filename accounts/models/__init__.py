"""People who sign in, the organizations they belong to, and what happened there."""

from accounts.models.audit import AuditEvent
from accounts.models.career import CareerStep
from accounts.models.chart import Department, Grade, Location
from accounts.models.invitation import Invitation
from accounts.models.member import Member
from accounts.models.organization import Holiday, Logo, Organization
from accounts.models.roster import ColumnChoice, ImportFile, ImportLine, PeopleImport
from accounts.models.user import User

__all__ = [
    "AuditEvent",
    "CareerStep",
    "ColumnChoice",
    "Department",
    "Grade",
    "Holiday",
    "ImportFile",
    "ImportLine",
    "Invitation",
    "Location",
    "Logo",
    "Member",
    "Organization",
    "PeopleImport",
    "User",
]
