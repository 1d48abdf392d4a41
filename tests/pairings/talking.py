"""Two people of a pair who write to each other, for tests."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.models import Member
from mentoring.pairings.models import Pairing, PairMessage
from mentoring.pairings.operations.messages import write
from mentoring.pairings.queries.messages import text_of
from programs.models import Participant
from tests.factories import inside, login, url
from tests.pairings.people import main_of

CHANGES = re.compile(r'name="(csrfmiddlewaretoken|nonce)" value="[\w-]+"')


def say(
    writer: Participant,
    pairing: Pairing,
    text: str,
    *,
    now: datetime | None = None,
    nonce: UUID | None = None,
) -> PairMessage:
    """A message, as its writer."""
    with inside(pairing.organization_id, member_id=writer.member_id):
        return write(
            pairing=pairing,
            side=pairing.side_of(writer.member_id),
            text=text,
            nonce=nonce or uuid4(),
            now=now or timezone.now(),
        )


def send(client: Any, member: Member, pairing: Pairing, text: str, **more: Any) -> Any:
    """What the form sends."""
    values = {"text": text, "nonce": str(uuid4()), **more}
    return login(client, member).post(url(member, "pair_messages", pairing.pk), values, follow=True)


def conversation(client: Any, member: Member, pairing: Pairing, **query: str) -> Any:
    return login(client, member).get(url(member, "pair_messages", pairing.pk), query)


def texts_of(pairing: Pairing, member: Member) -> list[str]:
    """What there is in the conversation for a member, in order."""
    with inside(pairing.organization_id, member_id=member.pk):
        rows = PairMessage.objects.filter(pairing=pairing).order_by("written_at", "pk")
        return [text_of(each) for each in rows]


def steady(response: Any) -> str:
    """The page without what differs each time."""
    return CHANGES.sub("", main_of(response))
