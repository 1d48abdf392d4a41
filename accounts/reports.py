"""What would become of each pasted address."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import queries
from accounts.addresses import Address


class Finding(models.TextChoices):
    """What is to say about one address; those that can be invited come first."""

    NEW = "new", _("Will be invited")
    AGAIN = "again", _("The earlier invitation has expired; a new one will be sent")
    BACK = "back", _("Was a member before and gets access again by accepting")
    INVALID = "invalid", _("This is no e-mail address")
    DUPLICATE = "duplicate", _("Is in the list already")
    MEMBER = "member", _("Is a member already")
    INVITED = "invited", _("Has an open invitation already")


READY = frozenset({Finding.NEW, Finding.AGAIN, Finding.BACK})


@dataclass(frozen=True, slots=True)
class Line:
    """One address and what is to say about it."""

    number: int
    text: str
    email: str
    finding: Finding

    @property
    def is_ready(self) -> bool:
        return self.finding in READY


@dataclass(slots=True)
class Report:
    """All lines in their order."""

    lines: list[Line] = field(default_factory=list)

    @property
    def ready(self) -> list[str]:
        """Addresses that can be invited."""
        return [line.email for line in self.lines if line.is_ready]

    @property
    def problems(self) -> list[Line]:
        return [line for line in self.lines if not line.is_ready]


def report_on(addresses: Iterable[Address], *, now: datetime) -> Report:
    """Judge each address against the people and open invitations of the organization."""
    listed = list(addresses)
    emails = {each.email for each in listed if each.email}
    members = queries.members_by_email(emails)
    former = queries.members_by_email(emails, active=False)
    invitations = queries.open_invitations_by_email(emails)
    seen: set[str] = set()

    def judge(email: str) -> Finding:
        if not email:
            return Finding.INVALID
        if email in seen:
            return Finding.DUPLICATE
        seen.add(email)
        if email in members:
            return Finding.MEMBER
        if email in invitations:
            is_open = invitations[email].is_open(now=now)
            return Finding.INVITED if is_open else Finding.AGAIN
        return Finding.BACK if email in former else Finding.NEW

    return Report([Line(each.line, each.text, each.email, judge(each.email)) for each in listed])
