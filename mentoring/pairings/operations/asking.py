"""Asking one of the two people, with a deadline, a reminder and an end."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from accounts.models import Organization
from accounts.queries.calendar import working_hours
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.deadlines import Deadline, deadline_in
from mentoring.pairings.models import Pairing
from mentoring.profiles.enums import OTHER_SIDE
from programs.enums import Side
from programs.models import Participant
from programs.post import address_of, zone_name_of

PROPOSAL = "pairings.proposal"
REQUEST = "pairings.request"
REMINDER = "pairings.reminder"
REMIND = "pairings.remind"
EXPIRE = "pairings.expire"


def occurrence_of(pairing: Pairing) -> str:
    """Names one asking, so that what was planned for another is not wanted any more."""
    at = pairing.asked_at
    return f"{pairing.asked}@{at.isoformat() if at else ''}"


def person_asked(pairing: Pairing) -> Participant:
    return pairing.person(pairing.asked)


def kind_of(pairing: Pairing) -> str:
    """Which mail asks: one about a request, or one about a proposal."""
    return REQUEST if pairing.requested_by == OTHER_SIDE[Side(pairing.asked)] else PROPOSAL


def ask(asking: Iterable[tuple[Pairing, Side]], *, now: datetime) -> None:
    """Ask one side of each pairing, and plan the reminder and the end of the time to answer.

    Save the pairings yourself; load them with people first.
    """
    organization, hours = Organization.objects.get(), working_hours()
    plans: dict[tuple[Deadline, str], list[Pairing]] = {}
    deadlines: dict[tuple[UUID, str], Deadline] = {}
    for pairing, side in asking:
        program = pairing.cohort.program
        zone = zone_name_of(pairing.person(side).member, organization)
        key = (program.pk, zone)
        deadline = deadlines.setdefault(key, deadline_in(zone, program, hours, now=now))
        pairing.asked, pairing.asked_at, pairing.set_aside_at = side, now, None
        pairing.expires_at = deadline.ends_at
        plans.setdefault((deadline, kind_of(pairing)), []).append(pairing)
    for (deadline, kind), some in plans.items():
        _plan(some, deadline, kind, now=now)


def _plan(pairings: Iterable[Pairing], deadline: Deadline, kind: str, *, now: datetime) -> None:
    asked = [(each, person_asked(each).member, occurrence_of(each)) for each in pairings]
    mails = [(address_of(member), each.pk, name) for each, member, name in asked]
    ends = [(str(each.pk), each.pk, name) for each, _member, name in asked]
    ends_at = deadline.ends_at
    enqueue_all(kind=kind, wanted=mails, due_at=now, expires_at=ends_at)
    enqueue_all(kind=EXPIRE, wanted=ends, due_at=ends_at, now=now)
    if deadline.has_reminder:
        enqueue_all(
            kind=REMIND,
            # Named after whose morning it is.
            wanted=[(str(member.pk), each.pk, name) for each, member, name in asked],
            due_at=deadline.reminds,
            expires_at=ends_at,
            now=now,
        )


def remind(pairings: Iterable[tuple[Pairing, datetime]], *, now: datetime) -> None:
    """Remind people whose answer is still awaited. Nothing is kept of those who answered.

    Each pairing comes with when that was due: a mail that is late waits for a civil hour.
    """
    for each, due_at in pairings:
        enqueue_all(
            kind=REMINDER,
            wanted=[(address_of(person_asked(each).member), each.pk, occurrence_of(each))],
            due_at=due_at,
            expires_at=each.expires_at,
            now=now,
        )
