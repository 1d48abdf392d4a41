"""Saying who may join a cohort."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.member_picker import MembersField
from accounts.forms.unfinished import UnfinishedForm

KINDS = ("departments", "locations", "grades")
LABELS = {
    "departments": _("Departments"),
    "locations": _("Locations"),
    "grades": _("Grades"),
}
LONGEST_LIST = 200_000


class SideForm(UnfinishedForm):
    """One side's eligible people: by where they are, and by name."""

    def __init__(
        self,
        *args: Any,
        choices: dict[str, list[tuple[str, str]]],
        people: Any,
        search_url: str,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        for kind in KINDS:
            self.fields[kind] = forms.TypedMultipleChoiceField(
                label=LABELS[kind],
                required=False,
                coerce=UUID,
                choices=choices[kind],
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["people"] = MembersField(
            label=_("By name"),
            help_text=_("These people are eligible whatever is ticked above."),
            people=people,
            search_url=search_url,
            required=False,
        )
        self.fields["paste"] = forms.CharField(
            label=_("Add a list"),
            required=False,
            strip=False,
            max_length=LONGEST_LIST,
            widget=forms.Textarea({"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
            help_text=_(
                "E-mail addresses or employee numbers, one on each line: paste a column of your"
                " spreadsheet."
            ),
        )

    @property
    def kinds(self) -> list[tuple[forms.BoundField, int]]:
        """The ticked lists that have anything to tick, each with how many are ticked."""
        shown = [self[kind] for kind in KINDS if self.choices[kind]]
        return [(bound, len(bound.value() or ())) for bound in shown]
