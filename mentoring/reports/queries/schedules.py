"""Monthly exports, and who may get one."""

from django.db.models import Prefetch, QuerySet

from accounts.enums import Role
from accounts.models import Member
from accounts.permissions import Permission
from mentoring.reports.models import ExportSchedule, ScheduleRecipient


def schedules_of(member: Member) -> QuerySet[ExportSchedule]:
    """Those that the member has set up, with whom they are for; owners answer for all."""
    people = ScheduleRecipient.objects.select_related("member").order_by("member__sort_name", "pk")
    rows = ExportSchedule.objects.select_related("created_by").prefetch_related(
        Prefetch("recipients", people)
    )
    if not member.may(Permission.REPORTS_EXPORT):
        return rows.none()
    return rows if Role.OWNER in member.roles else rows.filter(created_by=member)


def analysts() -> list[Member]:
    """Everybody who is there and may export, by name."""
    rows = Member.objects.joined().exclude(roles=[]).by_name()
    return [each for each in rows.select_related("user") if each.may(Permission.REPORTS_EXPORT)]
