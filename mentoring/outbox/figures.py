"""How the queue is doing, over all organizations and never for one of them.

Asked as the system role, which may read no more of a message than it takes to count it.
"""

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError, connections, transaction

from mentoring.outbox.enums import Channel

logger = structlog.get_logger(__name__)

LATELY = timedelta(hours=1)
# Of more than this many the newest stand for all.
SAMPLE = 50_000
KEPT = 10.0

WAITING = """
SELECT channel, count(*), count(*) FILTER (WHERE look_at <= %(now)s),
       extract(epoch FROM %(now)s - min(look_at) FILTER (WHERE look_at <= %(now)s))::float
FROM outbox_message WHERE look_at IS NOT NULL GROUP BY channel
"""
QUARANTINED = """
SELECT channel, count(*) FROM outbox_message WHERE state = 'quarantined' GROUP BY channel
"""
LATENESS = """
SELECT channel, count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY late),
       percentile_cont(0.95) WITHIN GROUP (ORDER BY late), max(late)
FROM (SELECT channel,
             extract(epoch FROM finished_at - coalesce(put_off_to, due_at))::float AS late
      FROM outbox_message WHERE state = 'sent' AND finished_at > %(since)s
      ORDER BY finished_at DESC LIMIT %(sample)s) AS latest
GROUP BY channel
"""


@dataclass
class Figures:
    """One channel. ``oldest_due_seconds`` is for how long a worker should have looked already.

    ``lateness`` is how long after it was due, or was put off to for its reader's sake, a message
    went out, in seconds: median, 95 of 100, and the latest; None when nothing went out in the
    last hour.
    """

    waiting: int = 0
    due: int = 0
    oldest_due_seconds: float = 0.0
    quarantined: int = 0
    sent_last_hour: int = 0
    lateness: dict[str, float] | None = None


type ByChannel = dict[str, Figures]


def figures(*, now: datetime, patience: float) -> ByChannel:
    """The figures of all channels. Raises DatabaseError when one takes longer than patience."""
    found: ByChannel = {channel.value: Figures() for channel in Channel}
    with transaction.atomic(using="system"), connections["system"].cursor() as cursor:
        milliseconds = str(max(1, round(1000 * patience)))
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [milliseconds])
        cursor.execute(WAITING, {"now": now})
        for channel, waiting, due, oldest in cursor.fetchall():
            each = found[channel]
            each.waiting, each.due, each.oldest_due_seconds = waiting, due, oldest or 0.0
        cursor.execute(QUARANTINED)
        for channel, quarantined in cursor.fetchall():
            found[channel].quarantined = quarantined
        cursor.execute(LATENESS, {"since": now - LATELY, "sample": SAMPLE})
        for channel, sent, middle, most, latest in cursor.fetchall():
            found[channel].sent_last_hour = sent
            found[channel].lateness = {"p50": middle, "p95": most, "max": latest}
    return found


@dataclass
class _Kept:
    """What this process knows, and since when (monotonic)."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    found: ByChannel | None = None
    since: float = -KEPT
    patience: float = 0.0


_kept = _Kept()


def recent_figures(*, now: datetime, patience: float) -> ByChannel | None:
    """The figures, at most ten seconds old; None when they are not to be had. Never fails.

    After a failure nobody asks again for as long, except with more patience. Who comes while
    another asks gets what there is.
    """
    if not _kept.lock.acquire(blocking=False):
        return _kept.found
    try:
        is_fresh = time.monotonic() < _kept.since + KEPT
        if not is_fresh or (_kept.found is None and patience > _kept.patience):
            _kept.found = _figures(now=now, patience=patience)
            _kept.since, _kept.patience = time.monotonic(), patience
        return _kept.found
    finally:
        _kept.lock.release()


def _figures(*, now: datetime, patience: float) -> ByChannel | None:
    try:
        return figures(now=now, patience=patience)
    except DatabaseError as error:
        logger.warning("outbox_figures_failed", error=type(error).__name__)
        return None
