"""Meetings, whom people let at theirs, and what pairs want to reach."""

from mentoring.meetings.models.agenda import AgendaItem, AgendaItemQuerySet
from mentoring.meetings.models.commitments import (
    Commitment,
    CommitmentQuerySet,
    PublishedCommitment,
)
from mentoring.meetings.models.goals import Goal, GoalTally
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
    "Commitment",
    "CommitmentQuerySet",
    "Feed",
    "Goal",
    "GoalTally",
    "Meeting",
    "MeetingQuerySet",
    "Place",
    "PrivateNote",
    "PublishedCommitment",
    "SharedNote",
]
