"""Words that notices store."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# The kind of the mail that collects others.
DIGEST = "notices.digest"

# The kind of the mail that tries an own text.
TRIAL = "notices.mail_trial"


class Way(models.TextChoices):
    """How a person hears of something."""

    MAIL = "mail", _("Mail")
    BELL = "bell", _("Bell")


class Frequency(models.TextChoices):
    """How often mails are collected into one."""

    NEVER = "never", _("Each mail by itself")
    DAILY = "daily", _("One summary a day, on working days")
    WEEKLY = "weekly", _("One summary a week, on Mondays")


class Action(models.TextChoices):
    """What the audit log keeps of own texts."""

    TEXT_CHANGED = "mail_text.changed", _("Words of a mail changed")
    TEXT_RESET = "mail_text.reset", _("Words of a mail are ours again")
    TEXT_BROUGHT_BACK = "mail_text.brought_back", _("Earlier words of a mail brought back")
