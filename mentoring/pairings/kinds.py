"""The messages of pairings. None of them says what somebody wrote or answered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from mentoring.outbox.enums import Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import EffectKind, Letter, MailKind, register
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations import answers, asking, endings
from mentoring.pairings.queries import mails as queries
from mentoring.pairings.queries.topics import focus_of
from mentoring.profiles.enums import OTHER_SIDE
from programs.enums import Side
from programs.post import absolute, language_of, letter_to


def _withdrawn(messages: Iterable[Message]) -> Mapping[UUID, Reason]:
    return {message.pk: Reason.WITHDRAWN for message in messages}


def _keys(messages: Iterable[Message]) -> list[UUID]:
    return [message.subject_id for message in messages]


def _unwanted_askings(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Wanted while this very asking is open.

    What was set aside counts as open, so that no log of messages tells it.
    """
    still = {
        (each.pk, asking.occurrence_of(each))
        for each in queries.proposals_asking(_keys(messages), now=now)
    }
    return _withdrawn(each for each in messages if (each.subject_id, each.occurrence) not in still)


def _unwanted_reminders(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    answered = {
        each.pk for each in queries.proposals_asking(_keys(messages), now=now) if each.set_aside_at
    }
    return {
        **_unwanted_askings(messages, now),
        **_withdrawn(each for each in messages if each.subject_id in answered),
    }


def _remind(messages: Sequence[Message], now: datetime) -> None:
    """Only those who have not answered get a mail; nothing is noted about the others."""
    planned = {(each.subject_id, each.occurrence) for each in messages}
    due = [
        each
        for each in queries.proposals_asking(_keys(messages), now=now)
        if (each.pk, asking.occurrence_of(each)) in planned and not each.set_aside_at
    ]
    asking.remind(due, now=now)


def _unwanted_for(
    is_wanted: Callable[[Pairing, str], bool],
) -> Callable[..., Mapping[UUID, Reason]]:
    """Messages to one side, which the occurrence names."""

    def unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
        found = queries.pairings_by_key(_keys(messages))
        return _withdrawn(
            each
            for each in messages
            if each.subject_id not in found
            or not queries.takes_part(found[each.subject_id].person(each.occurrence))
            or not is_wanted(found[each.subject_id], each.occurrence)
        )

    return unwanted


_unwanted_unless_over = _unwanted_for(lambda pairing, _side: pairing.ended_at is not None)


def _write_asking(message: Message, now: datetime) -> Letter:
    pairing = queries.pairing_to_write(message.subject_id)
    return _letter(pairing, Side(pairing.asked))


def _write_to_side(message: Message, now: datetime) -> Letter:
    return _letter(queries.pairing_to_write(message.subject_id), Side(message.occurrence))


def _letter(pairing: Pairing, side: Side) -> Letter:
    member, organization = pairing.person(side).member, pairing.organization
    page = reverse("pair", args=[organization.slug, pairing.pk])
    with override(language_of(member, organization)):
        topics = [str(each) for each in focus_of([pairing])[pairing.pk]]
    context = {
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
    return letter_to(member, organization, context)


def _expire(messages: Sequence[Message], now: datetime) -> None:
    endings.expire(_keys(messages), now=now)


def _forget(messages: Sequence[Message], now: datetime) -> None:
    endings.forget_offers(_keys(messages))


def _always_wanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """The effect itself looks at what there is to do."""
    return {}


for kind in (
    MailKind(
        name=asking.PROPOSAL,
        label=_("Proposal"),
        template="mail/pair_proposal",
        unwanted=_unwanted_askings,
        write=_write_asking,
    ),
    MailKind(
        name=asking.REQUEST,
        label=_("Request"),
        template="mail/pair_proposal",
        unwanted=_unwanted_askings,
        write=_write_asking,
    ),
    MailKind(
        name=asking.REMINDER,
        label=_("Reminder of a proposal or request"),
        template="mail/pair_reminder",
        unwanted=_unwanted_reminders,
        write=_write_asking,
    ),
    EffectKind(
        name=asking.REMIND,
        label=_("Time for a reminder of a proposal or request"),
        unwanted=_always_wanted,
        apply=_remind,
    ),
    EffectKind(
        name=asking.EXPIRE,
        label=_("End of the time to answer"),
        unwanted=_always_wanted,
        apply=_expire,
    ),
    EffectKind(
        name=endings.FORGET,
        label=_("Offer deleted"),
        unwanted=_always_wanted,
        apply=_forget,
    ),
    MailKind(
        name=endings.ENDED,
        label=_("A request or proposal is over"),
        template="mail/pair_ended",
        unwanted=_unwanted_unless_over,
        write=_write_to_side,
    ),
    MailKind(
        name=answers.BEGAN,
        label=_("A pair begins"),
        template="mail/pair_began",
        unwanted=_unwanted_for(lambda pairing, _side: pairing.ended_at is None),
        write=_write_to_side,
    ),
    MailKind(
        name=endings.LEFT,
        label=_("The partner steps out"),
        template="mail/pair_left",
        unwanted=_unwanted_unless_over,
        write=_write_to_side,
    ),
    MailKind(
        name=endings.STEPPED_OUT,
        label=_("The partner ends the pair"),
        template="mail/pair_stepped_out",
        unwanted=_unwanted_unless_over,
        write=_write_to_side,
    ),
):
    register(kind)
