"""What pairings do about news from lower floors."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from accounts.signals import leaves_begun, leaves_over, people_changed
from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.aims import plan_sharing
from mentoring.pairings.operations.breaks import tell_of_leaves, tell_partners_of
from mentoring.pairings.operations.conflicts import mark_conflicts
from mentoring.pairings.operations.drift import prompt_again, prompt_when_free
from mentoring.pairings.operations.endings import end_proposals_of, withdraw_all_of
from mentoring.pairings.operations.returning import plan_return, remind_again
from mentoring.pairings.queries.places import (
    live_pairs_of,
    live_pairs_with,
    participations_of,
)
from mentoring.profiles.signals import aims_saved
from programs.models import Participant
from programs.signals import participants_back, participants_out, participants_paused


@receiver(people_changed)
def keep_off_the_hierarchy(now: datetime, **_: Any) -> None:
    """A new manager may have brought the two of a pair too close."""
    mark_conflicts(now=now)


@receiver(leaves_begun)
def tell_of_absence(members: Collection[UUID], now: datetime, **_: Any) -> None:
    """Partners learn that somebody is away, and neither why nor until when."""
    tell_of_leaves(participations_of(members), now=now)


@receiver(participants_out)
def end_everything(keys: Collection[UUID], now: datetime, **_: Any) -> None:
    """Who takes part no more leaves no pair and no proposal behind."""
    withdraw_all_of(keys, now=now)


@receiver(participants_paused)
def end_proposals(keys: Collection[UUID], now: datetime, **_: Any) -> None:
    """Who has a break need not answer anybody; pairs stay, and the partners are told."""
    end_proposals_of(keys, now=now, state=PairingState.WITHDRAWN)
    tell_partners_of(keys, now=now)
    prompt_when_free(live_pairs_with(keys), now=now)
    plan_return(keys, now=now)


@receiver(participants_back)
def go_on_after_a_break(keys: Collection[UUID], now: datetime, **_: Any) -> None:
    """What was not said to the two meanwhile is said now."""
    _go_on(live_pairs_with(keys), now=now)


@receiver(leaves_over)
def go_on_after_a_leave(members: Collection[UUID], now: datetime, **_: Any) -> None:
    """The same for people who are on leave no more."""
    _go_on(live_pairs_with(participations_of(members)), now=now)


@receiver(aims_saved)
def share_again(participant: Participant, now: datetime, **_: Any) -> None:
    """Mentors of live pairs read what their mentees say now."""
    plan_sharing(live_pairs_of(participant), now=now)


def _go_on(pairings: Collection[Pairing], *, now: datetime) -> None:
    prompt_again(pairings, now=now)
    remind_again(pairings, now=now)
