"""How long a break is."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.lib.moments import day_input, only_ahead
from mentoring.pairings.deadlines import LONGEST_BREAK


class BreakForm(forms.Form):
    """The day on which two people go on."""

    until = forms.DateField(
        label=_("Until when"),
        widget=day_input(),
        help_text=_("On that day both of you are asked whether you go on."),
    )

    def __init__(self, data: Any = None, *, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        too_far = _("Choose a day within half a year.")
        only_ahead(self.fields["until"], today, today + LONGEST_BREAK, too_far=too_far)
