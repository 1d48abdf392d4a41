"""What meetings make of a pair."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Break, Pairing
from mentoring.pairings.operations.drift import prompt_again, watch
from mentoring.pairings.operations.writing_down import ask_to_write_down
from programs.enums import Side


def locked_live(pairing: Pairing) -> Pairing | None:
    """The pair as it is now, with people and locked; None when it has ended or is none yet."""
    return Pairing.objects.filter(pk=pairing.pk).live().with_people().locked().first()


def end_breaks(pairings: Collection[UUID], *, now: datetime) -> None:
    """Keep that the breaks of these are over; the caller holds the pairings locked."""
    Break.objects.open().filter(pairing__in=pairings).update(ended_at=now)


def note_put_off(pairing: Pairing, side: Side) -> None:
    """Count that this side moved or called off a meeting; the caller holds the pairing locked."""
    name = f"put_off_by_{side}"
    setattr(pairing, name, getattr(pairing, name) + 1)
    pairing.save(update_fields=[name])


def note_met(pairing: Pairing) -> None:
    """The two have met: what was put off before counts no more."""
    pairing.put_off_by_mentor = pairing.put_off_by_mentee = 0
    pairing.save(update_fields=["put_off_by_mentor", "put_off_by_mentee"])


def note_meetings(
    pairing: Pairing,
    *,
    first_at: datetime | None,
    last_at: datetime | None,
    planned_at: datetime | None,
    now: datetime,
) -> None:
    """Keep when a pair first and last met, and the last meeting that it has planned.

    With the first meeting the pair becomes active, and is asked for an agreement some days later.
    The caller holds the pairing locked, with people.
    """
    has_met_since, was_planned_at = last_at != pairing.last_met_at, pairing.last_planned_at
    pairing.introduced_at, pairing.last_met_at = first_at, last_at
    pairing.last_planned_at = planned_at
    if first_at and pairing.state == PairingState.INTRODUCTORY:
        pairing.state = PairingState.ACTIVE
        ask_to_write_down(pairing, now=now)
    pairing.save(update_fields=["introduced_at", "last_met_at", "last_planned_at", "state"])
    if has_met_since:
        watch([pairing], now=now)
    elif planned_at != was_planned_at:
        prompt_again([pairing], planned_at=was_planned_at, now=now)
