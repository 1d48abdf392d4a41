"""That a wording waits for somebody’s yes, and the moment at which wordings are let out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring.meetings.operations import commitments, publishing
from mentoring.meetings.queries.commitments import proposed_among
from mentoring.outbox.enums import Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import EffectKind, Letter, MailKind, register
from mentoring.pairings.enums import LIVE
from mentoring.pairings.kinds.letters import always_wanted, keys_of, letter_about, withdrawn
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries import mails as queries
from mentoring.tenancy.scope import within
from programs.enums import Side
from programs.post import absolute


def _unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Wanted while these very words are proposed, by somebody who is there to read them."""
    pairings = queries.pairings_by_key(keys_of(messages))
    return withdrawn(
        each for each in messages if not _is_wanted(each, pairings.get(each.subject_id), now=now)
    )


def _is_wanted(notice: Message, pairing: Pairing | None, *, now: datetime) -> bool:
    side, key, version = notice.occurrence.split(":")
    if not pairing or pairing.state not in LIVE:
        return False
    reader = pairing.person(side)
    if not queries.reachable(reader, now=now):
        return False
    with within(pairing.organization_id, member_id=reader.member_id):
        found = proposed_among([UUID(key)]).get(UUID(key))
    return bool(found and found.proposed_by != side and found.version == int(version))


def _write(notice: Message, now: datetime) -> Letter:
    pairing = queries.pairing_to_write(notice.subject_id)
    letter = letter_about(pairing, Side(notice.occurrence.split(":")[0]))
    page = reverse("pair_goals", args=[pairing.organization.slug, pairing.pk])
    return replace(letter, context={**letter.context, "url": f"{absolute(page)}#commitments"})


def _release(messages: Sequence[Message], now: datetime) -> None:
    publishing.release(keys_of(messages), now=now)


register(
    MailKind(
        name=commitments.PROPOSED,
        # The log of messages must not say more: what is published soon after has no name.
        label=_("Somebody wrote in a pair"),
        template="mail/commitment_proposed",
        unwanted=_unwanted,
        write=_write,
    )
)
register(
    EffectKind(
        name=publishing.RELEASE,
        label=_("Time to look whether commitments can be published"),
        unwanted=always_wanted,
        apply=_release,
    )
)
