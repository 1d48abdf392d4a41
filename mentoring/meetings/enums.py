"""Words that meetings store."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class Means(models.TextChoices):
    """How two people meet."""

    VIDEO = "video", _("By video")
    PHONE = "phone", _("By phone")
    PERSON = "person", _("In person")


class AgendaSection(models.TextChoices):
    """What a meeting looks at, in this order."""

    SINCE_LAST = "since_last", _("Since last time")
    STICKING = "sticking", _("Sticking points")
    GOALS = "goals", _("Goals")
    LESSON = "lesson", _("A lesson from experience")
    BEFORE_NEXT = "before_next", _("Before next time")


class GoalState(models.TextChoices):
    """What has become of a goal."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Let go")


class CommitmentState(models.TextChoices):
    """How far a commitment is on its way to the cohort's page."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed for publishing")
    AGREED = "agreed", _("Agreed by both")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Standing(models.TextChoices):
    """Where a published commitment stands, as everybody in the cohort reads it."""

    OPEN = "open", _("Under way")
    DONE = "done", _("Done")


class Action(models.TextChoices):
    """Business events of meetings that the audit log keeps."""

    COMMITMENT_TAKEN_DOWN = "commitment.taken_down", _("Published commitment taken down")


class Reason(models.TextChoices):
    """Why a meeting was cancelled, in neutral words that both may read."""

    URGENT = "urgent", _("Something urgent came up")
    AWAY = "away", _("Away or not well")
    TECHNICAL = "technical", _("It did not work out technically")
    NOT_NEEDED = "not_needed", _("We do not need it")
    OTHER = "other", _("Another reason")
    MISTAKE = "mistake", _("Noted by mistake")
    ENDED = "ended", _("The pair has ended")


# What people choose from; the others follow from what they do.
CHOSEN_REASONS = tuple(each for each in Reason if each not in {Reason.MISTAKE, Reason.ENDED})


class Deed(models.TextChoices):
    """What somebody did with a meeting."""

    PLANNED = "planned", _("Planned")
    MOVED = "moved", _("Moved")
    CANCELLED = "cancelled", _("Cancelled")
    LOGGED = "logged", _("Noted as held")
    CORRECTED = "corrected", _("Corrected")
    TAKEN_BACK = "taken_back", _("Taken back")


PUT_OFF = (Deed.MOVED, Deed.CANCELLED)
