"""Words that notices store."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# The kind of the mail that collects others.
DIGEST = "notices.digest"


class Way(models.TextChoices):
    """How a person hears of something."""

    MAIL = "mail", _("Mail")
    BELL = "bell", _("Bell")


class Frequency(models.TextChoices):
    """How often mails are collected into one."""

    NEVER = "never", _("Each mail by itself")
    DAILY = "daily", _("One summary a day, on working days")
    WEEKLY = "weekly", _("One summary a week, on Mondays")
