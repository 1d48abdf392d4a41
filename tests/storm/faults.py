"""Faults that a storm must notice. They replace code of the product in its own processes."""

import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.queries import invitations
from mentoring.outbox import claims, jobs, mails
from mentoring.outbox.claims import finish, give_back, held
from mentoring.outbox.effects import BATCH
from mentoring.outbox.enums import Channel, State
from mentoring.outbox.mail import compose
from mentoring.outbox.models import Message
from mentoring.outbox.registry import effect_kind, mail_kind
from mentoring.tenancy.backend import base

# Effects are quick: a small storm needs a wider gap to strike into.
WINDOW = 0.2


def _due(now: datetime) -> list[Message]:
    due = Message.objects.due(now=now).by(Channel.EFFECT).order_by("look_at")
    return list(due.select_for_update(skip_locked=True)[:BATCH])


def _apply(messages: list[Message], now: datetime) -> None:
    for kind in {each.kind for each in messages}:
        effect_kind(kind).apply([each for each in messages if each.kind == kind], now)


def _marked_before(*, clock: Any, **_: Any) -> int:
    with transaction.atomic():
        messages = _due(clock())
        finish(messages, State.SENT, now=clock())
    time.sleep(WINDOW)
    with transaction.atomic():
        _apply(messages, clock())
    return len(messages)


def _marked_later(*, clock: Any, **_: Any) -> int:
    with transaction.atomic():
        messages = _due(clock())
        _apply(messages, clock())
    with transaction.atomic():
        finish(messages, State.SENT, now=clock())
    return len(messages)


def _mail_marked_before(
    message_id: Any, key: Any, postman: Any, brand: Any, *, clock: Any, **_: Any
) -> None:
    with transaction.atomic():
        message = held(message_id, key)
        if not message:
            return
        finish([message], State.SENT, now=clock())
    with transaction.atomic():
        kind = mail_kind(message.kind)
        letter = kind.write(message, clock())
        mail = compose(
            template=kind.template,
            to=letter.to,
            context=letter.context,
            language=letter.language,
            brand=brand(),
            message_id=mails.message_id_header(message),
        )
    postman.send(mail)


def mark_first() -> None:
    """Mark before the effect or the mail: a kill between the two loses it."""
    setattr(jobs, "apply_some", _marked_before)  # noqa: B010 a name that is not for export
    mails.deliver_one = _mail_marked_before


def mark_later() -> None:
    """Mark effects in a transaction of their own: a kill between the two repeats them."""
    setattr(jobs, "apply_some", _marked_later)  # noqa: B010


def session_setting() -> None:
    """Tell the organization to the session, which outlives the transaction."""
    base.SET_SCOPE = base.SET_SCOPE.replace("true)", "false)")


def _endless(_organizations: int) -> tuple[int, float]:
    return jobs.CHAINS, 3600.0


def greedy() -> None:
    """A slice lasts until all is done: whoever comes later waits for that."""
    setattr(jobs, "shares", _endless)  # noqa: B010


def _at_once(message_id: Any, key: Any, _failure: Any, *, now: datetime) -> None:
    give_back([message_id], key, look_at=now)


def impatient() -> None:
    """What fails is tried again at once, and nobody counts how often."""
    setattr(mails, "_put_down", _at_once)  # noqa: B010


def trusting() -> None:
    """Nobody asks right before sending whether an invitation still stands."""
    invitations.TO_SEND = invitations.TO_SEND.replace("AND invitation.revoked_at IS NULL", "")


FAULTS = {
    "mark_first": mark_first,
    "mark_later": mark_later,
    "session": session_setting,
    "greedy": greedy,
    "impatient": impatient,
    "trusting": trusting,
}


def plant() -> None:
    """What the environment of this process asks for: a shorter lease, a fault."""
    if settings.STORM_LEASE:
        claims.LEASE = timedelta(seconds=settings.STORM_LEASE)
        claims.SENDING = claims.LEASE / 2
    if settings.STORM_FAULT:
        FAULTS[settings.STORM_FAULT]()
