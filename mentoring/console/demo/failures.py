"""Messages that did not go out, so that every tab of the message center has something to show."""

from collections.abc import Sequence
from datetime import datetime

from accounts.operations.invitations import KIND
from mentoring.outbox.claims import fail, finish
from mentoring.outbox.enums import Reason, State
from mentoring.outbox.models import Message
from mentoring.outbox.transport import NotSent

FAILURES = (
    NotSent(Reason.REFUSED, "550", for_good=True),
    NotSent(Reason.ADDRESS, for_good=True),
)


def lose_some(addresses: Sequence[str], withdrawn: str, *, now: datetime) -> None:
    """Invitations to the first addresses fail for good; nobody wants the withdrawn one any more.

    What a worker would note of them, had a mail server said so.
    """
    waiting = Message.objects.filter(kind=KIND, state=State.QUEUED)
    for address, failure in zip(addresses, FAILURES, strict=False):
        if message := waiting.filter(recipient=address.lower()).first():
            fail(message, failure, now=now)
    over = list(waiting.filter(recipient=withdrawn.lower()))
    finish(over, State.SKIPPED, now=now, reason=Reason.WITHDRAWN)
