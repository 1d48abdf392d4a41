"""Asking people to take part in a cohort."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from accounts.models import Member
from accounts.operations.audit import record
from mentoring.lib.clock import day_at, end_of, instant, zone_named
from mentoring.outbox.operations import enqueue_all, move
from programs.enums import Action, Side
from programs.models import Cohort, CohortInvitation
from programs.operations import reminders
from programs.operations.ways_in import let_in
from programs.post import address_of
from programs.queries.cohort_invitations import (
    first_morning,
    is_inviting,
    knows_already,
    next_morning,
)

KIND = "programs.cohort_invitation"
BATCH = 2000


class NotInviting(Exception):
    """The cohort is not open for enrollment, so an invitation would lead nowhere."""


@transaction.atomic
def invite(
    *,
    cohort: Cohort,
    side: Side,
    members: Iterable[Member],
    actor: Member,
    now: datetime,
    note: str = "",
    is_personal: bool = False,
) -> list[CohortInvitation]:
    """Ask people to take part on one side; who knows already is passed over.

    The mails leave at once, or on the morning that enrollment opens. A personal invitation
    speaks in the actor's name. Raises NotInviting.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    zone = zone_named(actor.organization.time_zone)
    if not is_inviting(cohort, today=day_at(now, zone)):
        raise NotInviting
    people = [each for each in members if not each.deactivated_at and not each.on_leave]
    knowing = knows_already(cohort, side, people)
    wanted = {each.pk: each for each in people if each.pk not in knowing}
    if not wanted:
        return []
    _forget_ended(cohort, side, wanted.values())
    words = {"note": note, "is_personal": is_personal}
    common = {"cohort": cohort, "side": side, "invited_by": actor, "invited_at": now, **words}
    invitations = [CohortInvitation(member=member, **common) for member in wanted.values()]
    CohortInvitation.objects.bulk_create(invitations, batch_size=BATCH)
    let_in(cohort=cohort, invitations=invitations, organization=actor.organization, now=now)
    _enqueue(cohort, invitations, now=now)
    reminders.plan(cohort=cohort, now=now)
    record(
        actor=actor,
        action=Action.COHORT_INVITED,
        subject_id=cohort.pk,
        subject_name=f"{cohort.program} · {cohort}",
        details={"side": side, "people": len(invitations), "personally": is_personal},
    )
    return invitations


@transaction.atomic
def turn_down(*, member: Member, cohort: Cohort, now: datetime) -> int:
    """“No, thanks”: no reminder follows. Return how many invitations that ends."""
    own = CohortInvitation.objects.filter(member=member, cohort=cohort).open()
    return own.update(declined_at=now)


@transaction.atomic
def reconsider(*, member: Member, cohort: Cohort) -> int:
    """Take a “no, thanks” back."""
    own = CohortInvitation.objects.filter(member=member, cohort=cohort, ended_at=None)
    return own.exclude(declined_at=None).update(declined_at=None)


def reschedule(*, cohort: Cohort, now: datetime) -> int:
    """Let invitations that wait for enrollment to open keep to its days as they are now."""
    zone = zone_named(cohort.organization.time_zone)
    day = next_morning(cohort, today=day_at(now, zone))
    due_at, expires_at = _from_to(cohort, day, now=now)
    keys = CohortInvitation.objects.filter(cohort=cohort).values_list("pk", flat=True)
    return move(kind=KIND, subject_ids=keys, due_at=due_at, expires_at=expires_at, now=now)


def _forget_ended(cohort: Cohort, side: Side, members: Iterable[Member]) -> None:
    """Who left and came back is asked anew."""
    ended = CohortInvitation.objects.filter(cohort=cohort, side=side, ended_at__isnull=False)
    ended.filter(member__in=[each.pk for each in members]).delete()


def _enqueue(cohort: Cohort, invitations: Iterable[CohortInvitation], *, now: datetime) -> None:
    zone = zone_named(cohort.organization.time_zone)
    day = first_morning(cohort, today=day_at(now, zone))
    due_at, expires_at = _from_to(cohort, day, now=now)
    wanted = [(address_of(each.member), each.pk, "1") for each in invitations]
    enqueue_all(kind=KIND, wanted=wanted, due_at=due_at, expires_at=expires_at, now=now)


def _from_to(
    cohort: Cohort, day: date | None, *, now: datetime
) -> tuple[datetime, datetime | None]:
    """When invitations leave, that morning or now, and until when they are worth sending."""
    organization, closes = cohort.organization, cohort.enrollment_closes_on
    zone = zone_named(organization.time_zone)
    due_at = max(instant(day, organization.reminder_hour, zone), now) if day else now
    return due_at, end_of(closes, zone) if closes else None
