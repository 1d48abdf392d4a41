"""The summary: one mail that says what others would have said, without their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.reaching import address_of, language_of, zone_name_of
from mentoring.notices.enums import DIGEST, Way
from mentoring.notices.models import DigestEntry
from mentoring.notices.operations.digests import mark_sent, take
from mentoring.notices.queries.settings import member_behind, turned_off_by
from mentoring.notices.ringing import line_in
from mentoring.outbox.enums import Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, Line, MailKind, mail_kind, register
from mentoring.outbox.texts import Texts, current_texts
from mentoring.outbox.wording import NAME, ORGANIZATION, Values, Wording, variable

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Summary:
    """What is in a summary; entries that nobody wants any more are not among the lines."""

    member: Member | None
    entries: list[DigestEntry]
    lines: list[Line]


def _summary(message: Message, *, now: datetime) -> Summary:
    member = member_behind(message.subject_id)
    if member is None or member.deactivated_at:
        return Summary(None, [], [])
    entries = take(member_id=member.pk)
    off = turned_off_by(member)
    texts = current_texts()
    lines = [
        line
        for each in entries
        if (mail_kind(each.message.kind).switch_name, Way.MAIL) not in off
        and (line := _line(each.message, texts, now=now))
    ]
    return Summary(member, entries, lines)


def _line(message: Message, texts: Texts, *, now: datetime) -> Line | None:
    """What the mail would have been called; None when it is too late or not wanted any more.

    One that cannot be written keeps nobody from reading about the others.
    """
    if message.expires_at and message.expires_at <= now:
        return None
    kind = mail_kind(message.kind)
    try:
        with transaction.atomic():
            if message.pk in kind.unwanted([message], now):
                return None
            return line_in(kind, kind.write(message, now), texts)
    except Exception as error:  # noqa: BLE001 - a poison message is noted, not passed on
        logger.warning("digest_line_failed", kind=kind.name, error=type(error).__name__)
        return None


def _unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Nothing waits, or nothing of it is of any use now."""
    return {each.pk: Reason.WITHDRAWN for each in messages if not _summary(each, now=now).lines}


def _write(message: Message, now: datetime) -> Letter:
    """The entries are marked in the transaction that sends the mail: both happen, or neither."""
    summary = _summary(message, now=now)
    member = summary.member
    if member is None:
        raise LookupError
    mark_sent(entries=summary.entries, now=now)
    organization = member.organization
    page = reverse("notices", args=[organization.slug])
    return Letter(
        to=(str(member), address_of(member)),
        language=language_of(member, organization),
        time_zone=zone_name_of(member, organization),
        context={
            "name": str(member),
            "organization": organization.name,
            "lines": summary.lines,
            "count": len(summary.lines),
            "url": f"{settings.BASE_URL}{page}",
        },
    )


COUNT = variable("count", _("How many things"))


def _example(now: datetime) -> Values:
    lines = [Line("…", "")] * 12
    return {"lines": lines, "count": len(lines), "url": settings.BASE_URL}


register(
    MailKind(
        name=DIGEST,
        label=_("Summary"),
        template="mail/digest",
        unwanted=_unwanted,
        write=_write,
        has_bell=False,
        wording=Wording(variables=(NAME, ORGANIZATION, COUNT), example=_example),
    )
)
