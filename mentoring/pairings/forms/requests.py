"""The few words of a request."""

from django import forms
from django.utils.translation import gettext_lazy

LONGEST_OFFER = 600


class OfferForm(forms.Form):
    """What somebody writes when asking another person."""

    offer = forms.CharField(
        label=gettext_lazy("A few words"),
        max_length=LONGEST_OFFER,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy(
            "What would you enjoy talking about together? Two sentences are plenty."
        ),
        error_messages={
            "required": gettext_lazy("One sentence is enough; it shows that you mean it.")
        },
    )
