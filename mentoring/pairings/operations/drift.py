"""Planning what happens when a pair falls behind its rhythm, long before it is so.

Everything is planned when a pair begins, meets, agrees on another rhythm or goes on after a
break; whether it is still wanted is asked when it is due. So nobody has to look at all pairs.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from accounts.mornings import Mornings
from mentoring.outbox.almanac import Morning
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.drift import Drift, reached_at
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import rhythm_of
from mentoring.pairings.queries.mails import coordinators_for
from mentoring.pairings.signals import rhythms_changed
from programs.enums import Cadence, Side
from programs.post import address_of

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
    mornings = Mornings.here()
    prompts: dict[Morning, list[tuple[str, UUID, str]]] = {}
    looks: dict[datetime, list[tuple[str, UUID, str]]] = {}
    for pairing in found:
        cadence = rhythms[pairing.pk].cadence
        occasion = occasion_of(pairing, cadence)
        if late_at := reached_at(pairing, cadence, Drift.PROMPT):
            for side in Side:
                member = pairing.person(side).member
                message = (address_of(member), pairing.pk, f"{side}@{occasion}")
                prompts.setdefault(mornings.after(late_at, member), []).append(message)
        if look_at := reached_at(pairing, cadence, Drift.ACT):
            looks.setdefault(look_at, []).append((str(pairing.pk), pairing.pk, occasion))
    # Who has just agreed on another rhythm is not told at once to be late in it.
    ahead = {morning: wanted for morning, wanted in prompts.items() if morning.at > now}
    for morning, wanted in ahead.items():
        enqueue_all(
            kind=PROMPT,
            wanted=wanted,
            due_at=morning,
            expires_at=morning.at + PROMPT_LASTS,
            now=now,
        )
    for due_at, wanted in looks.items():
        enqueue_all(kind=LOOK, wanted=wanted, due_at=due_at, now=now)
    rhythms_changed.send(sender=Pairing, keys=[each.pk for each in found], now=now)


def ask_to_act(pairings: Iterable[tuple[Pairing, str]], *, now: datetime) -> None:
    """Ask those who run the cohorts to look after these pairs, on their next morning.

    Each pairing comes with its occasion.
    """
    occasions = dict(pairings)
    mornings = Mornings.here()
    plans: dict[Morning, list[tuple[str, UUID, str]]] = {}
    for pairing, member in coordinators_for(occasions):
        message = (address_of(member), pairing.pk, occasions[pairing])
        plans.setdefault(mornings.after(now, member), []).append(message)
    for morning, wanted in plans.items():
        enqueue_all(kind=ACT, wanted=wanted, due_at=morning, now=now)
