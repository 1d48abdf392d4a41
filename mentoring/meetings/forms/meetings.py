"""Planning a meeting, calling it off, and noting that it was held. Times are the reader's own."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from mentoring.lib.moments import MomentField
from mentoring.meetings.enums import CHOSEN_REASONS, Means
from mentoring.meetings.plans import FARTHEST, LONGEST, SHORTEST, Plan
from mentoring.outbox.plain import header_text

LONGEST_PLACE = 300


class SeenForm(forms.Form):
    """A form about a meeting as the person saw it: its sequence comes along."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class TimeForm(SeenForm):
    """Another time, nothing else: what an assistant chooses."""

    starts_at = MomentField(label=_("New date and time"))

    def __init__(self, data: Any = None, *, now: datetime, **options: Any) -> None:
        super().__init__(data, **options)
        _plan_ahead(self.fields["starts_at"], now)


class MeansForm(forms.Form):
    """When two people meet, for how long, and how."""

    starts_at = MomentField(label=_("Date and time"))
    minutes = forms.IntegerField(
        label=_("Length in minutes"), min_value=SHORTEST, max_value=LONGEST
    )
    means = forms.ChoiceField(
        label=_("How you meet"), choices=Means.choices, widget=forms.RadioSelect
    )

    def clean_means(self) -> Means:
        return Means(self.cleaned_data["means"])

    @property
    def plan(self) -> Plan:
        """What the person wants; ask for it when the form is valid."""
        wanted = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return Plan(**wanted)


class PlanForm(MeansForm):
    """A meeting that is still ahead."""

    place = forms.CharField(
        label=_("Place or link"),
        required=False,
        max_length=LONGEST_PLACE,
        help_text=_("A room, a number to call, or the address of a video call."),
    )

    def __init__(self, data: Any = None, *, now: datetime, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["minutes"].help_text = _(
            "30 or 60 are usual to begin with, 45 is a good length after that."
        )
        _plan_ahead(self.fields["starts_at"], now)

    def clean_place(self) -> str:
        return header_text(self.cleaned_data["place"])


class ChangeForm(SeenForm, PlanForm):
    """A planned meeting, changed."""

    field_order = ("starts_at", "minutes", "means", "place", "seen")


class CancelForm(SeenForm):
    """Calling a meeting off."""

    reason = forms.TypedChoiceField(
        label=_("Reason"),
        choices=[(each.value, each.label) for each in CHOSEN_REASONS],
        widget=forms.RadioSelect,
        help_text=_("Both of you read it. Nobody asks for more."),
    )


class LogForm(MeansForm):
    """A meeting that was held."""

    def __init__(self, data: Any = None, *, now: datetime, **options: Any) -> None:
        super().__init__(data, **options)
        past = MaxValueValidator(now, _("Choose a time that has passed."))
        self.fields["starts_at"].validators.append(past)


class CorrectForm(SeenForm, LogForm):
    """A held meeting, put right."""

    field_order = ("starts_at", "minutes", "means", "seen")


class LinkForm(forms.Form):
    """What can be told from a mail: how long it was."""

    minutes = forms.IntegerField(
        label=_("Length in minutes"), min_value=SHORTEST, max_value=LONGEST
    )


def _plan_ahead(field: forms.Field, now: datetime) -> None:
    field.validators += [
        MinValueValidator(now, _("Choose a time that is still ahead.")),
        MaxValueValidator(now + FARTHEST, _("Choose a time within a year from now.")),
    ]
