"""Somebody who gets mails of an invented kind, and the settings as the page sends them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from accounts.models import Member
from mentoring.lib.ids import uuid7
from mentoring.notices.models import Notice
from mentoring.notices.ringing import BELL
from mentoring.outbox import jobs, registry
from mentoring.outbox.bells import bell_of
from mentoring.outbox.enums import Reason
from mentoring.outbox.models import Message
from mentoring.outbox.operations import enqueue
from mentoring.outbox.registry import Letter, MailKind
from mentoring.tenancy.scope import within
from tests.factories import inside, login, url

NOTE, URGENT, ESSENTIAL = "tests.note", "tests.urgent", "tests.essential"


class Notes:
    """Three kinds of mail; a test says which subjects are not wanted any more or break."""

    def __init__(self) -> None:
        self.unwanted: set[UUID] = set()
        self.poison: set[UUID] = set()

    def find(self, messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
        return {each.pk: Reason.WITHDRAWN for each in messages if each.subject_id in self.unwanted}

    def write(self, message: Message, now: datetime) -> Letter:
        if message.subject_id in self.poison:
            raise ZeroDivisionError
        return Letter(
            to=("", message.address),
            language="en",
            time_zone="UTC",
            context={
                "organization": message.occurrence,
                "invited_by": "Bo",
                "expires_at": now,
                "url": f"{settings.BASE_URL}/o/here/there/",
            },
        )

    def register(self, kinds: dict[str, Any]) -> None:
        for name, more in ((NOTE, {}), (URGENT, {"is_urgent": True})):
            self._add(kinds, name, **more)
        self._add(kinds, ESSENTIAL, is_essential=True)

    def _add(self, kinds: dict[str, Any], name: str, **more: Any) -> None:
        kind = MailKind(
            name=name,
            label=name.title(),
            template="mail/invitation",
            unwanted=self.find,
            write=self.write,
            **more,
        )
        kinds[name] = kind
        if kind.rings:
            bell = bell_of(kind, BELL)
            kinds[bell.name] = bell


def tell(
    member: Member, occurrence: str = "1", *, at: datetime, kind: str = NOTE, **more: Any
) -> Message:
    """A message to the member, due at this time."""
    wanted = {"subject_id": uuid7(), "due_at": at, **more}
    with inside(member.organization_id):
        return enqueue(kind=kind, recipient=member.email, occurrence=occurrence, **wanted)


def work(member: Member, *, at: datetime) -> None:
    """What a worker does at this time, until nothing is due."""
    with within(member.organization_id):
        while jobs.deliver(clock=lambda: at):
            pass


def state_of(message: Message) -> tuple[str, str]:
    with inside(message.organization_id):
        found = Message.objects.get(pk=message.pk)
    return found.state, found.reason


def notices_of(member: Member) -> list[Notice]:
    with inside(member.organization_id, member_id=member.pk):
        return list(Notice.objects.order_by("at", "text"))


def choose(client: Any, member: Member, **more: Any) -> Any:
    """Save the page of settings as a browser does: everything on, unless told otherwise."""
    address = url(member, "notice_settings")
    form = login(client, member).get(address).context["form"]
    data = {
        "digest": "never",
        "quiet_from": "",
        "quiet_to": "",
        "paused_until": "",
        "mail": form.kinds,
        "bell": form.kinds,
        **more,
    }
    return client.post(address, data)


__all__ = ["registry"]
