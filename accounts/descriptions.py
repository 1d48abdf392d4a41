"""The facts of an audited event, for people to read."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actions import name_of_action, name_of_fact, value_in_words
from accounts.models import AuditEvent

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

PAIR = 2


@dataclass(frozen=True, slots=True)
class Fact:
    """One detail; ``before`` is None when it is not a change."""

    name: "Text"
    before: str | None
    now: str


@dataclass(frozen=True, slots=True)
class Described:
    """What happened, in words."""

    action: "Text"
    facts: list[Fact]


def describe(event: AuditEvent) -> Described:
    """The event's name and its details; unknown ones are shown as they are."""
    facts = [_fact(name, value) for name, value in event.details.items()]
    return Described(name_of_action(event.action), facts)


def _fact(name: str, value: Any) -> Fact:
    """A pair is a change, except that two roles are a pair only when both are lists."""
    is_pair = isinstance(value, list) and len(value) == PAIR
    if name == "roles":
        is_pair = is_pair and all(isinstance(side, list) for side in value)
    if not is_pair:
        return Fact(name_of_fact(name), None, _in_words(name, value))
    before, now = value
    return Fact(name_of_fact(name), _in_words(name, before), _in_words(name, now))


def _in_words(name: str, value: Any) -> str:
    """A value of a fact; names of times end in ``_at``."""
    if value in ("", None, [], {}):
        return _("none")
    if name.endswith("_at"):
        local = timezone.localtime(datetime.fromisoformat(value))
        return date_format(local, "SHORT_DATETIME_FORMAT")
    return value_in_words(name, value)
