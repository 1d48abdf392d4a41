"""The messages about the end that a pair agreed on: to the two alone, and nothing ends by it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring.outbox.enums import Group, Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, MailKind, register
from mentoring.pairings.countdown import mark_of, occasion_of
from mentoring.pairings.held import meetings_held
from mentoring.pairings.kinds.letters import context_of, keys_of, pairing_in, sided, withdrawn
from mentoring.pairings.kinds.wording import THE_END
from mentoring.pairings.operations import countdown
from mentoring.pairings.queries.countdown import End, ends_of, rhythm_to_write
from programs.post import absolute, letter_to


def _unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Wanted while the pair works towards that very end, by whoever is there."""
    ends = ends_of(keys_of(messages), now=now)
    return withdrawn(each for each in messages if not _is_wanted(each, ends.get(each.subject_id)))


def _is_wanted(message: Message, end: End | None) -> bool:
    side, occasion = sided(message)
    if end is None or side not in end.present:
        return False
    return occasion == occasion_of(mark_of(occasion), end.pairing, end.ends_on)


def _write(message: Message, now: datetime) -> Letter:
    side, _occasion = sided(message)
    pairing = pairing_in(message)
    member, organization = pairing.person(side).member, pairing.organization
    rhythm = rhythm_to_write(pairing)
    propose = reverse("pair_agreement_propose", args=[organization.slug, pairing.pk])
    plan = reverse("meeting_plan", args=[organization.slug, pairing.pk])
    context = {
        **context_of(pairing, side),
        "ends_on": rhythm.ends_on,
        "is_agreed": rhythm.is_agreed,
        "held": meetings_held(pairing),
        "extend_url": absolute(propose),
        "plan_url": absolute(plan),
    }
    return letter_to(member, organization, context)


for kind in (
    MailKind(
        name=countdown.ENDS_SOON,
        label=_("The agreed end of a pair comes near"),
        template="mail/pair_ends_soon",
        wording=THE_END,
        group=Group.REMINDERS,
        unwanted=_unwanted,
        write=_write,
    ),
    MailKind(
        name=countdown.END_PASSED,
        label=_("The agreed end of a pair is over"),
        template="mail/pair_end_passed",
        wording=THE_END,
        group=Group.REMINDERS,
        unwanted=_unwanted,
        write=_write,
    ),
):
    register(kind)
