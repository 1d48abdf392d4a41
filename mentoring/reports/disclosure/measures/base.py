"""What a measure is: what is known of each person, and what is told of a group of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from accounts.models import Organization
from mentoring.lib.clock import end_of, instant, zone_named
from mentoring.reports.disclosure.cells import Value
from mentoring.reports.models import Snapshot
from programs.enums import Side

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of one person as one side of one cohort; never leaves the worker."""

    member_id: UUID
    cohort_id: UUID
    side: Side
    datum: Any


@dataclass(frozen=True, slots=True)
class Month:
    """A snapshot, the instants from the beginning of its month to the end of its day, and where.

    At a month's end it is the whole month.
    """

    snapshot: Snapshot
    begins_at: datetime
    ends_at: datetime
    zone: ZoneInfo

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Month":
        zone = zone_named(Organization.objects.get().time_zone)
        first = instant(snapshot.as_of.replace(day=1), time(), zone)
        return cls(snapshot, first, end_of(snapshot.as_of, zone), zone)


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure about groups that comes out of answers, or tells about single people.

    ``facts`` finds what there is at the end of a month, in the organization's scope and no
    member's. ``value`` makes a figure of what is known of each of several people: a list for each
    person, who counts once however many pairs they have. ``sides`` are whom it is about.

    Whoever reads two figures can subtract them only if each person adds the same to both. Where
    somebody adds other things at another time or in another cohort, less can be computed than the
    ledger assumes, never more.
    """

    key: str
    name: "Text"
    definition: "Text"
    least: int
    sides: tuple[Side, ...]
    facts: Callable[[Month], Iterable[Fact]]
    value: Callable[[Sequence[Sequence[Any]]], Value]


def by_person(facts: Iterable[Fact]) -> Mapping[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for each in facts:
        found.setdefault(each.member_id, []).append(each.datum)
    return found
