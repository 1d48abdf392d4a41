"""How the log of messages is laid out: four tabs, and what each row says in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.queries.messages import addressed_to, people_at
from mentoring.lib.tables import Column, Search, Select, Table
from mentoring.outbox.enums import Reason, State
from mentoring.outbox.log import (
    MOST,
    STATES,
    Tab,
    Way,
    count_up_to,
    for_people,
    going,
    may_be_repeated,
    rows_in,
    seen_of,
    way_of,
)
from mentoring.outbox.models import Message
from mentoring.outbox.registry import kind_choices, kinds_called_like

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

TABS: dict[Tab, "Text"] = {
    Tab.UPCOMING: _("Upcoming"),
    Tab.SENT: _("Sent"),
    Tab.FAILED: _("Failed"),
    Tab.NOT_SENT: _("Not sent"),
}
WAYS: dict[Way, "Text"] = {
    Way.MAIL: _("E-mail"),
    Way.BELL: _("Bell"),
    Way.WORK: _("Work in the background"),
}
ICONS = {Way.MAIL: "mail", Way.BELL: "bell", Way.WORK: "settings"}
TONES = {
    State.QUEUED: "info",
    State.CLAIMED: "info",
    State.SENT: "success",
    State.SKIPPED: "neutral",
    State.EXPIRED: "warning",
    State.QUARANTINED: "danger",
}
TOO_LATE = _("Its time had passed before it could be sent.")
# Off, paused or in a summary: which, only the person is told, and nobody who reads the log.
OWN_WISHES = (Reason.TURNED_OFF, Reason.PAUSED, Reason.DIGEST)
BY_OWN_WISH = _("By the person’s own wish.")
NEVER_LATER = _("What was not sent is not sent later: by now it would be late, or not wanted.")
NOT_REPEATED = _(
    "Mails of this kind are not sent again: whether one is still needed may be for its reader only."
)
IS_OVER = _("It is not sent again: its time has passed.")
TO_DO: dict[str, "Text"] = {
    Reason.UNREACHABLE: _("Ask whoever looks after your mail server, then send it again."),
    Reason.DELAYED: _("Wait an hour, then send it again."),
    Reason.SENDER: _("The mail server has to accept our address first; then send it again."),
    Reason.REFUSED: _("Check the address. It may be mistyped, or the mailbox may be gone."),
    Reason.ADDRESS: _("Correct the address of the person, then send it again."),
    Reason.BROKEN: _("Please tell whoever looks after this product; trying again may help."),
    Reason.UNKNOWN: _("It can be sent once the newest version runs everywhere."),
    Reason.CUT_SHORT: _("Send it again. If it fails once more, tell whoever runs this product."),
}


@dataclass(frozen=True, slots=True)
class TabLink:
    """A tab with how many are in it; ``count`` ends in a plus when nobody counted further."""

    tab: Tab
    label: "Text"
    count: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A message with all that is said of it."""

    message: Message
    person: Member | None
    way: Way

    @property
    def way_label(self) -> "Text":
        return WAYS[self.way]

    @property
    def icon(self) -> str:
        return ICONS[self.way]

    @property
    def tone(self) -> str:
        return TONES[State(self.message.state)]

    @property
    def reason(self) -> "Text":
        """Why it was not sent, or not yet; empty when there is nothing to explain."""
        if self.message.state == State.EXPIRED:
            return TOO_LATE
        if self.message.reason in OWN_WISHES:
            return BY_OWN_WISH
        return Reason(self.message.reason).label if self.message.reason else ""

    @property
    def seen(self) -> str:
        return seen_of(self.message)

    @property
    def to_do(self) -> "Text":
        """What an admin can do about it."""
        failed = self.message.state == State.QUARANTINED
        return TO_DO.get(self.message.reason, "") if failed else ""


def why_not_again(entry: Entry, *, now: datetime) -> "Text":
    """Why a mail is not sent again; empty when it is, or when nobody would ask."""
    message = entry.message
    if message.state in STATES[Tab.NOT_SENT]:
        return NEVER_LATER
    if message.state != State.SENT or entry.way != Way.MAIL:
        return ""
    if not may_be_repeated(message):
        return NOT_REPEATED
    return IS_OVER if message.expires_at and message.expires_at <= now else ""


def tab_in(params: QueryDict) -> Tab:
    """The tab that the address names, else what is ahead."""
    wanted = params.get("tab", "")
    return Tab(wanted) if wanted in Tab else Tab.UPCOMING


def rows_of(tab: Tab, messages: QuerySet[Message], way: str) -> QuerySet[Message]:
    """What the tab shows. Work that nobody receives is shown when asked for, or when it failed."""
    rows = rows_in(messages, tab)
    return rows if tab == Tab.FAILED or way == Way.WORK else for_people(rows)


def tabs_of(messages: QuerySet[Message]) -> list[TabLink]:
    """Every tab with its count; four queries, none of which counts beyond `MOST`."""
    found = ((tab, label, count_up_to(rows_of(tab, messages, ""))) for tab, label in TABS.items())
    return [TabLink(tab, label, in_words(count)) for tab, label, count in found]


def in_words(count: int) -> str:
    more = "+" if count > MOST else ""
    return number_format(min(count, MOST), force_grouping=True) + more


def entries_of(messages: Sequence[Message]) -> list[Entry]:
    """Each with its recipient's name, where the address is a member's."""
    people: Mapping[str, Member] = people_at(each.recipient for each in messages if each.address)
    return [Entry(each, people.get(each.recipient), way_of(each)) for each in messages]


@cache
def table_of(tab: Tab) -> Table:
    """What the tab's list offers."""
    is_ahead = tab == Tab.UPCOMING
    done = [] if is_ahead else [Column("done", _("Done"), ("finished_at",), descending_first=True)]
    actions = [Column("actions", _("Actions"), hidden_label=True)] if tab == Tab.FAILED else []
    everything = _("All") if tab == Tab.FAILED else _("Mails and bells")
    return Table(
        key="messages",
        columns=(
            Column("recipient", _("Recipient"), order=("address",)),
            Column("what", _("Message")),
            Column("state", _("State")),
            Column("due", _("Due"), order=("due_at", "id"), descending_first=not is_ahead),
            *done,
            *actions,
        ),
        filters=(
            Search("q", _("Recipient"), apply=addressed_to),
            Select("way", _("Way"), list(WAYS.items()), apply=going, placeholder=everything),
            Select("kind", _("Message"), choices=kind_choices, apply=_called_like),
        ),
        default_sort="due" if is_ahead else "-due",
        keep=("tab",),
        most=MOST + 1,
    )


def _called_like(messages: QuerySet[Message], name: str) -> QuerySet[Message]:
    return messages.filter(kind__in=kinds_called_like(name))
