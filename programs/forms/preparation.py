"""A preparation item."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NameField
from accounts.terms import Terms
from programs.enums import Audience
from programs.forms.programs import StepForm
from programs.words import audience_choices


class ItemForm(StepForm):
    """Something to read, watch or attend."""

    title = NameField(label=_("Title"), max_length=150)
    text = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("What it is about, or all of it. An empty line starts a paragraph."),
    )
    url = forms.URLField(
        label=_("Link"),
        required=False,
        assume_scheme="https",
        help_text=_("To a video, a course or a page, if there is one."),
    )
    audience = forms.ChoiceField(label=_("For"), widget=forms.RadioSelect, initial=Audience.BOTH)
    is_required = forms.BooleanField(
        label=_("Required before matching"),
        required=False,
        help_text=_("Nobody is put together with anybody before this is done."),
    )

    def __init__(self, *args: Any, terms: Terms, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["audience"].choices = audience_choices(terms)  # type: ignore[attr-defined]

    def clean_audience(self) -> Audience:
        return Audience(self.cleaned_data["audience"])
