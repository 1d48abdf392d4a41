"""The mails that say that an export has ended: where it is, and never what is in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.permissions import Permission
from accounts.reaching import language_of
from mentoring.outbox.enums import Group, Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, MailKind, register
from mentoring.reports.enums import ExportState
from mentoring.reports.exporting.facts import subject_of
from mentoring.reports.exporting.telling import MONTHLY, READY
from mentoring.reports.models import Export
from programs.post import absolute, letter_to

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

WHERE = ("requested_by__user", "requested_by__location", "organization")


def _unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Wanted while it has ended as it was told, and the person may have it."""
    rows = Export.objects.select_related(*WHERE)
    found = rows.in_bulk([each.subject_id for each in messages])
    for each in messages:
        each.subject = found.get(each.subject_id)
    return {each.pk: Reason.WITHDRAWN for each in messages if not _waits(each)}


def _waits(message: Message) -> bool:
    export = message.subject
    return (
        isinstance(export, Export)
        and export.state == message.occurrence
        and not export.requested_by.deactivated_at
        and export.requested_by.may(Permission.REPORTS_EXPORT)
    )


def _write(message: Message, now: datetime) -> Letter:
    """What `_unwanted` has just read."""
    export = message.subject
    organization, member = export.organization, export.requested_by
    page = reverse("export", args=[organization.slug, export.pk])
    with override(language_of(member, organization)):
        tables = subject_of(export)
    context = {
        "tables": tables,
        "as_of": export.as_of,
        "purpose": export.purpose,
        "is_ready": export.state == ExportState.DONE,
        "is_scheduled": export.schedule_id is not None,
        "expires_at": export.expires_at,
        "url": absolute(page),
    }
    return letter_to(member, organization, context)


def _register(name: str, label: "Text", *, is_essential: bool) -> None:
    register(
        MailKind(
            name=name,
            label=label,
            template="mail/export_ready",
            group=Group.EXPORTS,
            is_essential=is_essential,
            unwanted=_unwanted,
            write=_write,
            is_repeatable=True,
        )
    )


# Somebody waits for the first; the other comes every month, until they turn it off.
_register(READY, _("Export ready"), is_essential=True)
_register(MONTHLY, _("Monthly export ready"), is_essential=False)
