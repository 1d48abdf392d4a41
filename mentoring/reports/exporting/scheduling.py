"""Making the monthly exports, once for each schedule, month end and person."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.events import record
from accounts.models import Member, Organization
from accounts.reaching import language_of
from mentoring.lib.clock import end_of, zone_named
from mentoring.lib.version import VERSION
from mentoring.reports.enums import Action
from mentoring.reports.exporting.facts import facts_of, subject_of
from mentoring.reports.exporting.orders import NamesPeople, NothingChosen, Order, order_of
from mentoring.reports.exporting.scope import NotAllowed
from mentoring.reports.exporting.work import EXPORTS
from mentoring.reports.models import Export, ExportSchedule, ScheduleRecipient, Snapshot


@transaction.atomic
def plan_scheduled(snapshot_id: UUID, *, now: datetime) -> int:
    """Ask for what is wanted of a month's last day; return how many exports were new.

    Call it in the organization's scope once the snapshot is taken; twice is once. Months that
    were over before somebody set the schedule up are not caught up on, and whoever may not see
    the tables any more gets nothing.
    """
    snapshot = Snapshot.objects.filter(pk=snapshot_id, is_month_end=True).first()
    if not snapshot:
        return 0
    organization = Organization.objects.get()
    over_at = end_of(snapshot.as_of, zone_named(organization.time_zone))
    schedules = ExportSchedule.objects.filter(paused_at=None, created_at__lt=over_at)
    recipients = ScheduleRecipient.objects.filter(schedule__in=schedules)
    rows = recipients.select_related("schedule", "member__user").order_by("schedule", "member")
    return sum(_plan(each, snapshot, organization, now=now) for each in rows)


def _plan(
    recipient: ScheduleRecipient, snapshot: Snapshot, organization: Organization, *, now: datetime
) -> bool:
    """Whether there was none yet for this person."""
    schedule, member = recipient.schedule, recipient.member
    order = order_of(schedule)
    if not may_have(member, order):
        return False
    export, is_new = Export.objects.get_or_create(
        schedule=schedule,
        as_of=snapshot.as_of,
        requested_by=member,
        defaults={
            **order.as_fields(),
            "version": VERSION,
            "language": language_of(member, organization),
            "requested_at": now,
            "look_at": now,
        },
    )
    if is_new:
        record(
            actor=None,
            action=Action.EXPORT_SCHEDULED,
            subject_id=export.pk,
            subject_name=subject_of(export),
            details={**facts_of(export), "export_recipients": str(member)},
        )
        EXPORTS.ask_after_commit(organization.pk, export.pk)
    return bool(is_new)


def may_have(member: Member, order: Order) -> bool:
    """Whether the person is there and may see these tables."""
    if member.deactivated_at:
        return False
    try:
        order.check(member)
    except (NotAllowed, NothingChosen, NamesPeople):
        return False
    return True
