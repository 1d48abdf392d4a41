"""Inviting people by pasted addresses."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.addresses import Address, read_addresses
from accounts.enums import Reach
from accounts.forms.members import RolesForm

MOST = 1_000
LENGTH = 300_000


class InvitationsForm(RolesForm):
    """Addresses, and for owners the roles that all of these people get."""

    field_order = ("people", "roles", "reach")

    people = forms.CharField(
        label=_("E-mail addresses"),
        max_length=LENGTH,
        widget=forms.Textarea({"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "One or many: one a line or separated by commas, also with names, such as"
            " Anna Weber &lt;anna@example.org&gt;."
        ),
        error_messages={"required": _("Please enter at least one e-mail address.")},
    )

    def __init__(self, *args: Any, with_roles: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not with_roles:
            del self.fields["roles"], self.fields["reach"]

    def clean_people(self) -> list[Address]:
        found = read_addresses(self.cleaned_data["people"])
        if not found:
            raise ValidationError(_("There is no e-mail address in this text."))
        if len(found) > MOST:
            raise ValidationError(
                ngettext_lazy(
                    "This is %(count)d address; please invite at most %(most)d at once.",
                    "These are %(count)d addresses; please invite at most %(most)d at once.",
                    "count",
                ),
                params={"count": len(found), "most": MOST},
            )
        return found

    def clean(self) -> dict[str, Any]:
        return {"roles": [], "reach": Reach.ORGANIZATION, **self.cleaned_data}
