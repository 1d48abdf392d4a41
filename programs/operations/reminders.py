"""Reminding people who have not answered that enrollment closes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from accounts.models import Member, Organization
from accounts.mornings import Mornings
from accounts.operations.audit import record
from accounts.queries.calendar import Hours, working_hours
from mentoring.lib.clock import day_at, end_of, instant, zone_named
from mentoring.outbox.almanac import Morning
from mentoring.outbox.operations import enqueue, enqueue_all, move
from mentoring.outbox.outlook import MOST, Planned
from mentoring.outbox.queries import occasions_of
from programs.enums import Action
from programs.models import Cohort, CohortInvitation, Participant
from programs.operations.ways_in import let_in
from programs.post import address_of, zone_name_of
from programs.queries.cohort_invitations import is_inviting
from programs.queries.reminders import drafts_of, to_remind

type Invited = CohortInvitation | Participant

PLAN = "programs.enrollment_closes"
INVITED = "programs.cohort_reminder"
DRAFT = "programs.enrollment_draft"
DAYS_BEFORE = 3
# One more than anybody is told of at once, so that it is known that there are more.
FORETOLD = MOST + 1
# Where a day begins first.
EARLIEST = "Pacific/Kiritimati"


class NotEnrolling(Exception):
    """Enrollment is not open, so there is nothing to remind of."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many were reminded, and how many had been already on that day."""

    sent: int
    too_soon: int


def occurrence_for(closes: date) -> str:
    """Names the reminder before a closing day; another day makes another reminder."""
    return f"closes:{closes.isoformat()}"


def plan(*, cohort: Cohort, now: datetime) -> None:
    """Have people reminded before enrollment closes; call it when the day may be another one.

    Who is to be reminded is found out on the day itself. A moment that is past is left out, but
    what was planned for a later one is not.
    """
    closes = cohort.enrollment_closes_on
    if closes is None:
        return
    hours = working_hours()
    due_at = instant(_day_for(closes, hours), hours.reminder_hour, zone_named(EARLIEST))
    look_at(PLAN, cohort, occurrence_for(closes), due_at=due_at, now=now)


def look_at(kind: str, cohort: Cohort, occurrence: str, *, due_at: datetime, now: datetime) -> None:
    """Plan a look at the cohort, or move the one that waits. A moment that is past is left out."""
    move(
        kind=kind,
        subject_ids=[cohort.pk],
        occurrence=occurrence,
        due_at=max(due_at, now),
        expires_at=None,
        now=now,
    )
    if due_at > now:
        enqueue(
            kind=kind,
            recipient=str(cohort.pk),
            subject_id=cohort.pk,
            occurrence=occurrence,
            due_at=due_at,
            now=now,
        )


@transaction.atomic
def schedule(*, cohort: Cohort, now: datetime) -> None:
    """On the day: one reminder for each person, at the hour where the person is."""
    closes = cohort.enrollment_closes_on
    if closes is None:
        return
    mornings = Mornings.here()
    organization, day = mornings.organization, _day_for(closes, mornings.hours)
    invitations = _one_each(to_remind(cohort))
    let_in(cohort=cohort, invitations=invitations, organization=organization, now=now)
    for kind, rows in ((INVITED, invitations), (DRAFT, drafts_of(cohort))):
        by_zone: dict[str, list[Invited]] = {}
        for each in rows:
            by_zone.setdefault(zone_name_of(each.member, organization), []).append(each)
        for _zone, same in sorted(by_zone.items()):
            morning = mornings.soonest(day, same[0].member, now=now)
            _enqueue(kind, same, occurrence_for(closes), cohort, organization, due_at=morning)


