"""A person's own profile, and taking a break."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.lib.moments import day_input, only_ahead
from mentoring.profiles.forms.steps import WhenForm, WordsForm
from programs.operations.enrollment import LONGEST_PAUSE


class ProfileForm(WordsForm, WhenForm):
    """How a person introduces themselves, the same in all cohorts."""


class PauseForm(forms.Form):
    """Until when somebody takes a break."""

    until = forms.DateField(label=gettext_lazy("I am back on"), widget=day_input())

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        too_far = _("Choose a day within a year.")
        only_ahead(self.fields["until"], today, today + LONGEST_PAUSE, too_far=too_far)
