"""Meetings, and whom people let at theirs."""

from mentoring.meetings.models.agenda import AgendaItem, AgendaItemQuerySet
from mentoring.meetings.models.meeting import (
    Change,
    Meeting,
    MeetingQuerySet,
    Place,
)
from mentoring.meetings.models.notes import PrivateNote, SharedNote
from mentoring.meetings.models.people import Assistant, Feed

__all__ = [
    "AgendaItem",
    "AgendaItemQuerySet",
    "Assistant",
    "Change",
    "Feed",
    "Meeting",
    "MeetingQuerySet",
    "Place",
    "PrivateNote",
    "SharedNote",
]
