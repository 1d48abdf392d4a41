"""The messages of agreements. None of them has the words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring.outbox.enums import Group, Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, MailKind, register
from mentoring.pairings.kinds.letters import keys_of, letter_about, pairing_in, withdrawn
from mentoring.pairings.kinds.wording import of_pair
from mentoring.pairings.models import Agreement
from mentoring.pairings.operations import agreements
from mentoring.pairings.operations.writing_down import AGREEMENT_DUE
from mentoring.pairings.queries import agreement_mails as queries
from programs.enums import Side
from programs.post import absolute

type Unwanted = Callable[[Sequence[Message], datetime], Mapping[UUID, Reason]]


def _unwanted_unless_in(
    wanted: Callable[[Sequence[UUID], datetime], Mapping[queries.Named, Agreement]],
) -> Unwanted:
    """Wanted while the very version that the occurrence names is among these."""

    def unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
        still = wanted(keys_of(messages), now)
        for each in messages:
            agreement = still.get((each.subject_id, each.occurrence))
            each.subject = agreement and agreement.pairing
        return withdrawn(each for each in messages if not each.subject)

    return unwanted


def _unwanted_once_written(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    unwritten = queries.unwritten_agreements(keys_of(messages), now=now)
    for each in messages:
        each.subject = unwritten.get(each.subject_id)
    return withdrawn(each for each in messages if not each.subject)


def _write_to_either(message: Message, now: datetime) -> Letter:
    return _letter(message, Side(message.occurrence), "pair_agreement_propose")


def _write_to_awaited(message: Message, now: datetime) -> Letter:
    agreement = queries.agreement_to_write(message.subject_id, message.occurrence)
    return _letter(message, agreement.awaited)


def _write_to_proposer(message: Message, now: datetime) -> Letter:
    agreement = queries.agreement_to_write(message.subject_id, message.occurrence)
    return _letter(message, Side(agreement.proposed_by))


def _letter(message: Message, side: Side, view: str = "pair_agreement") -> Letter:
    """A letter whose button leads to the agreement."""
    pairing = pairing_in(message)
    letter = letter_about(pairing, side)
    page = reverse(view, args=[pairing.organization.slug, pairing.pk])
    return replace(letter, context={**letter.context, "url": absolute(page)})


for kind in (
    MailKind(
        name=AGREEMENT_DUE,
        label=_("An agreement is to be written down"),
        template="mail/pair_agreement_due",
        group=Group.REMINDERS,
        unwanted=_unwanted_once_written,
        write=_write_to_either,
        comes_when_back=True,
        wording=of_pair(),
    ),
    MailKind(
        name=agreements.PROPOSED,
        label=_("An agreement is proposed"),
        template="mail/pair_agreement_proposed",
        group=Group.PAIRS,
        unwanted=_unwanted_unless_in(lambda keys, _now: queries.open_proposals(keys)),
        write=_write_to_awaited,
        wording=of_pair(),
    ),
    MailKind(
        name=agreements.WAITING,
        label=_("Reminder of a proposed agreement"),
        template="mail/pair_agreement_waiting",
        group=Group.REMINDERS,
        unwanted=_unwanted_unless_in(
            lambda keys, now: queries.proposals_to_remind_of(keys, now=now)
        ),
        write=_write_to_awaited,
        comes_when_back=True,
        wording=of_pair(),
    ),
    MailKind(
        name=agreements.IN_FORCE,
        label=_("An agreement is confirmed by both"),
        template="mail/pair_agreement_in_force",
        group=Group.PAIRS,
        unwanted=_unwanted_unless_in(lambda keys, _now: queries.versions_in_force(keys)),
        write=_write_to_proposer,
        wording=of_pair(),
    ),
):
    register(kind)
