"""Words that reports store."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """Why a figure is not shown; follows from who is in the group, never from what they said."""

    TOO_FEW = "too_few", _("Too few people for this figure")
    DIFFERENCE = (
        "difference",
        _("Compared with figures told before, it would tell about only a few people"),
    )
    SOLVABLE = (
        "solvable",
        _("Combined with figures told before, it would tell about one or two people"),
    )
