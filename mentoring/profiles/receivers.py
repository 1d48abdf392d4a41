"""What profiles do about news from lower floors."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from mentoring.profiles.operations.forgetting import ask_to_forget
from mentoring.profiles.operations.profiles import move_choices
from programs.models import Participant, Topic
from programs.signals import participants_gone, topic_merged


@receiver(topic_merged)
def follow_merged_topic(sender: Any, *, source: Topic, target: Topic, **_: Any) -> None:
    """Who chose the topic that went into another has chosen the other."""
    move_choices(source=source, target=target)


@receiver(participants_gone)
def forget_what_they_wrote(
    sender: Any, *, participants: Iterable[Participant], now: datetime, **_: Any
) -> None:
    """Nothing private outlives an enrollment that somebody else ended."""
    ask_to_forget(participants=participants, now=now)
