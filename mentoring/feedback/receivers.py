"""What feedback does about news of pairs."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from mentoring.feedback.operations.asking import plan_waves
from mentoring.feedback.operations.opening import plan_again
from mentoring.feedback.operations.prompting import ask_for_feedback
from mentoring.feedback.waves import AFTER_THE_END, WHILE_A_PAIR
from mentoring.pairings.signals import pairs_ended, rhythms_changed
from programs.models import Program
from programs.signals import feedback_days_changed


@receiver(rhythms_changed)
def ask_along_the_way(keys: Collection[UUID], now: datetime, **_: Any) -> None:
    """A pair begins, has met, means to end on another day, or goes on after a break."""
    plan_waves(keys, WHILE_A_PAIR, now=now)


@receiver(pairs_ended)
def ask_at_the_end(keys: Collection[UUID], now: datetime, **_: Any) -> None:
    """The two who ended it well are asked for feedback; however it ended, the program asks too."""
    ask_for_feedback(keys, now=now)
    plan_waves(keys, AFTER_THE_END, now=now)


@receiver(feedback_days_changed)
def wait_another_time(program: Program, **_: Any) -> None:
    """What waits for the partner's feedback is read on another day."""
    plan_again(program)
