"""A cohort in which pairs are made, for tests of pairings."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import Member
from mentoring.lib.clock import day_at
from mentoring.outbox import jobs
from mentoring.outbox.models import Message
from mentoring.pairings.enums import Origin
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.proposals import propose_all
from mentoring.pairings.operations.requests import request
from mentoring.tenancy.scope import within
from programs.enums import CohortState, Side
from programs.models import Cohort, Participant
from tests.factories import create_organization, inside, login, url
from tests.profiles.people import create_cohort, create_topics, take_part

BERLIN = ZoneInfo("Europe/Berlin")
# A Monday.
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
HELLO = 'I could show you how my team\'s tools "talk" to each other.'


def today() -> date:
    """Which day it is where the organizations of pairs are."""
    return day_at(timezone.now(), BERLIN)


def create_round(**fields: Any) -> Cohort:
    """A cohort in which matching has opened, and where reminders go out on all days."""
    organization = create_organization(time_zone="Europe/Berlin", sends_on_free_days=True)
    return create_cohort(organization, **{"state": CohortState.MATCHING, **fields})


def create_two(cohort: Cohort | None = None, **fields: Any) -> tuple[Participant, Participant]:
    """Ada, a mentor, and Carl, a mentee, with one topic in common."""
    cohort = cohort or create_round(**fields)
    tools, talks = create_topics(cohort.organization, "AI tools", "Open talks")
    ada = take_part(cohort, Side.MENTOR, name="Ada", topics=[tools])
    return ada, take_part(cohort, Side.MENTEE, name="Carl", topics=[tools, talks])


def ask_by_page(client: Any, member: Member, partner: Participant, offer: str = HELLO) -> Any:
    address = url(member, "pair_request", partner.pk)
    return login(client, member).post(address, {"offer": offer}, follow=True)


def ask(mine: Participant, partner: Participant, *, now: datetime | None = None) -> Pairing:
    """A request, as its writer."""
    with inside(mine.organization_id, member_id=mine.member_id):
        return request(participant=mine, partner=partner, offer=HELLO, now=now or timezone.now())


def propose(
    *pairs: tuple[Participant, Participant], now: datetime | None = None, **more: Any
) -> list[Pairing]:
    cohort = pairs[0][0].cohort
    with inside(cohort.organization_id):
        return propose_all(
            cohort=cohort,
            pairs=pairs,
            origin=Origin.MATCHING,
            actor=None,
            now=now or timezone.now(),
            **more,
        )


def answer(client: Any, participant: Participant, pairing: Pairing, what: str = "accept") -> Any:
    address = url(participant.member, f"pair_{what}", pairing.pk)
    return login(client, participant.member).post(address, follow=True)


def own_page(client: Any, member: Member, pairing: Pairing | None = None) -> Any:
    """The list of the own matches, or the page of one."""
    address = url(member, "pair", pairing.pk) if pairing else url(member, "pairs")
    return login(client, member).get(address)


def main_of(response: Any) -> str:
    text: str = response.text.split("<main")[1]
    return text


def deliver(cohort: Cohort, *, at: datetime | None = None) -> None:
    """What a worker does at a time, until nothing is due."""
    clock: Callable[[], datetime] = (lambda: at) if at else timezone.now
    with within(cohort.organization_id):
        while jobs.deliver(clock=clock):
            pass


def by_day(at: datetime) -> datetime:
    """Noon of that day in Berlin: an hour at which reminders go out, whenever tests run."""
    return at.astimezone(BERLIN).replace(hour=12, minute=0, second=0, microsecond=0)


def sent(cohort: Cohort, kind: str) -> list[str]:
    """Recipients of the messages of one kind that went out."""
    with inside(cohort.organization_id):
        rows = Message.objects.filter(kind=kind, state="sent").order_by("recipient")
        return list(rows.values_list("recipient", flat=True))


def states_of(pairings: Iterable[Pairing]) -> list[str]:
    found = list(pairings)
    with inside(found[0].organization_id):
        rows = Pairing.objects.in_bulk([each.pk for each in found])
    return [rows[each.pk].state for each in found]


def days(number: float) -> timedelta:
    return timedelta(days=number)
