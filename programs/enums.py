"""Words that programs store."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Who learns from whom. Chooses labels, defaults and the seniority rule."""

    REVERSE = "reverse", _("Reverse: juniors mentor leaders")
    MUTUAL = "mutual", _("Mutual: both learn from each other")
    TRADITIONAL = "traditional", _("Traditional: leaders mentor juniors")


class State(models.TextChoices):
    """Whether a program is in use; follows from its times, never stored."""

    RUNNING = "running", _("In use")
    ARCHIVED = "archived", _("Archived")


class Action(models.TextChoices):
    """Business events of programs that the audit log keeps."""

    PROGRAM_CREATED = "program.created", _("Program created")
    PROGRAM_CHANGED = "program.changed", _("Program changed")
    PROGRAM_ARCHIVED = "program.archived", _("Program archived")
    PROGRAM_RESTORED = "program.restored", _("Program restored")
    REACH_CHANGED = "reach.changed", _("Responsible for other programs")
