"""What somebody adds to an answer, and from which day on they want to be asked."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.lib.moments import day_input, only_ahead

TELL, KEEP = "tell", "keep"


class HelpForm(forms.Form):
    """Who is to know that the person needs help."""

    who = forms.ChoiceField(
        label=_("Who is to know?"),
        choices=[
            (KEEP, _("Only me: show me what can help")),
            (TELL, _("The people who run this, too: they write to me alone")),
        ],
        widget=forms.RadioSelect,
        initial=KEEP,
    )

    @property
    def tells(self) -> bool:
        """Whether those who run the cohort are to know; ask for it when the form is valid."""
        return bool(self.cleaned_data["who"] == TELL)


class DayForm(forms.Form):
    """The day from which on the person is asked."""

    day = forms.DateField(
        label=_("Ask me next on"),
        required=False,
        widget=day_input(),
        help_text=_("From then on in the rhythm of the two of you. Empty is the usual day."),
    )

    def __init__(self, data: Any = None, *, today: date, last: date, **options: Any) -> None:
        super().__init__(data, **options)
        too_far = _("Choose a day within three months from now.")
        only_ahead(self.fields["day"], today, last, too_far=too_far)
