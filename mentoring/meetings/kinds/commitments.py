"""That a wording waits for somebody’s yes, and the moment at which wordings are let out."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mentoring.meetings.operations import commitments, publishing
from mentoring.meetings.queries.commitments import proposed_among
from mentoring.outbox.enums import Group
from mentoring.outbox.models import Message
from mentoring.outbox.registry import EffectKind, MailKind, register
from mentoring.pairings.kinds.letters import (
    always_wanted,
    keys_of,
    unwanted_by_reader,
    write_with_page,
)
from mentoring.pairings.kinds.wording import of_pair
from mentoring.pairings.operations import messages
from programs.models import Participant


def _waits_for_yes(notice: Message, reader: Participant) -> bool:
    """Wanted while these very words are proposed by the other side."""
    side, key, version = notice.occurrence.split(":")
    found = proposed_among([UUID(key)]).get(UUID(key))
    return bool(found and found.proposed_by != side and found.version == int(version))


def _release(messages: Sequence[Message], now: datetime) -> None:
    publishing.release(keys_of(messages), now=now)


register(
    MailKind(
        name=commitments.PROPOSED,
        # The log of messages must not say more: what is published soon after has no name.
        label=_("Somebody wrote in a pair"),
        template="mail/commitment_proposed",
        group=Group.MESSAGES,
        # Turned off alone, the log of messages would tell which of the two kinds it was.
        switch=messages.KIND,
        unwanted=unwanted_by_reader(_waits_for_yes),
        write=write_with_page("pair_goals", "commitments"),
        wording=of_pair(label=_("Somebody asks for a yes in a pair")),
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
