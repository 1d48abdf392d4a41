"""Asking for a point in time in the reader's own zone."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring.lib.clock import instant

FORMAT = "%Y-%m-%dT%H:%M"


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
