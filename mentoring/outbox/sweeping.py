"""Do what beat and workers would do, in this process; or tell what that would be."""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from mentoring.lib.clock import Clock
from mentoring.outbox import drain, jobs
from mentoring.outbox.enums import State
from mentoring.outbox.foresight import Outcome, foresee
from mentoring.outbox.models import Message
from mentoring.outbox.moments import moment
from mentoring.outbox.queries import (
    organizations_with_schedules_due,
    organizations_with_work,
)
from mentoring.outbox.unrolling import unroll_until
from mentoring.tenancy.scope import within


@dataclass
class Swept:
    """How many messages of each organization and kind came to which end, and why.

    ``stopped`` says that this process was told to stop before all was done.
    """

    ends: dict[UUID, Counter[Outcome]] = field(default_factory=dict)
    stopped: bool = False

    def add(self, organization_id: UUID, outcome: Outcome) -> None:
        """Count one message."""
        self.ends.setdefault(organization_id, Counter())[outcome] += 1

    def total(self, state: State) -> int:
        """How many came to this end, over all organizations."""
        return sum(
            count
            for ends in self.ends.values()
            for (_kind, end, _reason), count in ends.items()
            if end == state
        )

    @property
    def failed_for_now(self) -> bool:
        """Whether something is to be tried again; what people like later is no failure."""
        return any(
            end == State.QUEUED and reason for ends in self.ends.values() for _, end, reason in ends
        )


def sweep_here(*, at: datetime, clock: Clock, only: UUID | None = None) -> Swept:
    """Work on everything due at the moment, the organizations in turn.

    Safe beside workers and other sweeps: each takes what no other holds. What schedules make
    and what a message decides is worked on too when it is due by then.
    """
    swept = Swept()

    def note(message: Message) -> None:
        # One that another worker will have to look at again is none of ours.
        if message.state != State.CLAIMED:
            outcome = message.kind, State(message.state), message.reason
            swept.add(message.organization_id, outcome)

    with drain.finishing():
        waiting = deque(_organizations(at=at, now=clock(), only=only))
        while waiting and not drain.began():
            organization_id = waiting.popleft()
            with within(organization_id):
                unroll_until(moment(clock(), at), clock=clock)
                has_more = jobs.deliver(clock=clock, at=at, note=note)
            if has_more:
                waiting.append(organization_id)
        swept.stopped = bool(waiting)
    return swept


def foresee_sweep(*, at: datetime, now: datetime, only: UUID | None = None) -> Swept:
    """What `sweep_here` would do; nothing is sent or written."""
    swept = Swept()
    for organization_id in _organizations(at=at, now=now, only=only):
        with within(organization_id):
            for outcome in foresee(now=now, at=at):
                swept.add(organization_id, outcome)
    return swept


def _organizations(*, at: datetime, now: datetime, only: UUID | None) -> Iterable[UUID]:
    seen = moment(now, at)
    with_work = organizations_with_work(now=seen)
    found = dict.fromkeys([*with_work, *organizations_with_schedules_due(now=seen)])
    return [each for each in found if only in (None, each)]
