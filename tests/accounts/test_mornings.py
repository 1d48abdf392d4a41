"""Reminders come at the organization's hour where the reader is, and never on a free day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from accounts.models import Holiday, Organization
from accounts.mornings import Mornings
from mentoring.outbox.bells import SUFFIX
from mentoring.outbox.models import Message
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.breaks import pause
from mentoring.pairings.operations.drift import PROMPT, watch
from mentoring.pairings.operations.introductions import INTRODUCTION_DUE
from mentoring.tenancy.scope import within
from programs.enums import Side
from tests.console.test_demo import load, organization_of
from tests.factories import create_member, create_organization, inside
from tests.pairings.test_stepping_out import create_pair

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
# What waits until a deadline is over, something has passed, or a change of mind has had its time;
# and the outbox's own.
AT_AN_INSTANT = {
    "feedback.open",
    "feedback.release",
    "meetings.commitment_proposed",
    "meetings.did_it_happen",
    "meetings.release_commitments",
    "outbox.move_planned",
    "outbox.move_schedules",
    "pairings.back",
    "pairings.drift_look",
    "pairings.expire",
    "pairings.message",
    "programs.cohort_invitation",
    "programs.decision",
    "programs.enrollment_closes",
    "programs.enrollment_ends",
}
MONDAY, FRIDAY, SATURDAY = (date(2026, 11, day) for day in (23, 27, 28))


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def mornings():
    """Half past eight in Berlin, Monday to Friday, with a holiday on a Monday."""
    here = create_organization(time_zone="Europe/Berlin", reminder_hour=time(8, 30))
    member = create_member(here)
    with inside(here):
        Holiday.objects.create(date=MONDAY + timedelta(days=7), name="Founder's day")
        yield Mornings.here(), member


@pytest.mark.parametrize(
    ("day", "morning"),
    [(FRIDAY, at(27, 7, 30)), (SATURDAY, at(1, 7, 30, month=12)), (MONDAY, at(23, 7, 30))],
)
def test_a_free_day_gives_its_morning_to_the_next_that_is_none(mornings, day, morning):
    here, member = mornings
    assert here.on(day, member).at == morning


@pytest.mark.parametrize(
    ("moment", "morning"),
    [
        (at(27, 7, 30), at(27, 7, 30)),
        (at(27, 7, 31), at(1, 7, 30, month=12)),
        (at(28, 3), at(1, 7, 30, month=12)),
    ],
)
def test_the_first_morning_is_not_before_the_moment(mornings, moment, morning):
    here, member = mornings
    assert here.after(moment, member).at == morning


def test_the_last_morning_before_a_day_is_a_working_one(mornings):
    here, member = mornings
    assert here.before(date(2026, 12, 1), member).at == at(27, 7, 30)
    member.time_zone = "Asia/Tokyo"
    assert here.before(FRIDAY, member).at == at(25, 23, 30)


def mornings_of(pairing: Pairing, kind: str) -> set[tuple[int, int]]:
    """Weekday and hour in Berlin of what waits."""
    with inside(pairing.organization_id):
        due = Message.objects.filter(kind=kind).values_list("due_at", flat=True)
        return {((local := each + timedelta(hours=1)).weekday(), local.hour) for each in due}


@pytest.mark.parametrize("days", range(7))
def test_prompts_of_a_pair_come_on_working_days(time_machine, days):
    time_machine.move_to(at(3, 12) + timedelta(days=days), tick=False)
    now = at(3, 12) + timedelta(days=days)
    _ada, _carl, pairing = create_pair()
    with inside(pairing.organization_id):
        Organization.objects.update(sends_on_free_days=False)
        Message.objects.filter(kind__in=[PROMPT, INTRODUCTION_DUE]).delete()
        found = Pairing.objects.with_people().get(pk=pairing.pk)
        watch([found], now=now)
        pause(pairing=found, side=Side.MENTOR, until=now.date() + timedelta(days=10), now=now)
    for kind in (PROMPT, "pairings.break_over"):
        ((weekday, hour),) = mornings_of(pairing, kind)
        assert weekday < 5
        assert hour == 9


def test_whatever_the_demo_plans_is_for_a_morning_or_known_to_be_due_at_an_instant(capsys):
    [first, *_] = load(capsys, "--organizations", "1", "--people", "60")
    with within(organization_of(first["email"])):
        ahead = Message.objects.filter(state="queued", due_at__gt=timezone.now())
        of_mornings = set(ahead.exclude(due_on=None).values_list("kind", flat=True))
        others = set(ahead.filter(due_on=None).values_list("kind", flat=True))
    assert {each.removesuffix(SUFFIX) for each in others} <= AT_AN_INSTANT
    assert of_mornings > {"checkins.repeat", "meetings.ahead", PROMPT, f"{PROMPT}{SUFFIX}"}
