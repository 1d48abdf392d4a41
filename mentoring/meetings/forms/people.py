"""Naming an assistant."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AssistantForm(forms.Form):
    """Who may move the own meetings, by the address that a leader knows anyway."""

    email = forms.EmailField(
        label=_("E-mail address of your assistant"),
        help_text=_("Somebody of this organization who keeps your calendar."),
    )
