"""What comes to an end in the demo: the agreed time of a pair, and an enrollment."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from accounts.models import Member
from mentoring.console.demo.agreements import agree_until
from mentoring.console.demo.cohorts import is_matched
from mentoring.lib.clock import day_at, zone_named
from mentoring.meetings.enums import Means
from mentoring.meetings.operations.logs import log
from mentoring.meetings.plans import Plan
from mentoring.pairings.enums import EndReason, PairingState
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.closings import Why, begin
from mentoring.tenancy.scope import within
from programs.enums import CohortState, Side
from programs.models import Cohort
from programs.operations.cohorts import Details, change_cohort

# Beyond those about whom something else is told already.
KNOWN = 2
OVER = timedelta(days=20)
CLOSES_IN = timedelta(days=5)
A_WEEK_AGO = timedelta(days=8)
WEEKS_AGO = timedelta(days=35)
AN_HOUR = timedelta(hours=1)


def let_one_end(paired: Iterable[Pairing], *, mark: str, now: datetime) -> None:
    """One pair, none of these, has met and is past the end that it agreed on.

    Call it inside the organization's scope and while no member is in scope.
    """
    known = [each.pk for each in paired]
    rows = Pairing.objects.live().exclude(pk__in=known).with_people().order_by("pk")
    for pairing in rows[KNOWN : KNOWN + 1]:
        today = day_at(now, zone_named(pairing.cohort.organization.time_zone))
        agree_until(pairing, today - OVER, mark=mark, now=pairing.began_at or now)
        met = (now - OVER - A_WEEK_AGO).replace(minute=0, second=0, microsecond=0)
        with within(pairing.organization_id, member_id=pairing.mentor.member_id):
            was = Plan(starts_at=met, minutes=45, means=Means.VIDEO)
            log(pairing=pairing, side=Side.MENTOR, was=was, now=met + AN_HOUR)


def let_one_say_goodbye(paired: Iterable[Pairing], *, now: datetime) -> None:
    """A mentee, in a pair that is none of these, proposes after their meeting to end it well.

    Call it inside the organization's scope and while no member is in scope.
    """
    known = [each.pk for each in paired]
    rows = Pairing.objects.live().exclude(pk__in=known).with_people().order_by("pk")
    for pairing in rows[KNOWN + 1 : KNOWN + 2]:
        at = now - AN_HOUR
        with within(pairing.organization_id, member_id=pairing.mentee.member_id):
            was = Plan(starts_at=at, minutes=45, means=Means.PERSON)
            log(pairing=pairing, side=Side.MENTEE, was=was, now=now)
            why = Why(reason=EndReason.CHANGE, tells_partner=True, tells_program=True)
            begin(pairing=pairing, side=Side.MENTEE, why=why, now=now)


def let_one_wait(paired: Iterable[Pairing], *, now: datetime) -> None:
    """The latest pair but these is to end well for weeks, and the mentor has not answered.

    Call it inside the organization's scope and while no member is in scope.
    """
    known = [each.pk for each in paired]
    rows = Pairing.objects.filter(state=PairingState.ACTIVE).exclude(pk__in=known)
    for pairing in rows.with_people().order_by("-pk")[:1]:
        with within(pairing.organization_id, member_id=pairing.mentee.member_id):
            begin(pairing=pairing, side=Side.MENTEE, why=Why(), now=now - WEEKS_AGO)


def let_enrollment_close(*, admin: Member, now: datetime) -> None:
    """One of the cohorts that people can join closes within days; that was decided last week."""
    rows = Cohort.objects.filter(state=CohortState.ENROLLING, is_pilot=False).order_by("pk")
    found = next((each for each in rows if not is_matched(each)), None)
    if not found:
        return
    today = day_at(now, zone_named(admin.organization.time_zone))
    names = ("name", "is_pilot", "needs_approval", "places", "enrollment_opens_on")
    kept = {name: getattr(found, name) for name in (*names, "starts_on", "ends_on")}
    details = replace(Details(**kept), enrollment_closes_on=today + CLOSES_IN)
    change_cohort(cohort=found, details=details, actor=admin, now=now - A_WEEK_AGO)
