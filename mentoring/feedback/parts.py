"""What the two of a pair keep of their time: each for themselves, and both together."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OwnPart(models.TextChoices):
    """What one of the two writes, and shares with the other or does not."""

    STANDING = "standing", _("Where you stood and where you stand now")
    LINE = "line", _("What I take with me")


class CommonPart(models.TextChoices):
    """What is about both, so that both have to agree before it is in the keepsake."""

    GOALS = "goals", _("Your goals")
    COMMITMENTS = "commitments", _("Commitments")
