"""What profiles do about news from lower floors."""

from typing import Any

from django.dispatch import receiver

from mentoring.profiles.operations.profiles import move_choices
from programs.models import Topic
from programs.signals import topic_merged


@receiver(topic_merged)
def follow_merged_topic(sender: Any, *, source: Topic, target: Topic, **_: Any) -> None:
    """Who chose the topic that went into another has chosen the other."""
    move_choices(source=source, target=target)
