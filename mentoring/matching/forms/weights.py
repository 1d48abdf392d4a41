"""How a program matches, as sliders and ticks."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.settings import VersionedForm
from mentoring.matching.choices import Choices
from mentoring.matching.enums import Aim
from mentoring.matching.recipes import MOST, WEIGHED
from mentoring.matching.words import FEATURES

FARTHEST = 15
RULES = ("common_topic", "common_form", "earlier_pairs_again")


class Slider(forms.NumberInput):
    """A slider; the page shows its number beside it."""

    input_type = "range"


def slider(most: int, **options: Any) -> forms.IntegerField:
    widget = Slider({"data-slider": True})
    return forms.IntegerField(min_value=0, max_value=most, widget=widget, **options)


class WeightsForm(VersionedForm):
    """A slider for each feature, which plan is the best one, and the rules of a recipe."""

    aim = forms.ChoiceField(
        label=gettext_lazy("The best plan"), choices=Aim.choices, widget=forms.RadioSelect
    )
    raises_worst = forms.BooleanField(
        label=gettext_lazy("Raise the weakest pair"),
        required=False,
        help_text=gettext_lazy("If it costs nobody a partner and at most half a percent in all."),
    )
    minimum_score = slider(
        MOST,
        label=gettext_lazy("Least score of a pair"),
        help_text=gettext_lazy("Two people with fewer points are not put together."),
    )
    ideal_distance = slider(
        FARTHEST,
        label=gettext_lazy("Best distance in grades"),
        help_text=gettext_lazy("Seniority gives most points at this distance."),
    )
    common_topic = forms.BooleanField(
        label=gettext_lazy("A common topic is needed"), required=False
    )
    common_form = forms.BooleanField(
        label=gettext_lazy("A common form of meeting is needed"), required=False
    )
    earlier_pairs_again = forms.BooleanField(
        label=gettext_lazy("Earlier pairs may meet again"), required=False
    )

    def __init__(self, data: Any = None, *, choices: Choices, version: str) -> None:
        names = self.base_fields.keys() - {"version"}
        given = {"version": version, **{name: getattr(choices, name) for name in names}}
        given |= {f"weight_{key}": choices.weights[key] for key in WEIGHED}
        super().__init__(data, initial=given)
        for key in WEIGHED:
            name, meaning = FEATURES[key]
            self.fields[f"weight_{key}"] = slider(MOST, label=name, help_text=meaning)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        weights = [data.get(f"weight_{key}") for key in WEIGHED]
        if None not in weights and not any(weights):
            raise forms.ValidationError(_("At least one weight must be above zero."))
        return data

    @property
    def choices(self) -> Choices:
        """What a valid form says."""
        data = dict(self.cleaned_data)
        del data["version"]
        weights = {key: data.pop(f"weight_{key}") for key in WEIGHED}
        return Choices(**data | {"weights": weights, "aim": Aim(data["aim"])})

    def weights(self) -> Iterator[BoundField]:
        return (self[f"weight_{key}"] for key in WEIGHED)

    def rules(self) -> Iterator[BoundField]:
        return (self[name] for name in RULES)
