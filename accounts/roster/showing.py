"""Stored lines and findings as a page or a terminal shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.languages import language_names
from accounts.roster.fields import Field
from accounts.roster.findings import WARNINGS
from accounts.roster.wording import column, sentence

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


@dataclass(frozen=True, slots=True)
class Change:
    """One fact about a person; ``before`` is empty for somebody new."""

    label: "Text"
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding in words; ``column`` is empty when it is about the whole row or list."""

    column: "Text"
    text: str
    is_error: bool


def changes_of(stored: Mapping[str, list[Any]]) -> list[Change]:
    """Changes in the order of the fields; name and address of somebody new are known."""
    found = [(Field(name), pair) for name in Field.values if (pair := stored.get(name)) is not None]
    return [
        Change(field.label, _in_words(field, before), _in_words(field, now))
        for field, (before, now) in found
        if before is not None or field not in (Field.NAME, Field.EMAIL)
    ]


def remarks_of(stored: Iterable[Mapping[str, Any]]) -> list[Remark]:
    return [Remark(column(each), sentence(each), each["code"] not in WARNINGS) for each in stored]


def on_one_line(remark: Remark) -> str:
    return f"{remark.column}: {remark.text}" if remark.column else remark.text


def _in_words(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if field == Field.ON_LEAVE:
        return _("yes") if value else _("no")
    return language_names(value) if field == Field.LANGUAGES else str(value)
