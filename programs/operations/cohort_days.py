"""What waits for the days of a cohort's enrollment follows them, and the organization's hours."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from mentoring.lib.clock import day_at, zone_named
from mentoring.lib.workdays import DAY
from programs.enums import CohortState
from programs.models import Cohort
from programs.operations import closing, cohort_invitations, reminders


@transaction.atomic
def keep_to_days(*, cohort: Cohort, now: datetime) -> None:
    """Let all that waits for a day of enrollment come on the morning that is meant by it now."""
    reminders.plan(cohort=cohort, now=now)
    if cohort.state == CohortState.ENROLLING:
        closing.plan(cohort=cohort, now=now)
    cohort_invitations.reschedule(cohort=cohort, now=now)


@transaction.atomic
def follow_hours(*, now: datetime) -> None:
    """The same for every cohort: hours, free days or the zone of the organization are new.

    No cohort is locked: whoever changes hours holds the organization, and who invites to a cohort
    holds that and waits for the organization.
    """
    # Where a day ends last, it still is the one before.
    yesterday = day_at(now, zone_named("UTC")) - DAY
    is_ahead = Q(enrollment_opens_on__gte=yesterday) | Q(enrollment_closes_on__gte=yesterday)
    rows = Cohort.objects.filter(is_ahead).exclude(state=CohortState.CLOSED)
    for cohort in rows.select_related("organization").order_by("pk"):
        keep_to_days(cohort=cohort, now=now)
