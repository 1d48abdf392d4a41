"""What programs do when something happens in accounts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from accounts.models import Member
from accounts.signals import chart_merged, hours_changed, members_gone, organization_created
from programs.operations import leaving, topics
from programs.operations.chart_merges import Part, follow_merge
from programs.operations.cohort_days import follow_hours


@receiver(organization_created)
def add_starter_topics(owner: Member, **_: Any) -> None:
    """A new organization begins with topics to choose from."""
    topics.add_starters(actor=owner)


@receiver(members_gone)
def end_participation(members: Iterable[Member], now: datetime, **_: Any) -> None:
    """Who is gone takes part in nothing any more, and nobody waits for an answer."""
    leaving.say_goodbye(members=members, now=now)


@receiver(chart_merged)
def keep_rules_of_cohorts(source: Part, target: Part, **_: Any) -> None:
    """The rules of cohorts go along."""
    follow_merge(source=source, target=target)


@receiver(hours_changed)
def keep_to_other_hours(now: datetime, **_: Any) -> None:
    """What waits for the days of enrollment comes in the mornings that there are now."""
    follow_hours(now=now)
