"""An effect that appends a row, and a mail that cannot be written; known to storms only."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from celery.signals import task_postrun
from django.db import connection

from mentoring.outbox.enums import Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import EffectKind, Letter, MailKind, register
from tests.storm.faults import plant

MARK = "storm.mark"
POISON = "storm.poison"
APPEND = """
INSERT INTO storm_mark (organization_id, subject_id, occurrence, told)
SELECT *, current_setting('app.organization_id', true)
FROM unnest(%s::uuid[], %s::uuid[], %s::text[])
"""
LEAK = """
INSERT INTO storm_leak SELECT current_setting('app.organization_id', true)
WHERE current_setting('app.organization_id', true) <> ''
"""


def _always_wanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    return {}


def _append(messages: Sequence[Message], now: datetime) -> None:
    rows = [(each.organization_id, each.subject_id, each.occurrence) for each in messages]
    if any(each.recipient.startswith("poison") for each in messages):
        raise ZeroDivisionError
    with connection.cursor() as cursor:
        cursor.execute(APPEND, [list(column) for column in zip(*rows, strict=True)])


def _break(message: Message, now: datetime) -> Letter:
    raise ZeroDivisionError


@task_postrun.connect
def note_what_is_left(**_: Any) -> None:
    """After a task nothing of its organization may be left on the connection."""
    with connection.cursor() as cursor:
        cursor.execute(LEAK)


register(EffectKind(name=MARK, label="Mark", unwanted=_always_wanted, apply=_append))
register(
    MailKind(name=POISON, label="Poison", unwanted=_always_wanted, template="mail/x", write=_break)
)
plant()
