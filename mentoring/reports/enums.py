"""Words that reports store."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """Why a figure is not shown; follows from who is in the group, never from what they said."""

    TOO_FEW = "too_few", _("Fewer people than such a figure needs")
    DIFFERENCE = "difference", _("With figures shown before, a few people would stand out")
    SOLVABLE = "solvable", _("Figures shown before and this one could be solved for a few people")
