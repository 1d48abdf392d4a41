"""Words that check-ins store."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Said(models.TextChoices):
    """The four answers to “how is it going?”, each one tap."""

    MET = "met", _("We met")
    DATE_SET = "date", _("A date is set")
    ALL_WELL = "well", _("All well")
    HELP = "help", _("I need help")
