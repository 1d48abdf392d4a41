"""Own questions of an organization, one by one or as a list."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.forms.fields import NameField
from mentoring.lib.text import UnsafeText, one_line
from programs.enums import Stage, Subject

LONGEST = 300
MOST_LINES = 200
MOST_NAMED = 5
# What lists begin their lines with: a dash, a dot, a number.
BULLET = re.compile(r"^\s*(?:[-–—•*·]|\d{1,3}[.)])\s+")


class PlaceForm(forms.Form):
    """Where questions belong."""

    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices)

    def __init__(self, *args: Any, families: QuerySet[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["family"] = forms.ModelChoiceField(
            families, label=_("Topic"), required=False, empty_label=Subject.ANY.label
        )

    def clean_stage(self) -> Stage:
        return Stage(self.cleaned_data["stage"])


class QuestionForm(PlaceForm):
    """One question."""

    text = NameField(
        label=_("Question"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Open questions help most: they begin with what, how, when, which or who."),
    )
    field_order = ("text", "stage", "family")


@dataclass(frozen=True, slots=True)
class Lines:
    """The different texts of a list, and how many lines only repeat one."""

    texts: list[str]
    repeated: int


class LinesField(forms.CharField):
    """One question a line; what the lines of a list begin with goes."""

    def clean(self, value: Any) -> Lines:
        lines = super().clean(value).splitlines()
        texts: dict[str, str] = {}
        wrong: list[ValidationError] = []
        count = 0
        for number, line in enumerate(lines, start=1):
            try:
                text = one_line(BULLET.sub("", line.replace("\t", " ")))
            except UnsafeText as unsafe:
                wrong.append(_unsafe(number, unsafe))
                continue
            if len(text) > LONGEST:
                wrong.append(_too_long(number, len(text)))
            elif text:
                count += 1
                texts.setdefault(text.lower(), text)
        if wrong:
            raise ValidationError(_named(wrong))
        if len(texts) > MOST_LINES:
            raise ValidationError(
                _("These are %(count)d questions; %(most)d at a time are possible."),
                params={"count": len(texts), "most": MOST_LINES},
            )
        return Lines(list(texts.values()), count - len(texts))


class PasteForm(PlaceForm):
    """A list of questions for one stage and topic."""

    lines = LinesField(
        label=_("Questions"),
        max_length=100_000,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("One question a line. Dashes, dots and numbers in front are left out."),
    )
    field_order = ("lines", "stage", "family")


def _too_long(number: int, length: int) -> ValidationError:
    return ValidationError(
        _("Line %(number)d has %(length)d characters; %(most)d fit."),
        params={"number": number, "length": length, "most": LONGEST},
    )


def _unsafe(number: int, unsafe: UnsafeText) -> ValidationError:
    return ValidationError(
        _(
            "Line %(number)d contains a character that cannot be seen or that changes the"
            " writing direction (%(character)s)."
        ),
        params={"number": number, "character": str(unsafe)},
    )


def _named(errors: list[ValidationError]) -> list[ValidationError]:
    """The first few, and how many more there are."""
    more = len(errors) - MOST_NAMED
    if more <= 0:
        return errors
    rest = ValidationError(
        ngettext_lazy("%(count)d more line like that.", "%(count)d more lines like that.", "count"),
        params={"count": more},
    )
    return [*errors[:MOST_NAMED], rest]
