"""Forms with buttons that do something to a field before the form is sent for good.

Such a button is ``<button name="do" value="FIELD:WHAT:ROW">``: find people, add a line, move
a row. The page comes back with everything that was typed and without a word about errors, so
all of it works without JavaScript.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

BUTTON = "do"


@dataclass(frozen=True, slots=True)
class Press:
    """A button inside a field: what it does, and to which row."""

    what: str
    row: int


def pressed(data: Mapping[str, Any], field: str) -> Press | None:
    """The button of this field that sent the form, if it was one."""
    name, _, rest = str(data.get(BUTTON, "")).partition(":")
    what, _, row = rest.partition(":")
    if name != field or not what:
        return None
    is_number = row.isascii() and row.isdigit() and len(row) < 5
    return Press(what, int(row) if is_number else -1)


def texts_in(data: Mapping[str, Any], name: str) -> list[str]:
    """Everything sent under one name, also when the data is a plain dictionary."""
    values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
    return [str(value) for value in ([values] if isinstance(values, str) else values)]


class UnfinishedForm(forms.Form):
    """Is valid only when it was sent for good."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.is_bound and not self.is_finished:
            self._errors = ErrorDict()

    @property
    def is_finished(self) -> bool:
        return ":" not in str(self.data.get(BUTTON, ""))

    def is_valid(self) -> bool:
        return self.is_finished and super().is_valid()
