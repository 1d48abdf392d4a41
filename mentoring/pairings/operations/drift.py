"""Planning what happens when a pair falls behind its rhythm, long before it is so.

Everything is planned when a pair begins, meets, agrees on another rhythm or goes on after a
break; whether it is still wanted is asked when it is due. So nobody has to look at all pairs.

Nobody is prompted while a meeting is planned or one of the two is away. Then there is another
prompt once that is over: what is known to end is planned for its day, and named by it; what ends
early, like a meeting that is called off, is named by the next morning.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from accounts.mornings import Mornings
from mentoring.lib.clock import day_at, zone_named
from mentoring.outbox.almanac import Morning
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.deadlines import REMINDER_LASTS
from mentoring.pairings.drift import NOTED_WITHIN, Drift, free_from, reached_at
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import Rhythm, rhythm_of
from mentoring.pairings.queries.mails import coordinators_for
from mentoring.pairings.signals import rhythms_changed
from programs.enums import Cadence, Side
from programs.post import address_of

PROMPT = "pairings.drift_prompt"
LOOK = "pairings.drift_look"
ACT = "pairings.drift_act"
FREE, AGAIN = "free", "again"

type Wanted = tuple[str, UUID, str]
type Plans = dict[Morning, list[Wanted]]


def occasion_of(pairing: Pairing, cadence: Cadence) -> str:
    """Names since when the pair counts and in which rhythm; another one replaces it."""
    since = pairing.counts_from
    return f"{since:%Y-%m-%dT%H:%M}/{cadence.value}" if since else ""


def parts_of(occasion: str) -> tuple[str, str, str]:
    """What a prompt counts from; for another one also what was over, and on which day."""
    *since, more = [*occasion.split("/"), ""][:3]
    why, _at, day = more.partition(":")
    return "/".join(since), why, day


def watch(pairings: Iterable[Pairing], *, now: datetime) -> None:
    """Plan the prompts for the two, and a look for those who run the cohort. Twice is once.

    Load the pairings with people.
    """
    found = [each for each in pairings if each.counts_from]
    rhythms = rhythm_of(found)
    mornings = Mornings.here()
    prompts: Plans = {}
    looks: dict[datetime, list[Wanted]] = {}
    for pairing, side, morning, occasion in _prompts(found, rhythms, mornings):
        message = (address_of(pairing.person(side).member), pairing.pk, f"{side}@{occasion}")
        prompts.setdefault(morning, []).append(message)
    for pairing in found:
        cadence = rhythms[pairing.pk].cadence
        if look_at := reached_at(pairing, cadence, Drift.ACT):
            look = (str(pairing.pk), pairing.pk, occasion_of(pairing, cadence))
            looks.setdefault(look_at, []).append(look)
    # Who has just agreed on another rhythm is not told at once to be late in it.
    _enqueue({morning: wanted for morning, wanted in prompts.items() if morning.at > now}, now=now)
    prompt_when_free(found, now=now)
    for due_at, wanted in looks.items():
        enqueue_all(kind=LOOK, wanted=wanted, due_at=due_at, now=now)
    rhythms_changed.send(sender=Pairing, keys=[each.pk for each in found], now=now)


def prompt_when_free(pairings: Iterable[Pairing], *, now: datetime) -> None:
    """Plan a prompt for when a planned meeting, and breaks of the two, are over. Twice is once.

    Load the pairings with people.
    """
    mornings = Mornings.here()
    zone = zone_named(mornings.organization.time_zone)
    frees = {each: free_from(each, zone) for each in pairings if each.counts_from}
    waiting = {each: free_at for each, free_at in frees.items() if free_at and free_at > now}
    plans: Plans = {}
    for pairing, side, first, occasion in _prompts(waiting, rhythm_of(waiting), mornings):
        free_at = waiting[pairing]
        member = pairing.person(side).member
        morning = mornings.after(free_at, member)
        if morning.at > first.at:
            name = f"{side}@{occasion}/{FREE}:{day_at(free_at, zone)}"
            plans.setdefault(morning, []).append((address_of(member), pairing.pk, name))
    _enqueue(plans, now=now)


def prompt_again(
    pairings: Iterable[Pairing], *, now: datetime, planned_at: datetime | None = None
) -> None:
    """Plan a prompt for the next morning: what kept the two from it has just ended early.

    That may be a meeting, which was to be at ``planned_at``: once it is over and they were
    prompted, they are not prompted again because somebody calls it off. What is still to come is
    waited for. Load the pairings with people.
    """
    found = list(pairings)
    prompt_when_free(found, now=now)
    mornings = Mornings.here()
    zone = zone_named(mornings.organization.time_zone)
    plans: Plans = {}
    for pairing, side, first, occasion in _prompts(found, rhythm_of(found), mornings):
        member = pairing.person(side).member
        morning, free_at = mornings.after(now, member), free_from(pairing, zone)
        is_planned = free_at and mornings.after(free_at, member).at >= morning.at
        is_late = planned_at and mornings.after(planned_at + NOTED_WITHIN, member).at < morning.at
        if morning.at > first.at and not is_planned and not is_late:
            name = f"{side}@{occasion}/{AGAIN}:{morning.at.date()}"
            plans.setdefault(morning, []).append((address_of(member), pairing.pk, name))
    _enqueue(plans, now=now)


def _prompts(
    pairings: Collection[Pairing], rhythms: Mapping[UUID, Rhythm], mornings: Mornings
) -> Iterator[tuple[Pairing, Side, Morning, str]]:
    """Whom of the pairs to prompt on which morning for the first time, and on which occasion."""
    for pairing in pairings:
        cadence = rhythms[pairing.pk].cadence
        if late_at := reached_at(pairing, cadence, Drift.PROMPT):
            for side in Side:
                first = mornings.after(late_at, pairing.person(side).member)
                yield pairing, side, first, occasion_of(pairing, cadence)


def _enqueue(plans: Plans, *, now: datetime) -> None:
    for morning, wanted in plans.items():
        ends_at = morning.at + REMINDER_LASTS
        enqueue_all(kind=PROMPT, wanted=wanted, due_at=morning, expires_at=ends_at, now=now)


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
        ends_at = morning.at + REMINDER_LASTS
        enqueue_all(kind=ACT, wanted=wanted, due_at=morning, expires_at=ends_at, now=now)
