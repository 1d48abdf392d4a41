"""Meetings, and whom people let at theirs."""

from mentoring.meetings.models.meeting import (
    Change,
    Meeting,
    MeetingQuerySet,
    Place,
)
from mentoring.meetings.models.people import Assistant, Feed

__all__ = [
    "Assistant",
    "Change",
    "Feed",
    "Meeting",
    "MeetingQuerySet",
    "Place",
]
