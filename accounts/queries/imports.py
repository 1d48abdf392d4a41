"""Lists of people that an organization has handed in."""

from django.db.models import QuerySet

from accounts.enums import ImportState, LineKind
from accounts.importing.work import IMPORTS
from accounts.models import ImportLine, Member, PeopleImport
from accounts.permissions import Permission


def imports_of(member: Member) -> QuerySet[PeopleImport]:
    """The organization's imports, for members who may import."""
    imports = PeopleImport.objects.select_related("uploaded_by", "started_by")
    return imports if member.may(Permission.PEOPLE_IMPORT) else imports.none()


def lines_of(member: Member, people_import: PeopleImport) -> QuerySet[ImportLine]:
    """What becomes of each person, in the order of the list."""
    lines = ImportLine.objects.filter(people_import=people_import).order_by("number", "name", "pk")
    return lines if member.may(Permission.PEOPLE_IMPORT) else lines.none()


def first_kind(people_import: PeopleImport) -> LineKind:
    """The kind of lines to look at first: errors, else the first that there are any of."""
    found = [kind for kind in LineKind if people_import.totals.get(kind)]
    return found[0] if found else LineKind.NEW


def percent_of(people_import: PeopleImport) -> int:
    """How far the worker has come."""
    is_waiting = people_import.state == ImportState.QUEUED
    return 0 if is_waiting else IMPORTS.noted(people_import.pk)[0]
