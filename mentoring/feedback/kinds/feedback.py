"""The messages of feedback: asking for it, and telling that it is there. None has a word of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring.feedback.moments import may_answer
from mentoring.feedback.operations import opening, prompting, releasing
from mentoring.feedback.queries.responses import feedback_of, received_by
from mentoring.outbox.enums import Group, Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import EffectKind, Letter, MailKind, register
from mentoring.pairings.kinds.letters import (
    always_wanted,
    keys_of,
    letter_about,
    pairing_in,
    unwanted_for,
    withdrawn,
)
from mentoring.pairings.kinds.wording import example, of_pair
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.mails import is_present, pairings_by_key, today_here
from mentoring.profiles.enums import OTHER_SIDE
from programs.enums import Moment, Side
from programs.post import absolute


def _open(messages: Sequence[Message], now: datetime) -> None:
    opening.open_due(keys_of(messages), now=now)


def _release(messages: Sequence[Message], now: datetime) -> None:
    releasing.release_due(set(keys_of(messages)), now=now)


def _unwanted_prompts(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Wanted by whoever is there, until the person has sent feedback."""
    found, today = pairings_by_key(keys_of(messages)), today_here(now)
    sent = prompting.have_sent(found)
    for each in messages:
        each.subject = found.get(each.subject_id)

    def waits(message: Message) -> bool:
        pairing, side = message.subject, message.occurrence
        return (
            isinstance(pairing, Pairing)
            and may_answer(pairing, Moment.PARTNER)
            and (pairing.pk, side) not in sent
            and is_present(pairing.person(side), today)
        )

    return withdrawn(each for each in messages if not waits(each))


def _is_there(pairing: Pairing, side: str) -> bool:
    return received_by(Side(side), feedback_of(pairing.pk)) is not None


def _is_thanked(pairing: Pairing, side: str) -> bool:
    received = received_by(OTHER_SIDE[Side(side)], feedback_of(pairing.pk))
    return received is not None and received.thanked_at is not None


def _write(message: Message, now: datetime) -> Letter:
    pairing = pairing_in(message)
    letter = letter_about(pairing, Side(message.occurrence))
    page = reverse("pair_feedback", args=[pairing.organization.slug, pairing.pk])
    look_back = reverse("pair_reflection", args=[pairing.organization.slug, pairing.pk])
    context = {
        **letter.context,
        "opens_at": opening.opens_at(pairing),
        "look_back_url": absolute(look_back),
        "url": absolute(page),
    }
    return replace(letter, context=context)


def _example(now: datetime) -> dict[str, object]:
    ahead = {"opens_at": now + timedelta(days=12), "look_back_url": settings.BASE_URL}
    return {**example(now), **ahead}


WORDING = of_pair(example=_example)

for kind in (
    EffectKind(
        name=opening.OPEN,
        label=_("Feedback is handed over"),
        unwanted=always_wanted,
        apply=_open,
    ),
    EffectKind(
        name=releasing.RELEASE,
        label=_("Answers are told in numbers"),
        unwanted=always_wanted,
        apply=_release,
    ),
    MailKind(
        name=prompting.ASK,
        label=_("Feedback to the partner"),
        template="mail/feedback_ask",
        group=Group.REMINDERS,
        unwanted=_unwanted_prompts,
        write=_write,
        wording=WORDING,
    ),
    MailKind(
        name=prompting.AGAIN,
        label=_("Feedback to the partner, asked once more"),
        template="mail/feedback_again",
        group=Group.REMINDERS,
        switch=prompting.ASK,
        unwanted=_unwanted_prompts,
        write=_write,
        wording=WORDING,
    ),
    MailKind(
        name=prompting.LAST,
        label=_("Feedback to the partner, asked for the last time"),
        template="mail/feedback_last",
        group=Group.REMINDERS,
        switch=prompting.ASK,
        unwanted=_unwanted_prompts,
        write=_write,
        wording=WORDING,
    ),
    MailKind(
        name=opening.ARRIVED,
        label=_("Feedback has arrived"),
        template="mail/feedback_arrived",
        group=Group.PAIRS,
        unwanted=unwanted_for(_is_there),
        write=_write,
        wording=WORDING,
    ),
    MailKind(
        name=opening.THANKED,
        label=_("The partner says thank you for feedback"),
        template="mail/feedback_thanked",
        group=Group.PAIRS,
        unwanted=unwanted_for(_is_thanked),
        write=_write,
        wording=WORDING,
    ),
):
    register(kind)
