"""The days of the week, as people choose and read them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.dates import WEEKDAYS

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


def weekday_choices() -> list[tuple[int, "Text"]]:
    """From Monday (0) to Sunday."""
    return list(WEEKDAYS.items())


def weekday_names(days: Iterable[int]) -> str:
    """Some of them in one line."""
    return ", ".join(str(WEEKDAYS[day]) for day in sorted(days))
