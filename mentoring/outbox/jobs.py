"""What workers do. Any number of them may do it at once, and twice is as good as once."""

import random
import time
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

import structlog
from kombu.exceptions import KombuError

from mentoring.lib.clock import Clock
from mentoring.outbox import drain
from mentoring.outbox.brand import current_brand
from mentoring.outbox.effects import apply_some
from mentoring.outbox.mails import deliver_some
from mentoring.outbox.moments import Note, nobody
from mentoring.outbox.nudge import ask_to_deliver, broker, waiting_in
from mentoring.outbox.queries import organizations_with_work
from mentoring.outbox.transport import Postman, Unreachable

logger = structlog.get_logger(__name__)

PERIOD = timedelta(minutes=1)
IDLE_PERIOD = timedelta(seconds=10)
SLICE = 3.0
SHORTEST_SLICE = 0.25
# How many slices may wait in Redis ahead of an organization's own.
CHAINS = 8
ROUND = 40.0


def sweep(*, now: datetime, period: timedelta = PERIOD) -> int:
    """Find the organizations with messages due and ask workers to look; return how many.

    Workers that have not done all of it go on by themselves until the ``period`` is over.
    """
    organization_ids = organizations_with_work(now=now)
    if not organization_ids:
        return 0
    chains, seconds = shares(len(organization_ids))
    # In another order every time, so that nobody is always the last one.
    random.shuffle(organization_ids)
    with broker() as connection:
        for _ in range(chains):
            for organization_id in organization_ids:
                ask_to_deliver(connection, organization_id, until=now + period, seconds=seconds)
    return len(organization_ids)


def sweep_when_idle(*, now: datetime) -> int:
    """Like `sweep` if no worker has anything to look at, so that an emptied Redis costs seconds.

    Without it all that is due would stand still until the minute is over.
    """
    with broker() as connection:
        if waiting_in(connection):
            return 0
    return sweep(now=now, period=IDLE_PERIOD)


def shares(organizations: int) -> tuple[int, float]:
    """How many chains of slices each organization gets, and how many seconds a slice lasts.

    Equal for all, whatever they have waiting: with few organizations the workers are kept
    busy, and with many every one has its turn within a minute.
    """
    chains = max(1, CHAINS // organizations)
    seconds = max(SHORTEST_SLICE, min(SLICE, ROUND / (chains * organizations)))
    return chains, seconds


def deliver(
    *,
    clock: Clock,
    seconds: float = SLICE,
    at: datetime | None = None,
    note: Note = nobody,
) -> bool:
    """Work on the messages of the organization in scope for a while.

    Returns whether more is waiting. It says no while the mail server is away, so that a
    backlog does not keep workers busy with knocking. A process that is told to stop takes
    up nothing new and leaves the rest to others. ``at`` works on what is due at another
    moment, and ``note`` is told of every message that was settled or failed.
    """
    if drain.began():
        return True
    ends = time.monotonic() + seconds
    brand = cache(current_brand)
    can_post = True
    with Postman() as postman:
        while True:
            found = apply_some(clock=clock, at=at, note=note)
            try:
                if can_post:
                    found += deliver_some(postman, brand, clock=clock, ends=ends, at=at, note=note)
            except Unreachable:
                can_post = False
            if not found:
                return False
            if time.monotonic() >= ends or drain.began():
                return True


def ask_again(organization_id: UUID, *, until: datetime | None, seconds: float) -> None:
    """Queue the next slice behind other organizations. Without Redis the sweep will do."""
    try:
        with broker() as connection:
            ask_to_deliver(connection, organization_id, until=until, seconds=seconds)
    except (KombuError, OSError) as error:
        logger.warning("outbox_ask_again_failed", error=type(error).__name__)
