"""What the engine tells on its way, and what it is told: go on, or stop."""

import time

from mentoring.lib.clock import Clock
from mentoring.matching.running.claims import renew
from mentoring.matching.running.work import RUNS
from mentoring.outbox.leases import Claim

SECOND = 1.0
# Where each stage begins, in shares of the whole; the rest is storing.
BEGINS = {
    "checking": 0.05,
    "scoring": 0.1,
    "solving": 0.6,
    "proving": 0.7,
    "raising the worst": 0.8,
    "stability": 0.85,
    "explaining": 0.9,
    "storing": 0.97,
}
ENDS = dict(zip(BEGINS, [*list(BEGINS.values())[1:], 1.0], strict=True))


class Pulse:
    """One run's, asked by the engine many times a second and by nobody else.

    The lease is renewed with the same statement that asks whether to go on.
    """

    def __init__(self, claim: Claim, clock: Clock) -> None:
        self.claim, self.clock = claim, clock
        self.asked = self.told = -SECOND
        self.stage, self.share = "", 0.0

    def progress(self, stage: str, done: int, total: int) -> None:
        """Note stage and share, at most every second unless the stage is a new one."""
        if stage not in BEGINS:
            return
        within = (ENDS[stage] - BEGINS[stage]) * done / max(1, total)
        self.share = max(self.share, BEGINS[stage] + within)
        if stage != self.stage or time.monotonic() - self.told >= SECOND:
            self.stage, self.told = stage, time.monotonic()
            RUNS.note(self.claim.row_id, self.share, stage)

    def cancelled(self) -> bool:
        """Whether the run was canceled, or another worker has taken it over."""
        if time.monotonic() - self.asked < SECOND:
            return False
        self.asked = time.monotonic()
        return not renew(self.claim, now=self.clock())
