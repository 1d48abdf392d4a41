"""What a worker tells on its way, and what it is told: go on, or stop."""

import time
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from mentoring.lib.clock import Clock
from mentoring.outbox.leases import Claim, LostClaim
from mentoring.reports.exporting.claims import renew
from mentoring.reports.exporting.work import EXPORTS

SECOND = 1.0
AT_ONCE = 500
# What is left for closing and keeping the file once all rows are written.
WRITTEN = 0.95


class Pulse:
    """One export's. The lease is renewed with the statement that asks whether to go on."""

    def __init__(self, claim: Claim, clock: Clock, *, estimate: int) -> None:
        self.claim, self.clock, self.estimate = claim, clock, max(1, estimate)
        self.count, self.last = 0, time.monotonic()

    def counted[Row](self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, with a beat every few hundred. Raises LostClaim."""
        for some in batched(rows, AT_ONCE):
            self.beat()
            yield from some
            self.count += len(some)

    def beat(self) -> None:
        """Once a second, renew the lease and tell how far it is. Raises LostClaim."""
        if time.monotonic() - self.last < SECOND:
            return
        self.last = time.monotonic()
        if not renew(self.claim, now=self.clock()):
            raise LostClaim
        EXPORTS.note(self.claim.row_id, WRITTEN * min(1, self.count / self.estimate))

    def write_through(self, out: Any) -> Any:
        """The same place to write to, with a beat before each piece."""
        return _Beating(out, self)


class _Beating:
    def __init__(self, out: Any, pulse: Pulse) -> None:
        self._out, self._pulse = out, pulse

    def write(self, data: bytes) -> Any:
        self._pulse.beat()
        return self._out.write(data)
