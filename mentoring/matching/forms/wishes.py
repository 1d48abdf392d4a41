"""What an admin wants of one pair."""

from django import forms
from django.utils.translation import gettext_lazy

LONGEST_REASON = 1000


class ReasonForm(forms.Form):
    """Why a pair should be although it breaks a rule."""

    reason = forms.CharField(
        label=gettext_lazy("Why should these two be a pair all the same?"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "A second person reads this before it counts. Write nothing about health,"
            " family or beliefs."
        ),
    )
