"""Cohorts that run, and what workers make of their week."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from accounts.enums import Role
from accounts.models import Member
from mentoring.meetings.operations.week import WEEK, keep_weeks
from mentoring.outbox import jobs
from mentoring.outbox.models import Message, Schedule
from mentoring.outbox.unrolling import unroll_until
from mentoring.pairings.models import Pairing
from mentoring.tenancy.scope import within
from programs.enums import CohortState, Side
from programs.models import Cohort
from tests.factories import create_member, create_organization, inside
from tests.meetings.people import create_pair, held
from tests.pairings.people import MONDAY
from tests.profiles.people import create_cohort, take_part


@pytest.fixture
def at_noon():
    """On Monday, 23 November."""
    with time_machine.travel(MONDAY, tick=False):
        yield


def at(day: int, hour: int = 8, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def create_running(**fields) -> Cohort:
    """A cohort in Berlin that runs until next June, in an organization without anybody else."""
    organization = create_organization(time_zone="Europe/Berlin")
    return create_cohort(
        organization,
        **{
            "state": CohortState.RUNNING,
            "starts_on": date(2026, 9, 1),
            "ends_on": date(2027, 6, 1),
            **fields,
        },
    )


def create_runner(cohort: Cohort, role=Role.PROGRAM_ADMIN, **fields) -> Member:
    member = create_member(cohort.organization, roles=[role], **fields)
    keep(cohort)
    return member


def keep(cohort, now=MONDAY) -> None:
    with inside(cohort.organization):
        keep_weeks(now=now)


def meet(cohort, names=("Ada", "Carl"), *, day: datetime = MONDAY - timedelta(days=1)):
    """Two of the cohort who met that day, and are a pair since a month."""
    mentor = take_part(cohort, Side.MENTOR, name=names[0])
    mentee = take_part(cohort, Side.MENTEE, name=names[1])
    *_, pairing = create_pair((mentor, mentee))
    change(pairing, began_at=MONDAY - timedelta(days=30))
    held(pairing, by=mentor, starts_at=day)
    return pairing


def change(pairing, **fields) -> None:
    with inside(pairing.organization_id):
        Pairing.objects.filter(pk=pairing.pk).update(**fields)


def ago(days: int) -> datetime:
    return MONDAY - timedelta(days=days)


def work(cohort, at: datetime) -> None:
    """What beat and workers do by that moment."""
    with within(cohort.organization_id):
        unroll_until(at, clock=lambda: at)
        while jobs.deliver(clock=lambda: at):
            pass


def made(cohort) -> list[tuple[str, str, datetime, str]]:
    with inside(cohort.organization):
        rows = Message.objects.filter(kind=WEEK).order_by("due_at", "recipient")
        return [(row.recipient, row.occurrence, row.due_at, row.state) for row in rows]


def sent(cohort) -> list[tuple[str, str]]:
    return [(to, occurrence) for to, occurrence, _, state in made(cohort) if state == "sent"]


def going_on(organization) -> set:
    with inside(organization):
        return set(Schedule.objects.going_on().filter(kind=WEEK).values_list("person", flat=True))
