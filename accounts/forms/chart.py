"""Naming and merging departments, locations and grades."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import ChartPart, Step
from accounts.forms.fields import NameField
from accounts.zones import zone_choices

NOT_SAID = ("", _("The organization’s"))


class PartForm(forms.Form):
    """A name, and for a location its time zone."""

    name = NameField(label=_("Name"), max_length=120)

    def __init__(self, *args: Any, kind: ChartPart, **options: Any) -> None:
        super().__init__(*args, **options)
        if kind == ChartPart.LOCATION:
            self.fields["time_zone"] = forms.ChoiceField(
                label=_("Time zone"),
                choices=lambda: [NOT_SAID, *zone_choices()],
                required=False,
            )


class MergeForm(forms.Form):
    """What something goes into."""

    def __init__(self, *args: Any, targets: QuerySet[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["target"] = forms.ModelChoiceField(
            targets, label=_("Goes into"), empty_label=_("Please choose")
        )


class StepForm(forms.Form):
    """Up or down."""

    step = forms.ChoiceField(choices=Step.choices)

    def clean_step(self) -> Step:
        return Step(self.cleaned_data["step"])
