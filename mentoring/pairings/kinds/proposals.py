"""The messages of proposals, requests, and of pairs that begin or end."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

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
    write_to_side,
)
from mentoring.pairings.kinds.wording import NO_REASON, PROPOSAL, REMINDER, REQUEST, of_pair
from mentoring.pairings.operations import answers, asking, endings
from mentoring.pairings.queries import mails as queries
from programs.enums import Side


def _unwanted_askings(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Wanted while this very asking is open.

    What was set aside counts as open, so that no log of messages tells it.
    """
    still = {
        (each.pk, asking.occurrence_of(each))
        for each in queries.proposals_asking(keys_of(messages), now=now)
    }
    return withdrawn(each for each in messages if (each.subject_id, each.occurrence) not in still)


def _unwanted_reminders(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    answered = {
        each.pk
        for each in queries.proposals_asking(keys_of(messages), now=now)
        if each.set_aside_at
    }
    return {
        **_unwanted_askings(messages, now),
        **withdrawn(each for each in messages if each.subject_id in answered),
    }


def _remind(messages: Sequence[Message], now: datetime) -> None:
    """Only those who have not answered get a mail; nothing is noted about the others."""
    planned = {(each.subject_id, each.occurrence): each.due_at for each in messages}
    due = [
        (each, due_at)
        for each in queries.proposals_asking(keys_of(messages), now=now)
        if (due_at := planned.get((each.pk, asking.occurrence_of(each)))) and not each.set_aside_at
    ]
    asking.remind(due, now=now)


_unwanted_unless_over = unwanted_for(lambda pairing, _side: pairing.ended_at is not None)


def _write_asking(message: Message, now: datetime) -> Letter:
    pairing = pairing_in(message)
    return letter_about(pairing, Side(pairing.asked))


def _expire(messages: Sequence[Message], now: datetime) -> None:
    endings.expire(keys_of(messages), now=now)


def _forget(messages: Sequence[Message], now: datetime) -> None:
    endings.forget_offers(keys_of(messages))


for kind in (
    MailKind(
        name=asking.PROPOSAL,
        label=_("Proposal"),
        template="mail/pair_proposal",
        group=Group.PROPOSALS,
        unwanted=_unwanted_askings,
        write=_write_asking,
        wording=PROPOSAL,
    ),
    MailKind(
        name=asking.REQUEST,
        label=_("Request"),
        template="mail/pair_proposal",
        group=Group.PROPOSALS,
        unwanted=_unwanted_askings,
        write=_write_asking,
        wording=REQUEST,
    ),
    MailKind(
        name=asking.REMINDER,
        label=_("Reminder of a proposal or request"),
        template="mail/pair_reminder",
        group=Group.REMINDERS,
        unwanted=_unwanted_reminders,
        write=_write_asking,
        wording=REMINDER,
    ),
    EffectKind(
        name=asking.REMIND,
        label=_("Time for a reminder of a proposal or request"),
        unwanted=always_wanted,
        apply=_remind,
    ),
    EffectKind(
        name=asking.EXPIRE,
        label=_("End of the time to answer"),
        unwanted=always_wanted,
        apply=_expire,
    ),
    EffectKind(
        name=endings.FORGET,
        label=_("Offer deleted"),
        unwanted=always_wanted,
        apply=_forget,
    ),
    MailKind(
        name=endings.ENDED,
        label=_("A request or proposal is over"),
        template="mail/pair_ended",
        group=Group.PROPOSALS,
        unwanted=_unwanted_unless_over,
        write=write_to_side,
        wording=of_pair(hint=NO_REASON),
    ),
    MailKind(
        name=answers.BEGAN,
        label=_("A pair begins"),
        template="mail/pair_began",
        group=Group.PAIRS,
        unwanted=unwanted_for(lambda pairing, _side: pairing.ended_at is None),
        write=write_to_side,
        is_repeatable=True,
        wording=of_pair(),
    ),
    MailKind(
        name=endings.LEFT,
        label=_("The partner steps out"),
        template="mail/pair_left",
        group=Group.PAIRS,
        unwanted=_unwanted_unless_over,
        write=write_to_side,
        wording=of_pair(hint=NO_REASON),
    ),
    MailKind(
        name=endings.STEPPED_OUT,
        label=_("The partner ends the pair"),
        template="mail/pair_stepped_out",
        group=Group.PAIRS,
        unwanted=_unwanted_unless_over,
        write=write_to_side,
        wording=of_pair(hint=NO_REASON),
    ),
):
    register(kind)
