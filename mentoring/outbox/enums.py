"""Words that the outbox stores."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a message reaches its recipient."""

    MAIL = "mail", _("E-mail")
    EFFECT = "effect", _("In the product")


class Group(models.TextChoices):
    """What a kind of mail is about, in the words of whoever gets it."""

    TAKING_PART = "taking_part", _("Programs and cohorts")
    PROPOSALS = "proposals", _("Proposals and requests")
    PAIRS = "pairs", _("Your pairs")
    MEETINGS = "meetings", _("Meetings")
    MESSAGES = "messages", _("Messages")
    REMINDERS = "reminders", _("Reminders")
    RUNNING = "running", _("For those who run a program")
    EXPORTS = "exports", _("Exports")
    ACCOUNT = "account", _("Account and safety")


class State(models.TextChoices):
    """Where a message stands. Only the first two will ever change again by themselves."""

    QUEUED = "queued", _("Waiting")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    SKIPPED = "skipped", _("Not needed any more")
    EXPIRED = "expired", _("Too late")
    QUARANTINED = "quarantined", _("Failed")


class Reason(models.TextChoices):
    """Why a message was not sent, or not yet; in words that an admin can act upon."""

    WITHDRAWN = "withdrawn", _("What it was about was withdrawn or is done.")
    UNREACHABLE = "unreachable", _("Our mail server could not be reached.")
    DELAYED = "delayed", _("The mail server asked us to try again later.")
    SENDER = "sender", _("The mail server does not take mail from us.")
    REFUSED = "refused", _("The mail server refused the message for good.")
    ADDRESS = "address", _("The e-mail address is not valid.")
    BROKEN = "broken", _("The message could not be written because of a fault in the product.")
    UNKNOWN = "unknown", _("This version of the product does not know this kind of message.")
    CUT_SHORT = "cut_short", _("Sending was cut short again and again.")
    TURNED_OFF = "turned_off", _("The person does not want this kind of message.")
    PAUSED = "paused", _("The person has paused these messages.")
    DIGEST = "digest", _("It goes into the person’s summary.")
    NO_BELL = "no_bell", _("Nobody can sign in with this address yet.")


WAITING = (State.QUEUED, State.CLAIMED)
