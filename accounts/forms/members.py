"""What a member may do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Reach, Role

ROLE_LABELS = {
    Role.OWNER: _("Owner: runs the organization, its settings, roles and audit log"),
    Role.PROGRAM_ADMIN: _("Program admin: sets up programs and invites people"),
    Role.HR_ANALYST: _("HR analyst: sees programs and grouped reports, never conversations"),
}


class RolesForm(forms.Form):
    """Roles besides taking part, and how far a program admin reaches."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=ROLE_LABELS.items,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody can take part in programs. Roles allow more."),
    )
    reach = forms.ChoiceField(
        label=_("As program admin responsible for"),
        choices=Reach.choices,
        initial=Reach.ORGANIZATION,
        widget=forms.RadioSelect,
    )

    def clean_roles(self) -> list[Role]:
        return [Role(role) for role in self.cleaned_data["roles"]]

    def clean_reach(self) -> Reach:
        return Reach(self.cleaned_data["reach"])


def initial_roles(roles: list[str], reach: str) -> dict[str, Any]:
    """What the form shows of a member."""
    return {"roles": roles, "reach": reach}
