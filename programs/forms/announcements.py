"""What admins write to people of a cohort."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NameField
from accounts.terms import Terms
from programs.enums import Audience
from programs.forms.cohort_invitations import audience_choices


class AnnouncementForm(forms.Form):
    """Whom a message goes to and what it says. ``picked`` people are chosen already."""

    field_order = ("audience", "subject", "text")

    subject = NameField(label=_("Subject"), max_length=150)
    text = forms.CharField(
        label=_("Text"),
        max_length=10_000,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("Plain text. An empty line begins a new paragraph."),
    )

    def __init__(self, data: Any = None, *, terms: Terms, picked: bool, **options: Any) -> None:
        super().__init__(data, **options)
        if not picked:
            self.fields["audience"] = forms.ChoiceField(
                label=_("To"),
                choices=audience_choices(terms),
                initial=Audience.BOTH,
                widget=forms.RadioSelect,
            )
        self.order_fields(self.field_order)
