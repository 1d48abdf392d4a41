"""What a mail says, for those who look after messages: only of kinds that show their text."""

import re
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction

from mentoring.outbox import preview
from mentoring.outbox.brand import current_brand
from mentoring.outbox.gate import SEND
from mentoring.outbox.mail import LOGO
from mentoring.outbox.mails import mail_of
from mentoring.outbox.models import Message
from mentoring.outbox.registry import MailKind, UnknownKind, mail_kind

logger = structlog.get_logger(__name__)

HREF = re.compile(r"\shref\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)


class Confidential(Exception):
    """Nobody but its reader sees the text of this message."""


class CannotBeWritten(Exception):
    """What the mail was about is gone, or the product has a fault."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A mail as it would be written now, with links that lead nowhere."""

    subject: str
    html: str
    language: str


def shows_text(message: Message) -> bool:
    """Whether those who look after messages may see the text; no unless the kind says so."""
    try:
        return mail_kind(message.kind).shows_text
    except UnknownKind:
        return False


def shown(message: Message, *, now: datetime) -> Shown:
    """The mail as it would be written now. What was sent is not kept.

    Raises Confidential or CannotBeWritten. Whatever writing changes is rolled back.
    """
    if not shows_text(message):
        raise Confidential
    try:
        with transaction.atomic():
            found = _written(message, mail_kind(message.kind), now=now)
            transaction.set_rollback(True)
    except Exception as error:
        logger.info("outbox_not_shown", kind=message.kind, error=type(error).__name__)
        raise CannotBeWritten from error
    return found


def without_links(html: str) -> str:
    """The HTML with links that lead nowhere, and our own addresses cut to the host.

    What a link carries may let somebody in or act for its reader.
    """
    ours = re.compile(re.escape(settings.BASE_URL) + r"/[^\s\"'<>]*")
    return ours.sub(f"{settings.BASE_URL}/…", HREF.sub("", html))


def _written(message: Message, kind: MailKind, *, now: datetime) -> Shown:
    brand = current_brand()
    letter = kind.write(message, now)
    # As if its reader had no settings: links to these belong to the reader alone.
    mail = mail_of(message, kind, letter, SEND, brand)
    pictures = {LOGO: ("image/png", brand.logo_png)} if brand.logo_png else {}
    html = preview.showable(str(mail.alternatives[0][0]), pictures)
    return Shown(str(mail.subject), without_links(html), letter.language)
