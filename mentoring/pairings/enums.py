"""Words that pairings store."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class PairingState(models.TextChoices):
    """Where a mentor and a mentee stand, from the proposal to the end."""

    PROPOSED = "proposed", _("Proposed")
    INTRODUCTORY = "introductory", _("Getting to know each other")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    CLOSING = "closing", _("Closing")
    COMPLETED = "completed", _("Completed")
    CLOSED_EARLY = "closed_early", _("Completed early by agreement")
    DECLINED = "declined", _("Not taken up")
    EXPIRED = "expired", _("Not answered in time")
    WITHDRAWN = "withdrawn", _("Withdrawn")


LIVE = (
    PairingState.INTRODUCTORY,
    PairingState.ACTIVE,
    PairingState.PAUSED,
    PairingState.CLOSING,
)
OPEN = (PairingState.PROPOSED, *LIVE)


class Origin(models.TextChoices):
    """How a mentor and a mentee were put together."""

    MATCHING = "matching", _("By matching")
    REQUEST = "request", _("By a request")
    MANUAL = "manual", _("By the program")


class EndReason(models.TextChoices):
    """Why a pair ends, in neutral words; nobody has to choose one."""

    REACHED = "reached", _("What we set out to do is done")
    TIME_OVER = "time_over", _("The time we had in mind is over")
    NO_TIME = "no_time", _("There is not enough time at the moment")
    CHANGE = "change", _("A new role, task or place")
    OTHER = "other", _("Something else")


class Outcome(models.TextChoices):
    """What became of one side’s wish to end a pair well."""

    AGREED = "agreed", _("Both ended it")
    ALONE = "alone", _("One ended it after its time")
    WENT_ON = "went_on", _("They went on")
    OTHERWISE = "otherwise", _("It ended in another way")


class Phase(StrEnum):
    """What a pairing is to one of the two people, who may not know all of its state."""

    ANSWER = "answer"
    SET_ASIDE = "set_aside"
    WAITING = "waiting"
    PAIR = "pair"
    OVER = "over"
    PAST = "past"


class ConcernKind(models.TextChoices):
    """What a concern is about, as far as one choice can say it."""

    UNKIND = "unkind", _("Unkind, pushy or harassing")
    OFF_TOPIC = "off_topic", _("Off the topic, or private favours")
    CONFIDENCE = "confidence", _("Something confidential was passed on")
    OTHER = "other", _("Something else")


class Action(models.TextChoices):
    """Business events of pairings that the audit log keeps; what people answer is none."""

    PROPOSALS_SENT = "proposals.sent", _("Proposals sent")
    PAIR_ENDED = "pairs.ended", _("Pair ended by those who run it")
