"""How an organization is set up."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import LanguageField, NameField, TimeZoneField
from accounts.logos import BYTES, PIXELS, NotALogo, TooManyPixels, redraw
from accounts.terms import DEFAULTS, LENGTH, Form, Term
from mentoring.lib.colors import parse_color


class VersionedForm(forms.Form):
    """Knows which state of the settings the person saw when starting to type."""

    version = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def refuse_stale(self, message: str, *, version: str) -> None:
        """Keep what was typed, say what changed; saving once more is a decision."""
        self.add_error(None, message)
        self.data = dict(self.data.items()) | {self.add_prefix("version"): version}


class GeneralForm(VersionedForm):
    """Name, language and time zone."""

    name = NameField(label=_("Name of the organization"), max_length=120)
    language = LanguageField(help_text=_("For people who have not chosen one themselves."))
    time_zone = TimeZoneField(help_text=_("For people who have not chosen one themselves."))


class AppearanceForm(VersionedForm):
    """Accent color and logo."""

    accent = forms.CharField(
        label=_("Accent color"),
        required=False,
        max_length=20,
        help_text=_("Six hexadecimal digits such as #b4552d. Empty: the product's own color."),
        widget=forms.TextInput(
            {"autocomplete": "off", "spellcheck": "false", "data-color": _("Choose a color")}
        ),
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG or WebP, at most 1 MB. Shown at up to 512 pixels."),
        widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp"}),
    )
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)

    def __init__(self, *args: Any, has_logo: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_logo:
            del self.fields["remove_logo"]

    def clean(self) -> dict[str, Any]:
        return {"remove_logo": False, **self.cleaned_data}

    def clean_accent(self) -> str:
        text = self.cleaned_data["accent"]
        color = read_color(text)
        if text and not color:
            raise ValidationError(_("Use a color such as #b4552d."))
        return color

    def clean_logo(self) -> bytes | None:
        upload: UploadedFile[Any] | None = self.cleaned_data["logo"]
        if not upload:
            return None
        if (upload.size or 0) > BYTES:
            raise ValidationError(_("This file is larger than 1 MB. Please choose a smaller one."))
        try:
            return redraw(upload.read())
        except TooManyPixels as error:
            message = _("This picture is larger than %(most)d pixels. Please make it smaller.")
            raise ValidationError(message, params={"most": PIXELS}) from error
        except NotALogo as error:
            raise ValidationError(_("This is not a PNG, JPEG or WebP picture.")) from error


def read_color(text: str) -> str:
    """The color as ``#b4552d``, also from ``b4552d`` and ``#b52``; empty when it is none."""
    digits = text.strip().removeprefix("#")
    long = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    try:
        return parse_color(f"#{long}")
    except ValueError:
        return ""


LABELS: dict[tuple[Term, Form], Any] = {
    (Term.MENTOR, Form.ONE): _("One mentor"),
    (Term.MENTOR, Form.MANY): _("Several mentors"),
    (Term.MENTEE, Form.ONE): _("One mentee"),
    (Term.MENTEE, Form.MANY): _("Several mentees"),
    (Term.PROGRAM, Form.ONE): _("One program"),
    (Term.PROGRAM, Form.MANY): _("Several programs"),
}


class TermsForm(VersionedForm):
    """The organization's words for mentor, mentee and program; empty means the default."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for (term, form), default in DEFAULTS.items():
            self.fields[f"{term}_{form}"] = NameField(
                label=LABELS[term, form],
                required=False,
                max_length=LENGTH,
                widget=forms.TextInput({"placeholder": default, "autocomplete": "off"}),
            )

    def rows(self) -> list[list[forms.BoundField]]:
        """The two fields of each term."""
        return [[self[f"{term}_{form}"] for form in Form] for term in Term]

    def clean(self) -> dict[str, Any]:
        """The words as they are stored, and an error where only one of the two is given."""
        terms: dict[str, dict[str, str]] = {}
        for term in Term:
            words = {str(form): self.cleaned_data.get(f"{term}_{form}", "") for form in Form}
            missing = [form for form, word in words.items() if not word]
            if len(missing) < len(words):
                terms[term] = words
                for form in missing:
                    self._require(f"{term}_{form}")
        return {**self.cleaned_data, "terms": terms}

    def _require(self, field: str) -> None:
        if field not in self.errors:
            self.add_error(field, _("Please give both forms, or leave both empty."))
