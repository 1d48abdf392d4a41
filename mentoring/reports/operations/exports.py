"""Asking for an export, giving it up, and fetching it. Workers do the rest."""

from datetime import date, datetime

from django.db import transaction

from accounts.events import record
from accounts.models import Member
from accounts.reaching import language_of
from mentoring.lib.clock import Clock
from mentoring.lib.version import VERSION
from mentoring.reports.enums import UNFINISHED, Action, ExportState
from mentoring.reports.exporting.ends import end
from mentoring.reports.exporting.facts import facts_of, subject_of
from mentoring.reports.exporting.looking import look
from mentoring.reports.exporting.orders import Order
from mentoring.reports.exporting.scope import scope_for
from mentoring.reports.exporting.work import EXPORTS
from mentoring.reports.models import Export

# What takes a second or two is made while the person waits.
SMALL = 2_000
# Unfinished ones of one person, so that nobody fills the queue of all.
MOST_WAITING = 3


class TooManyWaiting(Exception):
    """Several exports of the person are not finished yet; these come first."""


@transaction.atomic
def request(*, order: Order, as_of: date, member: Member, clock: Clock) -> Export:
    """Ask for an export. A small one is made at once, a large one by a worker.

    The same wish again, while it is not finished, is the same export. Raises NothingChosen,
    NamesPeople, NotAllowed, NoSnapshot or TooManyWaiting.
    """
    now = clock()
    order.check(member)
    Member.objects.select_for_update().get(pk=member.pk)
    wanted = {**order.as_fields(), "as_of": as_of}
    waiting = Export.objects.unfinished().filter(requested_by=member)
    if same := waiting.filter(**wanted).first():
        return same
    if waiting.count() >= MOST_WAITING:
        raise TooManyWaiting
    scope = scope_for(
        member, as_of=as_of, filters=wanted["filters"], is_pseudonymous=order.is_pseudonymous
    )
    estimate = sum(each.count(scope, SMALL + 1) for each in order.chosen)
    export: Export = Export.objects.create(
        **wanted,
        version=VERSION,
        language=language_of(member, scope.organization),
        requested_by=member,
        requested_at=now,
        estimate=estimate,
        look_at=now,
    )
    _record(Action.EXPORT_REQUESTED, export, member)
    if estimate > SMALL:
        EXPORTS.ask_after_commit(export.organization_id, export.pk)
        return export
    look(export_id=export.pk, clock=clock, tells=False)
    return Export.objects.select_related("requested_by").get(pk=export.pk)


@transaction.atomic
def cancel(*, export: Export, actor: Member, now: datetime) -> Export:
    """Give the export up; the worker that is at it notices within seconds. Twice is once.

    One that has ended stays as it is.
    """
    found: Export = Export.objects.select_for_update().get(pk=export.pk)
    if found.state in UNFINISHED:
        end(found, ExportState.CANCELED, now=now)
        _record(Action.EXPORT_CANCELED, found, actor)
    return found


@transaction.atomic
def note_download(*, export: Export, actor: Member) -> None:
    """Write down who has fetched the file."""
    _record(Action.EXPORT_DOWNLOADED, export, actor)


def _record(action: Action, export: Export, actor: Member) -> None:
    record(
        actor=actor,
        action=action,
        subject_id=export.pk,
        subject_name=subject_of(export),
        details=facts_of(export),
    )