def foretell(cohort: Cohort, now: datetime, until: datetime) -> list[Planned]:
    """Whom `schedule` would remind as things stand, while the day is still ahead; at most some."""
    closes, organization = cohort.enrollment_closes_on, cohort.organization
    if closes is None or not is_inviting(
        cohort, today=day_at(now, zone_named(organization.time_zone))
    ):
        return []
    mornings = Mornings(organization, working_hours())
    day, hour = _day_for(closes, mornings.hours), mornings.hours.reminder_hour
    if not now < instant(day, hour, zone_named(EARLIEST)) <= until:
        return []
    asked = _one_each(to_remind(cohort)[:FORETOLD])
    return [
        Planned(
            kind=kind,
            recipient=address_of(each.member),
            subject_id=each.pk,
            occurrence=occurrence_for(closes),
            due_at=mornings.on(day, each.member).at,
            expires_at=end_of(closes, zone_named(organization.time_zone)),
        )
        for kind, rows in ((INVITED, asked), (DRAFT, drafts_of(cohort)[:FORETOLD]))
        for each in rows
    ]


@transaction.atomic
def remind_now(
    *, cohort: Cohort, actor: Member, now: datetime, only: Iterable[UUID] | None = None
) -> Reminded:
    """Remind people who have not answered, each at most once on a day.

    ``only`` narrows to these invitations; otherwise drafts of people who were never invited
    count too. Raises NotEnrolling.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    organization = actor.organization
    today = day_at(now, zone_named(organization.time_zone))
    opens = cohort.enrollment_opens_on
    if not is_inviting(cohort, today=today) or (opens and opens > today):
        raise NotEnrolling
    occurrence = f"asked:{today.isoformat()}"
    wanted = to_remind(cohort) if only is None else to_remind(cohort).filter(pk__in=list(only))
    drafts = list(drafts_of(cohort)) if only is None else []
    invitations = list(wanted)
    fresh = _not_today(invitations, instant(today, time(), zone_named(organization.time_zone)))
    told = occasions_of(kind=DRAFT, occurrence=occurrence)
    begun = [each for each in drafts if each.pk not in told]
    let_in(cohort=cohort, invitations=fresh, organization=organization, now=now)
    CohortInvitation.objects.filter(pk__in=[each.pk for each in fresh]).update(reminded_at=now)
    _enqueue(INVITED, fresh, occurrence, cohort, organization, due_at=now)
    _enqueue(DRAFT, begun, occurrence, cohort, organization, due_at=now)
    sent = len(fresh) + len(begun)
    if sent:
        record(
            actor=actor,
            action=Action.COHORT_REMINDED,
            subject_id=cohort.pk,
            subject_name=f"{cohort.program} · {cohort}",
            details={"people": sent},
        )
    people = {each.member_id for each in invitations} | {each.member_id for each in drafts}
    return Reminded(sent=sent, too_soon=len(people) - sent)


def _day_for(closes: date, hours: Hours) -> date:
    """The day of the reminder before enrollment closes on a day."""
    return hours.working.days_before(closes, DAYS_BEFORE)


def _enqueue(
    kind: str,
    rows: Sequence[Invited],
    occurrence: str,
    cohort: Cohort,
    organization: Organization,
    *,
    due_at: datetime | Morning,
) -> None:
    closes = cohort.enrollment_closes_on
    enqueue_all(
        kind=kind,
        wanted=[(address_of(each.member), each.pk, occurrence) for each in rows],
        due_at=due_at,
        expires_at=end_of(closes, zone_named(organization.time_zone)) if closes else None,
    )


def _not_today(invitations: Iterable[CohortInvitation], begin: datetime) -> list[CohortInvitation]:
    """Invitations of people who were neither asked nor reminded since the day began."""
    found = list(invitations)
    told = {each.member_id for each in found if _told_at(each) >= begin}
    return _one_each(each for each in found if each.member_id not in told)


def _told_at(invitation: CohortInvitation) -> datetime:
    return max(invitation.invited_at, invitation.reminded_at or invitation.invited_at)


def _one_each(invitations: Iterable[CohortInvitation]) -> list[CohortInvitation]:
    """Somebody who was asked for both sides is reminded of one of them."""
    return list({each.member_id: each for each in invitations}.values())
