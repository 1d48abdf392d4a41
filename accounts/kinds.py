"""The messages of accounts, and the look of an organization's mails."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import queries
from accounts.operations.invitations import KIND
from accounts.queries.calendar import working_hours, zones_of
from accounts.tokens import invitation_url
from mentoring.outbox.almanac import Almanac, register_almanac
from mentoring.outbox.brand import Brand, register_brand
from mentoring.outbox.enums import Group, Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, MailKind, register


def _unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """An invitation is wanted while it is open, and only with its newest link."""
    found = queries.invitations_to_send(message.subject_id for message in messages)
    for message in messages:
        message.subject = found.get(message.subject_id)
    return {
        message.pk: Reason.WITHDRAWN
        for message in messages
        if not message.subject or message.occurrence != str(message.subject.generation)
    }


def _write(message: Message, now: datetime) -> Letter:
    """What `_unwanted` has just read; there is no letter without it."""
    invitation = message.subject
    return Letter(
        to=("", invitation.email),
        language=invitation.language,
        time_zone=invitation.time_zone,
        context={
            "organization": invitation.organization,
            "invited_by": invitation.invited_by,
            "expires_at": invitation.expires_at,
            "url": invitation_url(invitation),
        },
    )


def _brand() -> Brand:
    organization, logo = queries.own_look()
    return Brand(
        name=organization.name,
        slug=organization.slug,
        accent=organization.accent,
        logo_png=bytes(logo.png) if logo else None,
    )


def _almanac() -> Almanac:
    hours = working_hours()
    return Almanac(hours.reminder_hour, hours.sending)


register(
    MailKind(
        name=KIND,
        label=_("Invitation"),
        template="mail/invitation",
        group=Group.ACCOUNT,
        is_essential=True,
        unwanted=_unwanted,
        write=_write,
        is_repeatable=True,
    )
)
register_brand(_brand)
register_almanac(_almanac, zones_of)
