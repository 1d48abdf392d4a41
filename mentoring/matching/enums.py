"""Words that matching stores."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    """Where a run of the matching stands."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    CANCELED = "canceled", _("Canceled")
    FAILED = "failed", _("Not possible")
    PUBLISHED = "published", _("Published")


UNFINISHED = (RunState.QUEUED, RunState.RUNNING)


class Purpose(models.TextChoices):
    """What a run is for: a plan to publish, or a look at what other weights would do."""

    PLAN = "plan", _("Plan")
    TRIAL = "trial", _("Trial")


class PublicationState(models.TextChoices):
    """Where the sending of proposals stands."""

    SENDING = "sending", _("On the way")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


class Wanted(models.TextChoices):
    """What an admin wants of one pair, whatever the scores say."""

    LOCK = "lock", _("Keep together")
    FORBID = "forbid", _("Keep apart")


class LeftOut(models.TextChoices):
    """Why somebody who has enrolled takes no part in a run."""

    PENDING = "pending", _("Waits for approval")
    WAITLISTED = "waitlisted", _("Is on the waiting list")
    GONE = "gone", _("Is not with the organization any more")
    ON_LEAVE = "on_leave", _("Is on leave")
    PAUSED = "paused", _("Has paused")
    UNREADY = "unready", _("Has not done the required preparation")
    NO_GRADE = "no_grade", _("Has no grade, which the rule on seniority needs")
    FULL = "full", _("Partners and open proposals take all places")
    NO_TOPIC = "no_topic", _("Names no topic, and a common one is needed")


class Aim(models.TextChoices):
    """Which plan is the best one."""

    PEOPLE = "people", _("Most people matched, then the best scores")
    SCORE = "score", _("The best scores, even if fewer people are matched")


class Action(models.TextChoices):
    """Business events of the matching that the audit log keeps."""

    PLAN_STARTED = "plan.started", _("Plan of a cohort started")
    PLAN_CANCELED = "plan.canceled", _("Plan of a cohort canceled")
    PLAN_PUBLISHED = "plan.published", _("Plan of a cohort published")
    WEIGHTS_CHANGED = "matching.weights_changed", _("Weights of the matching changed")
    PAIR_LOCKED = "matching.pair_locked", _("Pair to keep together")
    PAIR_FORBIDDEN = "matching.pair_forbidden", _("Pair to keep apart")
    PAIR_CLEARED = "matching.pair_cleared", _("Wish about a pair taken back")
    OVERRIDE_ASKED = "matching.override_asked", _("Exception from a rule asked for")
    OVERRIDE_APPROVED = "matching.override_approved", _("Exception from a rule approved")
    OVERRIDE_REJECTED = "matching.override_rejected", _("Exception from a rule rejected")
