"""What the organization writes down about a person."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.forms.fields import NameField
from accounts.languages import language_names, read_languages
from accounts.zones import zone_choices

type Find = Callable[[str], list[Any]]
type Parts = Mapping[str, QuerySet[Any]]

NOT_SAID = ("", _("That of the location, or of the organization"))
MOST_LANGUAGES = 20


class RecordForm(forms.Form):
    """Name, place in the organization, and how to reach the person."""

    name = NameField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    job_title = NameField(label=_("Job title"), max_length=150, required=False)
    employee_number = NameField(
        label=_("Employee number"),
        max_length=64,
        required=False,
        help_text=_("As in your lists of people, so that the next list finds the person."),
    )
    manager = forms.CharField(
        label=_("Manager"),
        max_length=300,
        required=False,
        help_text=_("Begin to type a name and choose, or enter an address or employee number."),
        widget=forms.TextInput({"list": "managers", "autocomplete": "off"}),
    )
    languages = forms.CharField(
        label=_("Languages"),
        max_length=300,
        required=False,
        help_text=_("Those the person can talk in, with commas between: English, German."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=lambda: [NOT_SAID, *zone_choices()], required=False
    )
    on_leave = forms.BooleanField(
        label=_("On leave"),
        required=False,
        help_text=_("Gets no reminders and is not proposed to anybody until this ends."),
    )

    field_order = (
        "name",
        "email",
        "job_title",
        "department",
        "location",
        "grade",
        "manager",
        "employee_number",
        "languages",
        "time_zone",
        "on_leave",
    )

    def __init__(
        self, *args: Any, parts: Parts, find: Find, manager: Any = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.find, self.known_manager = find, manager
        labels = {"department": _("Department"), "location": _("Location"), "grade": _("Grade")}
        for field, label in labels.items():
            self.fields[field] = forms.ModelChoiceField(
                parts[field], label=label, required=False, empty_label=_("Not given")
            )
        self.order_fields(self.field_order)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_manager(self) -> Any:
        """The person that the text means; left as it was, it means the manager of before."""
        text = " ".join(self.cleaned_data["manager"].split())
        if not text:
            return None
        if self.known_manager and text == address_of(self.known_manager):
            return self.known_manager
        found = self.find(text)
        if not found:
            raise ValidationError(
                _(
                    "Nobody with this address, number or name is with the organization. Please"
                    " choose from the list that opens while you type."
                )
            )
        if len(found) > 1:
            names = ", ".join(address_of(each) for each in found)
            raise ValidationError(
                _("Several people are called that: %(names)s. Please enter the address."),
                params={"names": names},
            )
        return found[0]

    def clean_languages(self) -> list[str]:
        known, unknown = read_languages(self.cleaned_data["languages"])
        if unknown:
            raise ValidationError(
                ngettext_lazy(
                    "We do not know this language: %(words)s.",
                    "We do not know these languages: %(words)s.",
                    len(unknown),
                ),
                params={"words": ", ".join(unknown)},
            )
        return known[:MOST_LANGUAGES]


class PersonForm(RecordForm):
    """Somebody new; when asked to, with an invitation at once."""

    def __init__(self, *args: Any, may_invite: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if may_invite:
            self.fields["invite"] = forms.BooleanField(
                label=_("Send an invitation now"),
                required=False,
                help_text=_("You can do so later on the person’s page."),
            )


def address_of(person: Any) -> str:
    """How a field names a person: ``Anna Weber <anna@example.org>``."""
    return f"{person.name} <{person.email}>"


def initial_record(person: Any) -> dict[str, Any]:
    """What the form shows of a person."""
    plain = ("name", "email", "job_title", "employee_number", "time_zone", "on_leave")
    return {
        **{field: getattr(person, field) for field in plain},
        "department": person.department_id,
        "location": person.location_id,
        "grade": person.grade_id,
        "manager": address_of(person.manager) if person.manager else "",
        "languages": language_names(person.languages),
    }
