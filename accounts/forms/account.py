"""What people say about themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import LanguageField, NameField, TimeZoneField


class ProfileForm(forms.Form):
    """The own name, language and time zone."""

    name = NameField(
        label=_("Name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    language = LanguageField(required=False, help_text=_("Of these pages and of the mails to you."))
    time_zone = TimeZoneField(required=False, help_text=_("Dates and times are shown in it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._may_stay_open("language", _("As my browser or my organization has it"))
        self._may_stay_open("time_zone", _("As my organization has it"))

    def _may_stay_open(self, name: str, label: Any) -> None:
        field: Any = self.fields[name]
        field.choices = [("", label), *field.choices]
