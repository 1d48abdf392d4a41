"""What those who run a cohort say about a wish of one of a pair."""

from datetime import datetime

from django import forms
from django.utils.dateparse import parse_datetime

from programs.enums import Side


class HelpedForm(forms.Form):
    """Which side has had a hand, as it asked at the moment ``seen``."""

    side = forms.TypedChoiceField(choices=Side.choices, coerce=Side)
    seen = forms.CharField(max_length=40)

    def clean_seen(self) -> datetime:
        try:
            seen = parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            seen = None
        if seen is None or seen.tzinfo is None:
            raise forms.ValidationError("seen")
        return seen
