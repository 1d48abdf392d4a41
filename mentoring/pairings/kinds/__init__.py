"""The messages of pairings. None of them says what somebody wrote or answered."""

from mentoring.pairings.kinds import (
    agreements,
    aims,
    closings,
    countdown,
    drift,
    introductions,
    messages,
    proposals,
    rematch,
    returning,
)

__all__ = [
    "agreements",
    "aims",
    "closings",
    "countdown",
    "drift",
    "introductions",
    "messages",
    "proposals",
    "rematch",
    "returning",
]
