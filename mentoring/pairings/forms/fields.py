"""Longer texts as people type or paste them."""

import unicodedata
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 4000


class WrittenField(forms.CharField):
    """A longer text as people type or paste it.

    Control characters go silently, also the null character, which would be an error without
    a remedy. The browser does not cut what is too long: the reader is told and nothing is lost.
    """

    def __init__(self, *, longest: int = LONGEST_TEXT, rows: int = 3, **options: Any) -> None:
        widget = forms.Textarea({"rows": rows})
        super().__init__(widget=widget, strip=False, **options)
        self._longest = longest

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_python(value) or "")
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        kept = (each for each in lines if each in "\n\t" or unicodedata.category(each) != "Cc")
        return "".join(kept).strip()

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self._longest:
            text = _(
                "That is a little long: %(length)s characters, and %(longest)s fit. "
                "Nothing is lost; please shorten it."
            )
            numbers = {
                "length": number_format(len(value), force_grouping=True),
                "longest": number_format(self._longest, force_grouping=True),
            }
            raise forms.ValidationError(text, code="max_length", params=numbers)
