"""The messages of surveys: the time to ask, the mail that asks, and the one that reminds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.mornings import Mornings
from mentoring.feedback.models import Response
from mentoring.feedback.operations.asking import AGAIN, ASK, SURVEY, Occasion, ask, may_ask
from mentoring.feedback.queries.surveys import asked_among
from mentoring.feedback.waves import OPEN_FOR, closes_at, is_open, rests
from mentoring.outbox.enums import Group, Reason
from mentoring.outbox.models import Message
from mentoring.outbox.moments import by_moment
from mentoring.outbox.registry import EffectKind, Letter, MailKind, register
from mentoring.outbox.wording import Case
from mentoring.pairings.kinds.letters import context_of, keys_of, pairing_in, sided, withdrawn
from mentoring.pairings.kinds.wording import example, of_pair
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import rhythm_of
from mentoring.pairings.queries.mails import is_present, pairings_by_key, today_here
from programs.enums import WAVES, Moment
from programs.post import absolute, letter_to


def _example(now: datetime) -> dict[str, object]:
    return {
        **example(now),
        "moment": Moment.BASELINE.value,
        "open_until": now + OPEN_FOR - timedelta(days=5),
    }


WORDING = of_pair(
    example=_example,
    cases=tuple(Case(each.value, each.label, {"moment": each.value}) for each in WAVES),
    case_of=lambda values: str(values["moment"]),
)
# Whichever wave it is, the reminder says the same.
WORDING_AGAIN = of_pair(example=_example)


def _occasion(message: Message, pairing: Pairing) -> Occasion:
    side, about = sided(message)
    return Occasion(pairing, side, Moment(about.partition(":")[0]))


def _occasions(messages: Iterable[Message]) -> dict[UUID, Occasion]:
    """By message, with the pairing as it is now; without those that have none."""
    found = pairings_by_key(keys_of(list(messages)))
    for each in messages:
        each.subject = found.get(each.subject_id)
    return {each.pk: _occasion(each, found[each.subject_id]) for each in messages if each.subject}


def _unwanted_times(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Wanted on a day on which the pair can be asked, by whoever was not asked yet."""
    occasions = _occasions(messages)
    pairings = {each.pairing.pk: each.pairing for each in occasions.values()}
    rhythms, asked, mornings = rhythm_of(pairings.values()), asked_among(pairings), Mornings.here()
    return withdrawn(
        each
        for each in messages
        if not (occasion := occasions.get(each.pk))
        or not may_ask(occasion, rhythms[each.subject_id], mornings, asked, now=now)
    )


def _ask(messages: Sequence[Message], now: datetime) -> None:
    for due_at, same in by_moment(messages):
        ask(_occasions(same).values(), due_at=due_at, now=now)


def _unwanted_mails(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Wanted while whoever was asked can answer, is there, and the program still asks."""
    occasions, today = _occasions(messages), today_here(now)
    asked = asked_among(each.pairing.pk for each in occasions.values())

    def is_wanted(occasion: Occasion) -> bool:
        pairing, moment = occasion.pairing, occasion.moment
        response = asked.get(occasion.key)
        return (
            response is not None
            and is_open(pairing, response, now=now)
            and moment in pairing.cohort.program.waves
            and not rests(pairing, moment)
            and is_present(occasion.person, today)
        )

    return withdrawn(
        each
        for each in messages
        if not (occasion := occasions.get(each.pk)) or not is_wanted(occasion)
    )


def _write(message: Message, now: datetime) -> Letter:
    pairing = pairing_in(message)
    occasion, organization = _occasion(message, pairing), pairing.organization
    response: Response = asked_among([pairing.pk])[occasion.key]
    page = reverse("pair_survey", args=[organization.slug, pairing.pk, occasion.moment.value])
    context = {
        **context_of(pairing, occasion.side),
        "moment": occasion.moment.value,
        "open_until": closes_at(response.asked_at or now),
        "url": absolute(page),
    }
    return letter_to(occasion.member, organization, context)


for kind in (
    EffectKind(
        name=ASK,
        label=_("Time for a survey"),
        unwanted=_unwanted_times,
        apply=_ask,
    ),
    MailKind(
        name=SURVEY,
        label=_("A few questions about a pair"),
        template="mail/survey",
        wording=WORDING,
        group=Group.REMINDERS,
        unwanted=_unwanted_mails,
        write=_write,
    ),
    MailKind(
        name=AGAIN,
        label=_("A few questions about a pair, asked once more"),
        template="mail/survey_again",
        wording=WORDING_AGAIN,
        group=Group.REMINDERS,
        switch=SURVEY,
        has_bell=False,
        unwanted=_unwanted_mails,
        write=_write,
    ),
):
    register(kind)
