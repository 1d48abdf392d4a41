"""Making an organization."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import LanguageField, NameField, TimeZoneField
from accounts.models.organization import SLUG
from accounts.slugs import LEAST, LENGTH, RESERVED, suggest_slug


class OrganizationForm(forms.Form):
    """A new organization. Without an address one is made of the name."""

    name = NameField(
        label=_("Name of the organization"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "organization", "data-slug-source": "slug"}),
    )
    slug = forms.CharField(
        label=_("Address"),
        max_length=LENGTH,
        min_length=LEAST,
        required=False,
        validators=[SLUG],
        help_text=_(
            "Part of every link; it cannot be changed later. Left empty, it follows from the name."
        ),
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    time_zone = TimeZoneField(
        guess=True,
        help_text=_("For dates and times of the organization. People may set their own."),
    )
    language = LanguageField(help_text=_("For people who have not chosen one themselves."))

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"] or suggest_slug(self.cleaned_data.get("name", ""))
        if "name" in self.cleaned_data and len(slug) < LEAST:
            raise ValidationError(_("Please choose an address; none could be made of the name."))
        if slug in RESERVED:
            raise ValidationError(
                _("“%(slug)s” is reserved. How about “%(other)s”?"),
                params={"slug": slug, "other": f"{slug}-mentoring"},
            )
        return slug

    def refuse_slug(self, *, free: str) -> None:
        """Say that the address is taken, and put a free one into the field."""
        self.add_error(
            "slug",
            ValidationError(_("This address is taken. “%(free)s” is free."), params={"free": free}),
        )
        self.data = dict(self.data.items()) | {self.add_prefix("slug"): free}
