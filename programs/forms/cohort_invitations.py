"""Whom to invite to a cohort."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from accounts.terms import Form, Term, Terms, word_for
from programs.enums import Audience, Side

SEPARATORS = re.compile(r"[\n;,]+")
MOST = 500
NOTE = 1000


def side_field(terms: Terms) -> forms.ChoiceField:
    """One of the two sides, in the organization's words."""
    sides = [(side.value, word_for(terms, Term(side), Form.MANY).capitalize()) for side in Side]
    return forms.ChoiceField(
        label=_("Invite as"), choices=sides, initial=Side.MENTEE, widget=forms.RadioSelect
    )


def audience_choices(terms: Terms) -> list[tuple[str, str]]:
    """Both sides, or one of them, in the organization's words."""
    sides = [(side.value, word_for(terms, Term(side), Form.MANY).capitalize()) for side in Side]
    return [(Audience.BOTH.value, str(Audience.BOTH.label)), *sides]


class WordsField(forms.CharField):
    """Names, addresses or employee numbers: one a line, or between commas."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea({"rows": 4, "autocomplete": "off", "spellcheck": "false"})
        super().__init__(widget=widget, max_length=50_000, **options)

    def clean(self, value: Any) -> Any:
        words = [" ".join(word.split()) for word in SEPARATORS.split(super().clean(value))]
        found = list(dict.fromkeys(word for word in words if word))
        if len(found) > MOST:
            raise ValidationError(
                ngettext_lazy(
                    "This is %(count)d person; please name at most %(most)d at once.",
                    "These are %(count)d people; please name at most %(most)d at once.",
                    "count",
                ),
                params={"count": len(found), "most": MOST},
            )
        return found


class WantedForm(forms.Form):
    """Which of the eligible people to invite."""

    def __init__(
        self, data: Any = None, *, terms: Terms, choices: dict[str, list[Any]], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.fields["side"] = side_field(terms)
        labels = {
            "department": _("Departments"),
            "location": _("Locations"),
            "grade": _("Grades"),
        }
        for name, label in labels.items():
            if choices[name]:
                self.fields[name] = forms.TypedMultipleChoiceField(
                    label=label,
                    choices=choices[name],
                    coerce=_key_among(choices[name]),
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )
        self.fields["people"] = WordsField(
            label=_("Only these people"),
            required=False,
            help_text=_("E-mail addresses, employee numbers or whole names, one a line."),
        )


class NoteForm(forms.Form):
    """Words of the admin's own, for everybody who is invited."""

    note = forms.CharField(
        label=gettext_lazy("A personal note"),
        required=False,
        max_length=NOTE,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Stands in the mail, under your name."),
    )


class PersonalForm(forms.Form):
    """Whom a sponsor invites, and with which words."""

    def __init__(self, data: Any = None, *, terms: Terms, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["side"] = side_field(terms)
        self.fields["people"] = WordsField(
            label=_("Who"),
            help_text=_("E-mail addresses or whole names, one a line."),
        )
        self.fields["note"] = forms.CharField(
            label=_("Your note"),
            required=False,
            max_length=NOTE,
            widget=forms.Textarea({"rows": 5}),
            help_text=_("Two sentences of your own do more than any text of ours."),
        )


def _key_among(choices: list[Any]) -> Any:
    keys = {str(key): key for key, _label in choices}
    return keys.get
