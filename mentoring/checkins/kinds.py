"""The messages of check-ins: the time for one, the mail that asks, and the one that repeats it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from mentoring.checkins.enums import Said
from mentoring.checkins.operations.asking import Occasion, ask
from mentoring.checkins.queries.checkins import asked_on
from mentoring.checkins.rhythm import ASK, LASTS, PROMPT, REPEAT, is_asked
from mentoring.checkins.tokens import answer_urls
from mentoring.meetings.queries.agenda import next_steps_of
from mentoring.meetings.queries.meetings import last_noted, next_ahead
from mentoring.outbox.enums import Group, Reason
from mentoring.outbox.mail import subject_of
from mentoring.outbox.models import Message, Schedule
from mentoring.outbox.moments import by_moment
from mentoring.outbox.recurring import RecurringKind, register_recurring
from mentoring.outbox.registry import EffectKind, Letter, Line, MailKind, register
from mentoring.pairings.kinds.letters import context_of, keys_of, pairing_in, sided, withdrawn
from mentoring.pairings.kinds.wording import example, of_pair
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.mails import (
    is_present,
    pairings_by_key,
    today_here,
)
from mentoring.profiles.enums import OTHER_SIDE
from mentoring.tenancy.scope import within
from programs.enums import Side
from programs.post import absolute, language_of, letter_to

TEMPLATE = "mail/check_in"


def _example(now: datetime) -> dict[str, object]:
    return {
        **example(now),
        "next_at": now + timedelta(days=9),
        "steps": [_("Try out once what we talked about")],
        "answers": {said.value: settings.BASE_URL for said in Said},
    }


# What the answers are called stays, so that everybody knows what one tap does.
WORDING = of_pair(example=_example, has_button=False)


def _recipients(schedules: Sequence[Schedule], now: datetime) -> Mapping[UUID, str]:
    return {each.pk: str(each.person) for each in schedules}


def _is_there(pairing: Pairing | None, today: date) -> bool:
    """Whether the two are at work; nobody is asked about somebody who is away."""
    return (
        pairing is not None
        and is_asked(pairing)
        and all(is_present(pairing.person(side), today) for side in Side)
    )


def _occasions(
    messages: Iterable[Message], found: Mapping[UUID, Pairing], mark: str
) -> dict[UUID, Occasion]:
    occasions = {}
    for each in messages:
        side, _mark, on = each.occurrence.partition(mark)
        if pairing := found.get(each.subject_id):
            occasions[each.pk] = Occasion(pairing, Side(side), date.fromisoformat(on))
    return occasions


def _unwanted_times(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    found, today = pairings_by_key(keys_of(messages)), today_here(now)
    return withdrawn(each for each in messages if not _is_there(found.get(each.subject_id), today))


def _ask(messages: Sequence[Message], now: datetime) -> None:
    found = pairings_by_key(keys_of(messages))
    for due_at, same in by_moment(messages):
        ask(_occasions(same, found, ":").values(), due_at=due_at, now=now)


def _waiting(messages: Sequence[Message], now: datetime) -> Mapping[UUID, datetime | None]:
    """Where both are there and the person has not answered: since when the person is asked."""
    found, today = pairings_by_key(keys_of(messages)), today_here(now)
    for each in messages:
        each.subject = found.get(each.subject_id)
    occasions = _occasions(messages, found, "@")
    there = asked_on(each.key for each in occasions.values())
    waiting: dict[UUID, datetime | None] = {}
    for key, occasion in occasions.items():
        check_in = there.get(occasion.key)
        # What is looked at ahead is not asked yet.
        is_open = check_in is None or check_in.answered_at is None
        if is_open and _is_there(occasion.pairing, today):
            waiting[key] = check_in.asked_at if check_in else None
    return waiting


def _unwanted_mails(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    waiting = _waiting(messages, now)
    return withdrawn(each for each in messages if each.pk not in waiting)


def _unwanted_repeats(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Nor is somebody asked once more when the two have met or set a date since."""
    waiting, noted = _waiting(messages, now), last_noted(keys_of(messages))

    def is_answered(message: Message) -> bool:
        asked_at, noted_at = waiting[message.pk], noted.get(message.subject_id)
        return bool(asked_at and noted_at and noted_at > asked_at)

    return withdrawn(each for each in messages if each.pk not in waiting or is_answered(each))


def _write(message: Message, now: datetime) -> Letter:
    """To one of the two, who alone reads what the two meant to do before the next meeting."""
    side, on = sided(message)
    pairing = pairing_in(message)
    member, organization = pairing.person(side).member, pairing.organization
    key = Occasion(pairing, side, date.fromisoformat(on)).key
    with within(organization, member_id=member.pk):
        steps = next_steps_of(pairing)
    ahead = next_ahead(pairing, now=now)
    context = {
        **context_of(pairing, side),
        "last_met_at": pairing.last_met_at,
        "next_at": ahead.starts_at if ahead else None,
        "steps": steps,
        "answers": answer_urls(asked_on([key])[key]),
        "url": absolute(_page(pairing, organization)),
    }
    return letter_to(member, organization, context)


def _lines(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Line]:
    """What the bell says, without writing each mail."""
    found, organization = pairings_by_key(keys_of(messages)), Organization.objects.get()
    lines = {}
    for each in messages:
        side, _on = sided(each)
        pairing = found[each.subject_id]
        partner = {"partner": str(pairing.person(OTHER_SIDE[side]).member)}
        language = language_of(pairing.person(side).member, organization)
        text = subject_of(TEMPLATE, context=partner, language=language)
        lines[each.pk] = Line(text, _page(pairing, organization))
    return lines


def _page(pairing: Pairing, organization: Organization) -> str:
    return reverse("pair_check_in", args=[organization.slug, pairing.pk])


for kind in (
    EffectKind(
        name=ASK,
        label=_("Time for a check-in"),
        unwanted=_unwanted_times,
        apply=_ask,
    ),
    MailKind(
        name=PROMPT,
        label=_("How is it going?"),
        template=TEMPLATE,
        wording=WORDING,
        group=Group.REMINDERS,
        unwanted=_unwanted_mails,
        write=_write,
        lines=_lines,
    ),
    MailKind(
        name=REPEAT,
        label=_("How is it going? Asked once more"),
        template="mail/check_in_again",
        wording=WORDING,
        group=Group.REMINDERS,
        switch=PROMPT,
        has_bell=False,
        unwanted=_unwanted_repeats,
        write=_write,
    ),
):
    register(kind)
RECURRING = RecurringKind(name=ASK, lasts=LASTS, recipients=_recipients)
register_recurring(RECURRING)
