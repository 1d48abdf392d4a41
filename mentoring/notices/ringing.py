"""The bell beside a mail: who has one, and what it says."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from mentoring.notices.enums import Way
from mentoring.notices.operations.notices import put
from mentoring.notices.queries.readers import Reader, readers_at
from mentoring.outbox.bells import Bell
from mentoring.outbox.enums import Reason
from mentoring.outbox.mail import subject_of
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, Line, Lines, MailKind
from mentoring.outbox.templatetags.letters import OWN
from mentoring.outbox.texts import Texts, current_texts, own_words


def refused(kind: MailKind, messages: Sequence[Message]) -> Mapping[UUID, Reason]:
    """Messages to people who see no page here, or have turned this bell off."""
    readers = _readers(messages)
    found = {}
    for message in messages:
        reader = readers.get(message.recipient)
        if reader is None or not reader.has_user:
            found[message.pk] = Reason.NO_BELL
        elif not reader.wants(kind.switch_name, Way.BELL):
            found[message.pk] = Reason.TURNED_OFF
    return found


def ring(kind: MailKind, messages: Sequence[Message], now: datetime) -> None:
    """A line for each message, in the transaction that marks it as done."""
    readers = _readers(messages)
    lines = (kind.lines or _usual_lines(kind))(messages, now)
    put(
        lines=[
            (readers[each.recipient].member_id, each, lines[each.pk])
            for each in messages
            if each.recipient in readers and each.pk in lines
        ],
        now=now,
    )


def line_in(kind: MailKind, letter: Letter, texts: Texts) -> Line:
    """The subject of the mail, and the address of its button without the host."""
    url = str(letter.context.get("url", ""))
    with timezone.override(letter.time_zone):
        context = {**letter.context, OWN: own_words(kind, letter, texts)}
        subject = subject_of(kind.template, context=context, language=letter.language)
    return Line(text=subject, url=url.removeprefix(settings.BASE_URL))


def _usual_lines(kind: MailKind) -> Lines:
    def lines(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Line]:
        texts = current_texts()
        return {each.pk: line_in(kind, kind.write(each, now), texts) for each in messages}

    return lines


def _readers(messages: Sequence[Message]) -> dict[str, Reader]:
    return readers_at({each.recipient for each in messages})


BELL = Bell(refused=refused, ring=ring)
