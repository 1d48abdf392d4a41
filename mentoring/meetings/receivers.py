"""What meetings do about news of pairs, and of those who run cohorts."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from accounts.models import Member
from accounts.signals import members_gone, organization_created, roles_changed
from mentoring.meetings.operations.planning import call_off_all
from mentoring.meetings.operations.week import keep_weeks
from mentoring.pairings.signals import pairs_ended
from programs.signals import cohort_advanced


@receiver(pairs_ended)
def call_off(keys: Collection[UUID], now: datetime, **_: Any) -> None:
    """Nobody waits for somebody who is no partner any more."""
    call_off_all(pairings=keys, now=now)


@receiver([roles_changed, members_gone, cohort_advanced])
def keep_in_step(now: datetime, **_: Any) -> None:
    """Who may run cohorts reads about them each week; who may no more does not."""
    keep_weeks(now=now)


@receiver(organization_created)
def begin_with_owner(owner: Member, **_: Any) -> None:
    """The first one."""
    keep_weeks(now=owner.joined_at or owner.created_at)
