"""The message about a first meeting that is overdue."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mentoring.outbox.enums import Group, Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import MailKind, register
from mentoring.pairings.kinds.letters import keys_of, withdrawn, write_to_side
from mentoring.pairings.kinds.wording import INTRODUCTION
from mentoring.pairings.operations.introductions import INTRODUCTION_DUE
from mentoring.pairings.queries.agreement_mails import overdue_introductions


def _unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    overdue = overdue_introductions(keys_of(messages), now=now)
    return withdrawn(each for each in messages if each.subject_id not in overdue)


register(
    MailKind(
        name=INTRODUCTION_DUE,
        label=_("A first meeting is overdue"),
        template="mail/pair_introduction_due",
        group=Group.REMINDERS,
        unwanted=_unwanted,
        write=write_to_side,
        wording=INTRODUCTION,
    )
)
