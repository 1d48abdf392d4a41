"""Setting up programs."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NameField
from programs.enums import Kind


class ProgramForm(forms.Form):
    """What a program is called, who learns from whom, and what for."""

    name = NameField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Kind.choices, initial=Kind.REVERSE, widget=forms.RadioSelect
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What should be different because of it? People read this before they enroll."),
    )

    def clean_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"])


class ReachForm(forms.Form):
    """The programs that a narrowed program admin is responsible for."""

    def __init__(self, *args: Any, programs: QuerySet[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["programs"] = forms.ModelMultipleChoiceField(
            programs,
            label=_("Responsible for"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
