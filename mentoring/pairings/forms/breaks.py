"""How long a break is."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from mentoring.pairings.deadlines import LONGEST_BREAK
from mentoring.pairings.forms.agreements import DAY


class BreakForm(forms.Form):
    """The day on which two people go on."""

    until = forms.DateField(
        label=_("Until when"),
        widget=forms.DateInput({"type": "date"}, DAY),
        help_text=_("On that day both of you are asked whether you go on."),
    )

    def __init__(self, data: Any = None, *, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        first, last = today + timedelta(days=1), today + LONGEST_BREAK
        until = self.fields["until"]
        until.validators += [
            MinValueValidator(first, _("Choose a day that is still ahead.")),
            MaxValueValidator(last, _("Choose a day within half a year.")),
        ]
        until.widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
