"""When to try again."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

FIRST = timedelta(minutes=1)
FACTOR = 4
LONGEST = timedelta(hours=6)
JITTER = 0.2


def delay(message_id: UUID, attempt: int) -> timedelta:
    """How long to wait after the given attempt, counted from one: 1, 4, 16, 64 … minutes.

    Up to a fifth more or less, so that a thousand messages that failed together do not
    come back together. The same message and attempt always wait equally long.
    """
    digest = sha256(f"{message_id}:{attempt}".encode()).digest()
    share = int.from_bytes(digest[:8]) / 2**64
    whole: timedelta = min(FIRST * FACTOR ** min(attempt - 1, 10), LONGEST)
    return whole * (1 + JITTER * (2 * share - 1))
