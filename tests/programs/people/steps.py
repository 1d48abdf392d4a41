"""Cohorts with people in them, and a worker that delivers."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.enums import Reach, Role
from accounts.models import Member
from mentoring.outbox import jobs
from mentoring.outbox.models import Message
from mentoring.tenancy.scope import within
from programs.enums import CohortState, ParticipantState, Side
from programs.models import Cohort, Participant, Program, ProgramReach
from tests.factories import create_listed, create_member, inside

# A Monday.
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CLOSES = date(2026, 12, 11)


def create_cohort(owner: Member, name: str = "Spring", **fields: Any) -> Cohort:
    """A cohort that is open for enrollment until 11 December, in a program of its own."""
    program = fields.pop("program", None)
    values = {
        "state": CohortState.ENROLLING,
        "enrollment_opens_on": date(2026, 11, 1),
        "enrollment_closes_on": CLOSES,
        "starts_on": date(2027, 1, 11),
        "ends_on": date(2027, 7, 9),
        **fields,
    }
    with inside(owner.organization_id):
        program = program or Program.objects.create(name=f"Program of {name}")
        return Cohort.objects.create(
            organization=owner.organization, program=program, name=name, **values
        )


def enroll(
    cohort: Cohort,
    member: Member | None = None,
    *,
    side: Side = Side.MENTEE,
    state: ParticipantState = ParticipantState.PENDING,
    **fields: Any,
) -> Participant:
    """Somebody of the cohort, by default a new member who waits for approval."""
    member = member or create_member(cohort.organization)
    sent = None if state == ParticipantState.DRAFT else timezone.now()
    with inside(cohort.organization_id):
        return Participant.objects.create(
            organization=cohort.organization, cohort=cohort, member=member, side=side, state=state,
            **{"submitted_at": sent, **fields},
        )  # fmt: skip


def create_many(cohort: Cohort, count: int, **fields: Any) -> list[Participant]:
    """Listed people in the cohort, quickly."""
    members = [create_listed(cohort.organization) for _ in range(count)]
    with inside(cohort.organization_id):
        return Participant.objects.bulk_create(
            Participant(cohort=cohort, member=each, side=Side.MENTEE, **fields) for each in members
        )


def narrowed_admin(cohort: Cohort, *, reaches: bool) -> Member:
    """A program admin of named programs, with or without the cohort's."""
    admin = create_member(cohort.organization, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS)
    if reaches:
        with inside(cohort.organization_id):
            ProgramReach.objects.create(member=admin, program_id=cohort.program_id)
    return admin


def states_of(participants: Iterable[Participant]) -> list[str]:
    rows = list(participants)
    with inside(rows[0].organization_id):
        found = Participant.objects.in_bulk([each.pk for each in rows])
    return [found[each.pk].state for each in rows]


def messages(owner: Member, kind: str) -> list[tuple[str, str]]:
    """Recipients of the messages of one kind, with the state of each."""
    with inside(owner.organization_id):
        rows = Message.objects.filter(kind=kind).order_by("recipient", "occurrence")
        return [(row.recipient, row.state) for row in rows]


def deliver(owner: Member, *, at: datetime | None = None, later: timedelta = timedelta(0)) -> None:
    """What a worker does at a time."""
    with within(owner.organization_id):
        while jobs.deliver(clock=lambda: at or timezone.now() + later):
            pass
