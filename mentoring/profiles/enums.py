"""Words that profiles store."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.enums import Side


class Direction(models.TextChoices):
    """Whether a person knows about a topic or wants to learn about it."""

    OFFERED = "offered", _("Offered")
    SOUGHT = "sought", _("Sought")


class Slot(models.TextChoices):
    """Half days that suit a person, in the own time zone."""

    MON_AM = "mon_am", _("Monday morning")
    MON_PM = "mon_pm", _("Monday afternoon")
    TUE_AM = "tue_am", _("Tuesday morning")
    TUE_PM = "tue_pm", _("Tuesday afternoon")
    WED_AM = "wed_am", _("Wednesday morning")
    WED_PM = "wed_pm", _("Wednesday afternoon")
    THU_AM = "thu_am", _("Thursday morning")
    THU_PM = "thu_pm", _("Thursday afternoon")
    FRI_AM = "fri_am", _("Friday morning")
    FRI_PM = "fri_pm", _("Friday afternoon")


class Finding(models.TextChoices):
    """How a mentor wants to come to a partner."""

    WAIT = "wait", _("Let them come to me")
    LOOK = "look", _("I also look around myself")
    HIDDEN = "hidden", _("Leave it to the matching; nobody finds me in the list")


class Step(models.TextChoices):
    """A page of the enrollment."""

    TOPICS = "topics", _("Topics")
    WORDS = "words", _("A few words")
    AIMS = "aims", _("Your aims")
    WHEN = "when", _("When and how")
    START = "start", _("Where you stand")
    SEND = "send", _("Check and send")


STEPS = {
    Side.MENTOR: (Step.TOPICS, Step.WORDS, Step.WHEN, Step.START, Step.SEND),
    Side.MENTEE: (Step.AIMS, Step.TOPICS, Step.WHEN, Step.START, Step.SEND),
}
DIRECTION_OF = {Side.MENTOR: Direction.OFFERED, Side.MENTEE: Direction.SOUGHT}
OTHER_SIDE = {Side.MENTOR: Side.MENTEE, Side.MENTEE: Side.MENTOR}
