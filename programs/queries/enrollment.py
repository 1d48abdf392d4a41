"""Where somebody stands with taking part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from accounts.models import Member
from programs.enums import Audience, Cadence, CohortState, ParticipantState, Side
from programs.models import (
    Cohort,
    CohortInvitation,
    Participant,
    PreparationDone,
    PreparationItem,
    Program,
)
from programs.models.cohort import CohortQuerySet
from programs.models.participant import ParticipantQuerySet
from programs.queries.eligibility import open_cohorts_for, rule_of

PER_MONTH = {Cadence.FORTNIGHTLY: 2.0, Cadence.MONTHLY: 1.0, Cadence.QUARTERLY: 1 / 3}
OVER = {CohortState.CLOSING, CohortState.CLOSED}


class Gate(StrEnum):
    """Whether a member may enroll, and if not, why."""

    OPEN = "open"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    NOT_INVITED = "not_invited"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Preparation:
    """A preparation item as one participant sees it."""

    item: PreparationItem
    done_at: datetime | None


def today_of(member: Member, now: datetime) -> date:
    """The day it is for the member's organization."""
    return now.astimezone(ZoneInfo(member.organization.time_zone)).date()


def cohorts_to_join(member: Member) -> CohortQuerySet:
    """The cohorts whose enrollment page answers a member; it says who may enroll and when."""
    cohorts = Cohort.objects.select_related("program__concern_contact")
    own = Participant.objects.filter(member=member).values("cohort")
    invited = CohortInvitation.objects.filter(member=member).values("cohort")
    return cohorts.filter(~Q(state=CohortState.DRAFT) | Q(pk__in=own) | Q(pk__in=invited))


def gate_of(member: Member, cohort: Cohort, side: Side, *, today: date) -> Gate:
    """Whether the member may enroll on this side on this day."""
    if member.deactivated_at or member.on_leave:
        return Gate.AWAY
    open_sides = dict(open_cohorts_for(member, today=today)).get(cohort, [])
    if side in open_sides:
        return Gate.OPEN
    is_invited = cohort.invitations.filter(member=member, side=side).exists()
    if not is_invited and not rule_of(cohort, side).fits(member):
        return Gate.NOT_INVITED
    opens = cohort.enrollment_opens_on
    is_early = cohort.state == CohortState.DRAFT or bool(
        cohort.state == CohortState.ENROLLING and opens and opens > today
    )
    return Gate.NOT_YET if is_early else Gate.CLOSED


def participations_of(member: Member) -> ParticipantQuerySet:
    """A member's own participations with cohort and program, the newest first."""
    found = Participant.objects.filter(member=member)
    return found.select_related("cohort__program__concern_contact").order_by("-started_at", "-pk")


def live_participations_of(member: Member) -> ParticipantQuerySet:
    """Those that are neither withdrawn nor declined, in cohorts that are not over."""
    gone = [ParticipantState.WITHDRAWN, ParticipantState.DECLINED]
    return participations_of(member).exclude(state__in=gone).exclude(cohort__state__in=OVER)


def preparations_of(participants: Iterable[Participant]) -> dict[UUID, list[Preparation]]:
    """What each of them is asked to do before matching, in two queries."""
    wanted = list(participants)
    programs = {each.cohort.program_id for each in wanted}
    items = PreparationItem.objects.filter(program__in=programs, archived_at=None)
    ordered = list(items.order_by("position", "pk"))
    done = {
        (row.participant_id, row.item_id): row.done_at
        for row in PreparationDone.objects.filter(participant__in=[each.pk for each in wanted])
    }
    return {
        each.pk: [
            Preparation(item, done.get((each.pk, item.pk)))
            for item in ordered
            if item.program_id == each.cohort.program_id
            and item.audience in (Audience.BOTH, each.side)
        ]
        for each in wanted
    }


def is_ready(preparations: Iterable[Preparation]) -> bool:
    """Whether everything required before matching is done."""
    return all(each.done_at for each in preparations if each.item.is_required)


def minutes_per_month(program: Program) -> int:
    """The time that a pledge is about: meetings only, to the next five minutes."""
    exact = program.meeting_minutes * PER_MONTH[Cadence(program.cadence)]
    return max(5, -(-int(exact) // 5) * 5)
