"""What an organization has written down about itself."""

from django.db.models import QuerySet

from accounts.models import AuditEvent, Logo, Member, Organization
from accounts.permissions import Permission


def audit_of(member: Member) -> QuerySet[AuditEvent]:
    """The organization's business events, for members who may read the audit log."""
    events = AuditEvent.objects.all()
    return events if member.may(Permission.AUDIT_VIEW) else events.none()


def logo_with(digest: str) -> Logo | None:
    """The organization's logo, if it is the picture with this digest."""
    return Logo.objects.filter(digest=digest).first()


def own_look() -> tuple[Organization, Logo | None]:
    """The organization in scope and its logo."""
    return Organization.objects.get(), Logo.objects.first()
