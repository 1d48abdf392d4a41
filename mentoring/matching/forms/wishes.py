"""What an admin wants of one pair."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

LONGEST_REASON = 1000


class ReasonForm(forms.Form):
    """Why a pair should be although it breaks a rule; other pairs need no reason."""

    reason = forms.CharField(
        label=gettext_lazy("Why should these two be a pair all the same?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "A second person reads this before it counts. Write nothing about health,"
            " family or beliefs."
        ),
        error_messages={
            "required": gettext_lazy("Please write down why, so that a second person can decide.")
        },
    )

    def __init__(self, data: Any = None, *, is_needed: bool = True) -> None:
        super().__init__(data)
        self.fields["reason"].required = is_needed
