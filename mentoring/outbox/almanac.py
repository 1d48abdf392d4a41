"""What planning has to know of an organization and its people, told by higher floors."""

from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from mentoring.lib.workdays import WorkingCalendar

NINE = time(9)


@dataclass(frozen=True, slots=True)
class Almanac:
    """The hour at which people are written to, and the days on which they may be."""

    hour: time = NINE
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)


@dataclass(frozen=True, slots=True)
class Morning:
    """When somebody reads what is meant for a day: on it, or on another when that is free."""

    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Directory:
    """Who reads what: the recipients that people are in the outbox, and the zone at each."""

    recipients_of: Callable[[Collection[UUID]], AbstractSet[str]]
    zones_at: Callable[[AbstractSet[str]], Mapping[str, str]]


type Look = Callable[[], Almanac]
type Zones = Callable[[Collection[UUID]], Mapping[UUID, str]]

_looks: list[Look] = []
_zones: list[Zones] = []
_directories: list[Directory] = []


def register_almanac(look: Look, zones: Zones) -> None:
    """Let a higher floor answer for the organization in scope; the last one counts.

    ``zones`` says in which IANA zone each of some people is; nobody has to be known.
    """
    _looks.append(look)
    _zones.append(zones)


def register_directory(directory: Directory) -> None:
    """Let a higher floor say who reads at an address; the last one counts."""
    _directories.append(directory)


def current_almanac() -> Almanac:
    """That of the organization in scope. Costs a query: ask once for a portion of work."""
    return _looks[-1]() if _looks else Almanac()


def zones_of(people: Collection[UUID]) -> Mapping[UUID, str]:
    """Where these people are, as far as that is known."""
    return _zones[-1](people) if _zones and people else {}


def recipients_of(people: Collection[UUID]) -> AbstractSet[str]:
    """What messages to these people name as their recipients."""
    return _directories[-1].recipients_of(people) if _directories and people else frozenset()


def zones_at(recipients: AbstractSet[str]) -> Mapping[str, str]:
    """Where those who get what is sent to these recipients are, as far as that is known."""
    return _directories[-1].zones_at(recipients) if _directories and recipients else {}
