"""Planning what happens when a pair falls behind its rhythm, long before it is so.

Everything is planned when a pair begins, meets, agrees on another rhythm or goes on after a
break; whether it is still wanted is asked when it is due. So nobody has to look at all pairs.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import Organization
from mentoring.lib.clock import day_at, instant, zone_named
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.drift import Drift, reached_at
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import rhythm_of
from mentoring.pairings.queries.mails import coordinators_for
from programs.enums import Cadence, Side
from programs.post import address_of, zone_name_of

PROMPT = "pairings.drift_prompt"
LOOK = "pairings.drift_look"
ACT = "pairings.drift_act"
# Later than that another prompt has taken its place, or nobody minds any more.
PROMPT_LASTS = timedelta(days=14)


def occasion_of(pairing: Pairing, cadence: Cadence) -> str:
    """Names since when the pair counts and in which rhythm; another one replaces it."""
    since = pairing.counts_from
    return f"{since:%Y-%m-%dT%H:%M}/{cadence.value}" if since else ""


def watch(pairings: Iterable[Pairing], *, now: datetime) -> None:
    """Plan the prompts for the two, and a look for those who run the cohort. Twice is once.

    Load the pairings with people.
    """
    found = [each for each in pairings if each.counts_from]
    rhythms = rhythm_of(found)
    organization = Organization.objects.get()
    prompts: dict[datetime, list[tuple[str, UUID, str]]] = {}
    looks: dict[datetime, list[tuple[str, UUID, str]]] = {}
    for pairing in found:
        cadence = rhythms[pairing.pk].cadence
        occasion = occasion_of(pairing, cadence)
        for side, morning in _mornings(pairing, cadence, organization):
            message = (address_of(pairing.person(side).member), pairing.pk, f"{side}@{occasion}")
            # Who has just agreed on another rhythm is not told at once to be late in it.
            if morning > now:
                prompts.setdefault(morning, []).append(message)
        if look_at := reached_at(pairing, cadence, Drift.ACT):
            looks.setdefault(look_at, []).append((str(pairing.pk), pairing.pk, occasion))
    for due_at, wanted in prompts.items():
        expires_at = due_at + PROMPT_LASTS
        enqueue_all(kind=PROMPT, wanted=wanted, due_at=due_at, expires_at=expires_at, now=now)
    for due_at, wanted in looks.items():
        enqueue_all(kind=LOOK, wanted=wanted, due_at=due_at, now=now)


def ask_to_act(pairings: Iterable[tuple[Pairing, str]], *, now: datetime) -> None:
    """Ask those who run the cohorts to look after these pairs; each comes with its occasion."""
    occasions = dict(pairings)
    wanted = [
        (address_of(member), pairing.pk, occasions[pairing])
        for pairing, member in coordinators_for(occasions)
    ]
    enqueue_all(kind=ACT, wanted=wanted, due_at=now)


def _mornings(
    pairing: Pairing, cadence: Cadence, organization: Organization
) -> Iterable[tuple[Side, datetime]]:
    """For each of the two, the first hour of reminders at their place after the pair is late."""
    late_at = reached_at(pairing, cadence, Drift.PROMPT)
    if late_at is None:
        return
    for side in Side:
        zone = zone_named(zone_name_of(pairing.person(side).member, organization))
        day, hour = day_at(late_at, zone), organization.reminder_hour
        at = instant(day, hour, zone)
        yield side, at if at >= late_at else instant(day + timedelta(days=1), hour, zone)
