"""What an export is to hold, and what it is for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NameField
from mentoring.reports.enums import ExportFormat
from mentoring.reports.exporting.orders import Order
from mentoring.reports.exporting.registry import FORMATS, chosen
from mentoring.reports.exporting.tables.base import Table
from mentoring.reports.models.export import PURPOSE_LENGTH

LEAST_LETTERS, LEAST_WORDS = 10, 2


class OrderForm(forms.Form):
    """Tables, format, whom they tell of, and the purpose. `Offer` says what there is."""

    tables = forms.MultipleChoiceField(
        label=_("Tables"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("The page for the board has its own numbers and needs none of them."),
    )
    format = forms.ChoiceField(
        label=_("Format"),
        choices=[(each.value, each.label) for each in FORMATS],
        widget=forms.RadioSelect,
        initial=ExportFormat.XLSX,
        help_text=_("Several tables as CSV come in one archive, with a file for each."),
    )
    program = forms.ChoiceField(label=_("Program"), required=False)
    cohort = forms.ChoiceField(label=_("Cohort"), required=False)
    department = forms.ChoiceField(label=_("Department"), required=False)
    location = forms.ChoiceField(label=_("Location"), required=False)
    grades = forms.MultipleChoiceField(
        label=_("Grades"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A pair counts when one of the two is in all that you choose."),
    )
    is_pseudonymous = forms.BooleanField(
        label=_("Leave names and addresses out"),
        required=False,
        help_text=_("Pairs and people get references instead, the same in every export."),
    )
    has_bom = forms.BooleanField(
        label=_("Mark CSV as UTF-8 for Excel"),
        required=False,
        help_text=_("With it, Excel shows letters such as ü rightly. Programs seldom want it."),
    )
    purpose = NameField(
        label=_("Purpose"),
        max_length=PURPOSE_LENGTH,
        help_text=_("One sentence: what you need it for. It is kept with the export."),
        error_messages={"required": _("Please say what you need it for.")},
    )

    def __init__(self, *args: Any, offer: Any, tables: Sequence[Table], **options: Any) -> None:
        super().__init__(*args, **options)
        self._choices("tables", [(each.key, each.title) for each in tables])
        self._choices("program", [("", _("All programs")), *offer.programs])
        self._choices("cohort", [("", _("All cohorts")), *offer.cohorts])
        self._choices("department", [("", _("All departments")), *offer.departments])
        self._choices("location", [("", _("All locations")), *offer.locations])
        self._choices("grades", offer.grades)
        for name in ("department", "location", "grades"):
            if not getattr(offer, name if name == "grades" else f"{name}s"):
                del self.fields[name]

    def clean_purpose(self) -> str:
        purpose: str = self.cleaned_data["purpose"]
        letters = sum(each.isalpha() for each in purpose)
        if letters < LEAST_LETTERS or len(purpose.split()) < LEAST_WORDS:
            raise ValidationError(
                _("Please say it in a few words, such as “For the board meeting in May”.")
            )
        return purpose

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        tables = chosen(cleaned.get("tables", ()))
        if cleaned.get("format") == ExportFormat.PDF:
            return cleaned
        if not tables:
            self.add_error("tables", _("Please choose at least one table."))
        named = [str(each.title) for each in tables if not each.has_version_without_names]
        if cleaned.get("is_pseudonymous") and named:
            self.add_error(
                "is_pseudonymous",
                ValidationError(
                    _("%(table)s is nothing without names. Leave it out, or let names in."),
                    params={"table": ", ".join(named)},
                ),
            )
        return cleaned

    @property
    def order(self) -> Order:
        """What was chosen, once it is valid."""
        cleaned = self.cleaned_data
        one = {
            name: [cleaned[field]] if cleaned.get(field) else []
            for name, field in (
                ("programs", "program"),
                ("cohorts", "cohort"),
                ("departments", "department"),
                ("locations", "location"),
            )
        }
        return Order(
            tables=tuple(cleaned["tables"]),
            format=cleaned["format"],
            filters={**one, "grades": cleaned.get("grades", [])},
            is_pseudonymous=cleaned["is_pseudonymous"],
            has_bom=cleaned["has_bom"],
            purpose=cleaned["purpose"],
        )

    def _choices(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = choices


class ExportForm(OrderForm):
    """Also of which day."""

    as_of = forms.TypedChoiceField(
        label=_("As of"),
        coerce=date.fromisoformat,
        help_text=_("Figures are as they were at the end of that day."),
    )
    field_order = ("tables", "format", "as_of")

    def __init__(self, *args: Any, offer: Any, **options: Any) -> None:
        super().__init__(*args, offer=offer, **options)
        self._choices("as_of", offer.days)


def wanted(words: QueryDict) -> dict[str, Any]:
    """What an address says of whom an export is to tell, and of which day."""
    one = ("as_of", "program", "cohort", "department", "location")
    found = {name: words[name] for name in one if words.get(name)}
    return {**found, "grades": words.getlist("grades")}


def initial_of(order: Order) -> dict[str, Any]:
    """The same form once more, for another export like it."""

    def first(name: str) -> str:
        return next(iter(order.filters.get(name, ())), "")

    return {
        "tables": list(order.tables),
        "format": order.format,
        "program": first("programs"),
        "cohort": first("cohorts"),
        "department": first("departments"),
        "location": first("locations"),
        "grades": list(order.filters.get("grades", ())),
        "is_pseudonymous": order.is_pseudonymous,
        "has_bom": order.has_bom,
        "purpose": order.purpose,
    }
