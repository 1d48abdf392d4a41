"""Why a pair is to end, and who may know."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.pairings.enums import EndReason

PARTNER, PROGRAM = "partner", "program"


class ClosingForm(forms.Form):
    """A reason, which nobody has to give, and who is told it."""

    reason = forms.ChoiceField(
        label=_("Why now?"),
        required=False,
        choices=[("", _("I would rather not say")), *EndReason.choices],
        widget=forms.RadioSelect,
        initial="",
    )
    tells = forms.MultipleChoiceField(
        label=_("Who may know?"),
        required=False,
        choices=[
            (PARTNER, _("My partner")),
            (PROGRAM, _("The people who run this")),
        ],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a tick nobody learns it, and it is not kept."),
    )

    def clean_reason(self) -> EndReason | None:
        chosen = self.cleaned_data["reason"]
        return EndReason(chosen) if chosen else None
