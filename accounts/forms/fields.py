"""Fields that several forms share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.zones import language_choices, zone_choices
from mentoring.lib.text import UnsafeText, one_line


class NameField(forms.CharField):
    """A name on one line; invisible marks go, characters that would mislead are refused."""

    def to_python(self, value: Any) -> str:
        try:
            return one_line(super().to_python(value) or "")
        except UnsafeText as unsafe:
            raise _not_seen(unsafe) from unsafe


class LinesField(forms.CharField):
    """Several lines of plain text, with the same care for each."""

    def __init__(self, *, rows: int = 10, **options: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": rows}), **options)

    def to_python(self, value: Any) -> str:
        try:
            lines = [one_line(each) for each in (super().to_python(value) or "").splitlines()]
        except UnsafeText as unsafe:
            raise _not_seen(unsafe) from unsafe
        return "\n".join(lines).strip()


def _not_seen(unsafe: UnsafeText) -> ValidationError:
    return ValidationError(
        _(
            "This contains a character that cannot be seen or that changes the writing"
            " direction (%(character)s). Please type it again instead of pasting it."
        ),
        code="unsafe",
        params={"character": str(unsafe)},
    )


class TimeZoneField(forms.ChoiceField):
    """A zone by region and place. With ``guess`` the browser proposes its own."""

    def __init__(self, *, guess: bool = False, **options: Any) -> None:
        attributes = {"data-guess": "time-zone"} if guess else {}
        super().__init__(
            label=options.pop("label", _("Time zone")),
            choices=zone_choices,
            widget=forms.Select(attributes),
            **options,
        )


class LanguageField(forms.ChoiceField):
    """One of the product's languages."""

    def __init__(self, **options: Any) -> None:
        label = options.pop("label", _("Language"))
        super().__init__(label=label, choices=language_choices, **options)
