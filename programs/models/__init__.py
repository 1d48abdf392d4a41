"""Programs, their cohorts, who takes part, and what about."""

from programs.models.cohort import Announcement, Cohort, CohortInvitation, Eligibility
from programs.models.library import HiddenQuestion, LibraryQuestion
from programs.models.participant import Attendance, Participant, PeerCircle, PreparationDone
from programs.models.program import (
    FeedbackForm,
    FeedbackQuestion,
    PreparationItem,
    Program,
    ProgramQuerySet,
    ProgramReach,
)
from programs.models.topics import Topic, TopicFamily

__all__ = [
    "Announcement",
    "Attendance",
    "Cohort",
    "CohortInvitation",
    "Eligibility",
    "FeedbackForm",
    "FeedbackQuestion",
    "HiddenQuestion",
    "LibraryQuestion",
    "Participant",
    "PeerCircle",
    "PreparationDone",
    "PreparationItem",
    "Program",
    "ProgramQuerySet",
    "ProgramReach",
    "Topic",
    "TopicFamily",
]
