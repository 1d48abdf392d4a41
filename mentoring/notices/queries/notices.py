"""What the bell says. Every question starts with the member who looks."""

from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Member
from mentoring.notices.models import Notice

MANY = 99


def notices_of(member: Member) -> QuerySet[Notice]:
    """Everything behind the member's bell, newest first."""
    found: QuerySet[Notice] = Notice.objects.filter(member=member).latest_first()
    return found


def unread_count(member_id: UUID) -> int:
    """How many are new; counts no further than one more than `MANY`."""
    return Notice.objects.filter(member=member_id).unread().order_by()[: MANY + 1].count()
