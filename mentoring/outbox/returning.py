"""Mails that were not wanted while somebody was away: due once more, if they are wanted then.

The same row is used again, so what was sent is never sent twice.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mentoring.outbox.almanac import Morning
from mentoring.outbox.bells import with_bell
from mentoring.outbox.enums import Reason, State
from mentoring.outbox.models import Message, MessageQuerySet
from mentoring.outbox.registry import mail_kinds


def kept_back(recipients: Iterable[str], *, subject_ids: Iterable[UUID]) -> list[Message]:
    """What was withdrawn of these people's mails about these, and of the bells beside them.

    Only of kinds that come once people are back. One query.
    """
    kinds = [name for kind in mail_kinds() if kind.comes_when_back for name in with_bell(kind.name)]
    found = _withdrawn().filter(kind__in=kinds, recipient__in=list(recipients))
    return list(found.filter(subject_id__in=list(subject_ids)))


@transaction.atomic
def bring_back(messages: Sequence[Message], *, due_at: Morning, expires_at: datetime) -> None:
    """Let these be due in a morning that is still to come. Twice is once."""
    rows = _withdrawn().filter(pk__in=[each.pk for each in messages])
    # In the order of everybody who takes several, so that nobody deadlocks.
    held = [pk for (pk,) in rows.order_by("pk").select_for_update().values_list("pk")]
    Message.objects.filter(pk__in=held).update(
        state=State.QUEUED,
        due_on=due_at.on,
        due_at=due_at.at,
        look_at=due_at.at,
        put_off_to=None,
        expires_at=expires_at,
        finished_at=None,
        attempts=0,
        reason="",
        detail="",
    )


def _withdrawn() -> MessageQuerySet:
    return Message.objects.filter(state=State.SKIPPED, reason=Reason.WITHDRAWN)
