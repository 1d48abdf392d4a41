"""A person's own profile, and taking a break."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.profiles.forms.steps import WhenForm, WordsForm
from programs.operations.enrollment import LONGEST_PAUSE


class ProfileForm(WordsForm, WhenForm):
    """How a person introduces themselves, the same in all cohorts."""


class PauseForm(forms.Form):
    """Until when somebody takes a break."""

    until = forms.DateField(
        label=gettext_lazy("I am back on"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        first, last = today + timedelta(days=1), today + LONGEST_PAUSE
        ahead = MinValueValidator(first, _("Choose a day that is still ahead."))
        soon = MaxValueValidator(last, _("Choose a day within a year."))
        self.fields["until"].validators += [ahead, soon]
        self.fields["until"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
