"""Asking for a point in time in the reader's own zone, and for a day ahead."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.lib.clock import instant

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

FORMAT = "%Y-%m-%dT%H:%M"
DAY = "%Y-%m-%d"
HOUR = "%H:%M"


class MomentField(forms.DateTimeField):
    """A local time of the reader. Cleans to an instant in UTC.

    One that a clock change skips is the first valid instant after the gap, one that a clock
    change repeats the first of the two, as everywhere (`mentoring.lib.clock`).
    """

    widget = forms.DateTimeInput({"type": "datetime-local"}, format=FORMAT)
    input_formats = (FORMAT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        local = self._parsed(str(value).strip())
        try:
            return instant(local.date(), local.time(), timezone.get_current_timezone())
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def _parsed(self, text: str) -> datetime:
        for form in self.input_formats:
            try:
                return self.strptime(text, form)
            except ValueError:
                continue
        raise ValidationError(self.error_messages["invalid"], code="invalid")


def hour_input() -> forms.TimeInput:
    """The browser's own way of choosing a time of day."""
    return forms.TimeInput({"type": "time"}, HOUR)


def day_input() -> forms.DateInput:
    """The browser's own way of choosing a day."""
    return forms.DateInput({"type": "date"}, DAY)


def only_ahead(field: forms.Field, today: date, last: date, *, too_far: "Text") -> None:
    """Let a day field take days after today until ``last``, and say so to the browser."""
    first = today + timedelta(days=1)
    field.validators += [
        MinValueValidator(first, _("Choose a day that is still ahead.")),
        MaxValueValidator(last, too_far),
    ]
    field.widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
