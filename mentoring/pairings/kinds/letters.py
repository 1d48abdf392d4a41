"""What all messages about pairings share: whether they are wanted, and the letter."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import override

from mentoring.outbox.enums import Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, Unwanted
from mentoring.pairings.enums import LIVE
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries import mails as queries
from mentoring.pairings.queries.topics import focus_of
from mentoring.profiles.enums import OTHER_SIDE
from mentoring.tenancy.scope import within
from programs.enums import Side
from programs.models import Participant
from programs.post import absolute, language_of, letter_to

type IsWanted = Callable[[Pairing, Message, datetime], bool]


def withdrawn(messages: Iterable[Message]) -> Mapping[UUID, Reason]:
    return {message.pk: Reason.WITHDRAWN for message in messages}


def keys_of(messages: Iterable[Message]) -> list[UUID]:
    return [message.subject_id for message in messages]


def sided(message: Message) -> tuple[Side, str]:
    """Whom of the two it is for or about, and on which occasion: ``side@occasion``."""
    side, _at, occasion = message.occurrence.partition("@")
    return Side(side), occasion


def unwanted_unless(is_wanted: IsWanted) -> Unwanted:
    """Messages about pairings: unwanted when there is none, or this does not hold for it."""

    def unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
        found = queries.pairings_by_key(keys_of(messages))
        for each in messages:
            each.subject = found.get(each.subject_id)
        return withdrawn(
            each for each in messages if not each.subject or not is_wanted(each.subject, each, now)
        )

    return unwanted


def pairing_in(message: Message) -> Pairing:
    """What the check has read, else the pairing as it is now. Raises Pairing.DoesNotExist."""
    if isinstance(message.subject, Pairing):
        return message.subject
    return queries.pairing_to_write(message.subject_id)


def unwanted_for(is_wanted: Callable[[Pairing, str], bool]) -> Unwanted:
    """Messages to one side, which the occurrence names."""

    def waits(pairing: Pairing, message: Message, now: datetime) -> bool:
        side = message.occurrence
        return queries.takes_part(pairing.person(side)) and is_wanted(pairing, side)

    return unwanted_unless(waits)


def unwanted_by_reader(is_wanted: Callable[[Message, Participant], bool]) -> Unwanted:
    """Messages of live pairs to the side that the occurrence begins with, before a colon.

    Only to people who are there; ``is_wanted`` is asked as the reader, who alone sees what it is
    about.
    """

    def waits(pairing: Pairing, message: Message, now: datetime) -> bool:
        reader = pairing.person(message.occurrence.partition(":")[0])
        if pairing.state not in LIVE or not queries.reachable(pairing, reader.side, now=now):
            return False
        with within(pairing.organization_id, member_id=reader.member_id):
            return is_wanted(message, reader)

    return unwanted_unless(waits)


def write_with_page(view: str, fragment: str) -> Callable[[Message, datetime], Letter]:
    """A letter to such a reader whose button leads to this page of the pair."""

    def write(message: Message, now: datetime) -> Letter:
        pairing = pairing_in(message)
        letter = letter_about(pairing, Side(message.occurrence.partition(":")[0]))
        page = reverse(view, args=[pairing.organization.slug, pairing.pk])
        return replace(letter, context={**letter.context, "url": f"{absolute(page)}#{fragment}"})

    return write


def write_to_side(message: Message, now: datetime) -> Letter:
    return letter_about(pairing_in(message), Side(message.occurrence))


def letter_about(pairing: Pairing, side: Side) -> Letter:
    """A letter to the person on that side, who reads who the mentor is and what the focus is."""
    return letter_to(pairing.person(side).member, pairing.organization, context_of(pairing, side))


def context_of(pairing: Pairing, side: Side) -> dict[str, Any]:
    """What all mails about a pairing can say to the person on that side."""
    member, organization = pairing.person(side).member, pairing.organization
    page = reverse("pair", args=[organization.slug, pairing.pk])
    with override(language_of(member, organization)):
        topics = [str(each) for each in focus_of([pairing])[pairing.pk]]
    return {
        "cohort": pairing.cohort.name,
        "program": pairing.cohort.program.name,
        "is_mentor": side == Side.MENTOR,
        "partner": str(pairing.person(OTHER_SIDE[side]).member),
        "mentor_name": str(pairing.mentor.member),
        "mentee_name": str(pairing.mentee.member),
        "topics": topics,
        "answer_by": pairing.expires_at,
        "introduction_due_on": pairing.introduction_due_on,
        "introduction_minutes": pairing.cohort.program.introduction_minutes,
        "is_request": pairing.requested_by == OTHER_SIDE[side],
        "owes_contact": pairing.cohort.program.scheduling_owed_by == side,
        "url": absolute(page),
        "discover_url": absolute(reverse("discover", args=[organization.slug])),
    }


def always_wanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """The effect itself looks at what there is to do."""
    return {}
