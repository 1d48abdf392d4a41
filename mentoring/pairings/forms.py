"""The few words of a request."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_OFFER = 600


class OfferForm(forms.Form):
    """What somebody writes when asking another person."""

    offer = forms.CharField(
        label=_("A few words"),
        max_length=LONGEST_OFFER,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What would you enjoy talking about together? Two sentences are plenty."),
        error_messages={"required": _("One sentence is enough; it shows that you mean it.")},
    )
