"""Messages when a pair needs others: a conflict of the reporting line, a wish, and an end."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mentoring.outbox.enums import Group
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, MailKind, register
from mentoring.pairings.kinds.coordinators import letter_to_coordinator, unwanted_by_coordinator
from mentoring.pairings.kinds.letters import (
    IsWanted,
    letter_about,
    pairing_in,
    sided,
    unwanted_for,
    unwanted_unless,
    write_to_side,
)
from mentoring.pairings.kinds.wording import NO_REASON, WHO, of_pair, of_running
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations import conflicts, rematch
from mentoring.pairings.queries.mails import takes_part
from mentoring.pairings.wishes import A_HAND, SOMEBODY_ELSE, Wish
from programs.post import address_of


def _is_found_still(pairing: Pairing, message: Message, now: datetime) -> bool:
    return conflicts.finding_of(pairing) == message.occurrence


def _is_told_still(pairing: Pairing, message: Message, now: datetime) -> bool:
    side, finding = sided(message)
    is_live = pairing.ended_at is None and takes_part(pairing.person(side))
    return is_live and conflicts.finding_of(pairing) == finding


def _asks_still_for(wish: Wish) -> IsWanted:
    def asks(pairing: Pairing, message: Message, now: datetime) -> bool:
        return wish.occasion(pairing, sided(message)[0]) == message.occurrence

    return asks


def _write_finding(message: Message, now: datetime) -> Letter:
    side, _finding = sided(message)
    return letter_about(pairing_in(message), side)


def _write_finding_in_cohort(message: Message, now: datetime) -> Letter:
    return letter_to_coordinator(message, lambda _pairing: {})


def _write_asking(message: Message, now: datetime) -> Letter:
    side, _asked_at = sided(message)

    def who_asks(pairing: Pairing) -> dict[str, str]:
        member = pairing.person(side).member
        return {"who": str(member), "who_email": address_of(member)}

    return letter_to_coordinator(message, who_asks)


for kind in (
    MailKind(
        name=conflicts.FOUND,
        label=_("Too close in the hierarchy"),
        template="mail/pair_conflict",
        group=Group.PAIRS,
        unwanted=unwanted_unless(_is_told_still),
        write=_write_finding,
        wording=of_pair(),
    ),
    MailKind(
        name=conflicts.FOUND_IN_COHORT,
        label=_("A pair is too close in the hierarchy"),
        template="mail/pair_conflict_found",
        group=Group.RUNNING,
        unwanted=unwanted_by_coordinator(_is_found_still),
        write=_write_finding_in_cohort,
        wording=of_running(),
    ),
    MailKind(
        name=SOMEBODY_ELSE.kind,
        label=_("Somebody asks for another partner"),
        template="mail/pair_rematch_asked",
        group=Group.RUNNING,
        unwanted=unwanted_by_coordinator(_asks_still_for(SOMEBODY_ELSE)),
        write=_write_asking,
        wording=of_running(WHO),
    ),
    MailKind(
        name=A_HAND.kind,
        label=_("Somebody asks for a hand"),
        template="mail/pair_help_asked",
        group=Group.RUNNING,
        unwanted=unwanted_by_coordinator(_asks_still_for(A_HAND)),
        write=_write_asking,
        wording=of_running(WHO),
    ),
    MailKind(
        name=rematch.ENDED_FOR_BOTH,
        label=_("A pair is ended by those who run it"),
        template="mail/pair_ended_for_both",
        group=Group.PAIRS,
        unwanted=unwanted_for(lambda pairing, _side: pairing.ended_at is not None),
        write=write_to_side,
        wording=of_pair(hint=NO_REASON),
    ),
):
    register(kind)
