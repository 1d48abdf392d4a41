"""The message about a first meeting that is overdue."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mentoring.lib.workdays import DAY
from mentoring.outbox.enums import Group, Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, MailKind, register
from mentoring.pairings.kinds.letters import (
    keys_of,
    letter_about,
    pairing_in,
    sided,
    withdrawn,
)
from mentoring.pairings.kinds.wording import INTRODUCTION
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.introductions import INTRODUCTION_DUE
from mentoring.pairings.queries.agreement_mails import overdue_introductions


def _unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    overdue = overdue_introductions(keys_of(messages), now=now)
    for each in messages:
        each.subject = overdue.get(each.subject_id)
    return withdrawn(
        each
        for each in messages
        if not (pairing := overdue.get(each.subject_id)) or not _is_about(each, pairing)
    )


def _is_about(message: Message, pairing: Pairing) -> bool:
    """Whether the meeting is still due on that day; after a break it may be due on another."""
    _side, on = sided(message)
    due_on = pairing.introduction_due_on
    if on:
        return on == str(due_on)
    # Planned before the occurrence named the day.
    return not (message.due_on and due_on) or message.due_on == due_on + DAY


def _write(message: Message, now: datetime) -> Letter:
    side, _on = sided(message)
    return letter_about(pairing_in(message), side)


register(
    MailKind(
        name=INTRODUCTION_DUE,
        label=_("A first meeting is overdue"),
        template="mail/pair_introduction_due",
        group=Group.REMINDERS,
        unwanted=_unwanted,
        write=_write,
        is_repeatable=True,
        comes_when_back=True,
        wording=INTRODUCTION,
    )
)
