"""Setting up exports that come every month. Workers make them after the month's last day."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.events import record
from accounts.models import Member
from mentoring.reports.enums import Action
from mentoring.reports.exporting.facts import facts_of, subject_of
from mentoring.reports.exporting.orders import Order
from mentoring.reports.exporting.scheduling import may_have
from mentoring.reports.models import ExportSchedule, ScheduleRecipient


class NobodyNamed(Exception):
    """A monthly export without anybody to get it."""


class MayNotHave(Exception):
    """Some of the people may not see all of the tables; ``members`` says who."""

    def __init__(self, members: Sequence[Member]) -> None:
        super().__init__(len(members))
        self.members = members


@transaction.atomic
def create(
    *, order: Order, recipients: Sequence[Member], actor: Member, now: datetime
) -> ExportSchedule:
    """Have an export made every month.

    Raises NobodyNamed, MayNotHave, or what `Order.check` does.
    """
    _check(order, recipients, actor)
    schedule: ExportSchedule = ExportSchedule.objects.create(
        **order.as_fields(), created_by=actor, created_at=now
    )
    _name(schedule, recipients)
    _record(Action.SCHEDULE_CREATED, schedule, actor, recipients)
    return schedule


@transaction.atomic
def change(
    *, schedule: ExportSchedule, order: Order, recipients: Sequence[Member], actor: Member
) -> ExportSchedule:
    """Have another export made, or for others, from the next month on. Raises like `create`."""
    _check(order, recipients, actor)
    found = _locked(schedule)
    for name, value in order.as_fields().items():
        setattr(found, name, value)
    found.save()
    _name(found, recipients)
    _record(Action.SCHEDULE_CHANGED, found, actor, recipients)
    return found


@transaction.atomic
def pause(*, schedule: ExportSchedule, actor: Member, now: datetime) -> ExportSchedule:
    """Let no more be made until somebody lets it go on. Twice is once."""
    found = _locked(schedule)
    if found.paused_at is None:
        found.paused_at = now
        found.save(update_fields=["paused_at"])
        _record(Action.SCHEDULE_PAUSED, found, actor)
    return found


@transaction.atomic
def resume(*, schedule: ExportSchedule, actor: Member) -> ExportSchedule:
    """Let it go on with the next month. Twice is once."""
    found = _locked(schedule)
    if found.paused_at is not None:
        found.paused_at = None
        found.save(update_fields=["paused_at"])
        _record(Action.SCHEDULE_RESUMED, found, actor)
    return found


@transaction.atomic
def delete(*, schedule: ExportSchedule, actor: Member) -> None:
    """Let it end; exports that were made stay as long as they do anyway."""
    found = _locked(schedule)
    _record(Action.SCHEDULE_DELETED, found, actor)
    found.delete()


def _check(order: Order, recipients: Sequence[Member], actor: Member) -> None:
    order.check(actor)
    if not recipients:
        raise NobodyNamed
    if strangers := [each for each in recipients if not may_have(each, order)]:
        raise MayNotHave(strangers)


def _locked(schedule: ExportSchedule) -> ExportSchedule:
    found: ExportSchedule = ExportSchedule.objects.select_for_update().get(pk=schedule.pk)
    return found


def _name(schedule: ExportSchedule, recipients: Sequence[Member]) -> None:
    rows = ScheduleRecipient.objects.filter(schedule=schedule)
    rows.exclude(member__in=recipients).delete()
    ScheduleRecipient.objects.bulk_create(
        [ScheduleRecipient(schedule=schedule, member=each) for each in recipients],
        ignore_conflicts=True,
    )


def _record(
    action: Action, schedule: ExportSchedule, actor: Member, recipients: Sequence[Member] = ()
) -> None:
    named = {"export_recipients": ", ".join(sorted(str(each) for each in recipients))}
    record(
        actor=actor,
        action=action,
        subject_id=schedule.pk,
        subject_name=subject_of(schedule),
        details={**facts_of(schedule), **(named if recipients else {})},
    )
