"""Own words for a mail, with its variables."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import LinesField, NameField
from accounts.forms.settings import VersionedForm
from mentoring.outbox.wording import (
    LONGEST_BUTTON,
    LONGEST_SUBJECT,
    LONGEST_WORDS,
    BadText,
    Known,
    MissingVariable,
    OwnText,
    UnknownVariable,
    check,
    tokens_of,
)


class TextForm(VersionedForm):
    """Subject, words and the button's words; only variables that this mail has."""

    subject = NameField(
        label=gettext_lazy("Subject"),
        max_length=LONGEST_SUBJECT,
        help_text=gettext_lazy("It is the heading of the mail as well."),
    )
    words = LinesField(
        label=gettext_lazy("Words"),
        max_length=LONGEST_WORDS,
        rows=10,
        help_text=gettext_lazy("Plain text. An empty line begins a new paragraph."),
    )
    button = NameField(
        label=gettext_lazy("Words of the button"),
        max_length=LONGEST_BUTTON,
        required=False,
        help_text=gettext_lazy("Empty: ours. Where it leads stays as it is."),
    )

    def __init__(
        self, data: Any = None, *, known: Known, has_button: bool, draft: str, **options: Any
    ) -> None:
        super().__init__(data, **options)
        # The browser keeps what is typed, with the version that it is about.
        attributes = {"data-draft": draft, "data-draft-seen": "version"}
        self.fields["words"].widget.attrs |= attributes
        self.known = known
        if not has_button:
            del self.fields["button"]
        for name in ("subject", "button"):
            if name in self.fields:
                self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """The words as ``own``, when all of them can be sent."""
        texts = {name: self.cleaned_data.get(name, "") for name in ("subject", "words", "button")}
        for name, text in texts.items():
            self._check(name, text)
        own = OwnText(**texts)
        if not self.errors:
            try:
                check(self.known, own)
            except MissingVariable as missing:
                self.add_error("words", _missing(self.known[missing.name].token))
        return {"own": own, "version": self.cleaned_data.get("version", "")}

    def _check(self, name: str, text: str) -> None:
        try:
            list(tokens_of(text, self.known))
        except BadText as bad:
            self.add_error(name, _in_words(bad, self.known))


def _missing(token: str) -> ValidationError:
    message = _("Please use %(token)s among the words: nothing else in this mail says it.")
    return ValidationError(message, params={"token": token})


def _in_words(bad: BadText, known: Known) -> ValidationError:
    tokens = [each.token for each in known.values()]
    if isinstance(bad, UnknownVariable) and bad.is_doubled:
        message = _("Please write %(token)s, with one brace on each side.")
        return ValidationError(message, params={"token": known[bad.name].token})
    if isinstance(bad, UnknownVariable):
        message = _("There is no {%(name)s} in this mail. You can use %(all)s.")
        return ValidationError(message, params={"name": bad.name, "all": _list(tokens)})
    message = _("A brace stands alone here. Write a variable like %(token)s, or {{ for a brace.")
    return ValidationError(message, params={"token": tokens[0]})


def _list(tokens: Iterable[str]) -> str:
    return ", ".join(tokens)


class SeenForm(forms.Form):
    """Which version was on the page."""

    seen = forms.CharField(max_length=64)
