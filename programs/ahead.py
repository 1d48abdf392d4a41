"""The next thirty days of a cohort, by day, as those who run it may see them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.queries.messages import people_at
from mentoring.outbox.log import Way
from mentoring.outbox.outlook import MOST, Ahead, Fate, Outlook, outlook
from programs.foretold import parts_of
from programs.models import Cohort

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

DAYS = 30
# As many are listed; all of them are counted.
LISTED = 1_000
# Days with more people than this are closed until somebody opens them.
OPEN = 12
ICONS = {Way.MAIL: "mail", Way.BELL: "bell"}
WORDS: dict[tuple[Way, Fate], "Text"] = {
    (Way.MAIL, Fate.GOES): _("E-mail"),
    (Way.BELL, Fate.GOES): _("Bell"),
    (Way.MAIL, Fate.OWN_WISH): _("No e-mail then, by their own wish"),
    (Way.BELL, Fate.OWN_WISH): _("No bell, by their own wish"),
    (Way.BELL, Fate.NO_BELL): _("No bell: has never signed in"),
    (Way.MAIL, Fate.UNCLEAR): _("Cannot be told"),
    (Way.BELL, Fate.UNCLEAR): _("Cannot be told"),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """What becomes of one way, in words."""

    text: "Text"
    icon: str
    tone: str


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who would get something; ``name`` is the address where no member reads it."""

    ahead: Ahead
    person: Member | None

    @property
    def name(self) -> str:
        return str(self.person) if self.person else self.ahead.address

    @property
    def signs(self) -> list[Sign]:
        return [
            Sign(WORDS[way, fate], ICONS[way], "info" if fate == Fate.GOES else "neutral")
            for way, fate in sorted(self.ahead.ways.items(), reverse=True)
        ]


@dataclass(slots=True)
class Total:
    """How often a kind would come, and how often by which way."""

    label: "Text"
    count: int = 0
    by: Counter[tuple[Way, Fate]] = field(default_factory=Counter)

    @property
    def mails(self) -> int:
        return self.by[Way.MAIL, Fate.GOES]

    @property
    def bells(self) -> int:
        return self.by[Way.BELL, Fate.GOES]

    @property
    def held(self) -> int:
        return self.by[Way.MAIL, Fate.OWN_WISH]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the reader, with everybody who would get something on it.

    ``rows`` are those that are listed; with fewer than ``count`` the ``totals`` say the rest.
    """

    date: date
    count: int
    rows: list[Row]
    totals: list[Total]

    @property
    def is_open(self) -> bool:
        return self.count <= OPEN

    @property
    def is_cut(self) -> bool:
        return len(self.rows) < self.count


@dataclass(frozen=True, slots=True)
class NextDays:
    """What the page shows."""

    days: list[Day]
    totals: list[Total]
    found: Outlook
    most: str
    listed: str

    @property
    def is_listed(self) -> bool:
        return not any(each.is_cut for each in self.days)


def next_days_of(cohort: Cohort, *, now: datetime) -> NextDays:
    """Who would get what, as things stand. Days are those of the time zone in force.

    All are counted, and the first of them listed.
    """
    until = now + timedelta(days=DAYS)
    found = outlook(parts_of(cohort, now=now, until=until), now=now, until=until, most=MOST)
    listed = found.rows[:LISTED]
    people = people_at(each.address for each in listed)
    by_day: dict[date, list[Row]] = {}
    for each in listed:
        row = Row(each, people.get(each.address.lower()))
        by_day.setdefault(_day_of(each, now), []).append(row)
    days = []
    for day, found_then in groupby(found.rows, key=lambda each: _day_of(each, now)):
        same, rows = list(found_then), sorted(by_day.get(day, []), key=_by_time)
        days.append(Day(day, len(same), rows, _totals(same)))
    most, some = (number_format(each, force_grouping=True) for each in (MOST, LISTED))
    return NextDays(days, _totals(found.rows), found, most, some)


def _day_of(ahead: Ahead, now: datetime) -> date:
    return timezone.localdate(max(now, ahead.due_at))


def _by_time(row: Row) -> tuple[datetime, str]:
    return row.ahead.due_at, row.name.casefold()


def _totals(rows: Iterable[Ahead]) -> list[Total]:
    """By kind, the most frequent first."""
    found: dict[str, Total] = {}
    for row in rows:
        total = found.setdefault(row.kind, Total(row.label))
        total.count += 1
        total.by.update(row.ways.items())
    return sorted(found.values(), key=lambda each: -each.count)
