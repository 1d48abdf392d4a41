"""What somebody says of today, and what of it the partner may read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.feedback.parts import CommonPart, OwnPart
from mentoring.lib.text import UnsafeText, one_line
from mentoring.pairings.forms.fields import WrittenField
from mentoring.profiles.ratings import SCORES, Statement

LONGEST = 200


class LineField(WrittenField):
    """One line; nothing that cannot be seen hides in it."""

    def to_python(self, value: Any) -> str:
        try:
            return one_line(super().to_python(value))
        except UnsafeText as unsafe:
            message = _("This contains a character that cannot be seen (%(character)s).")
            raise ValidationError(message, params={"character": str(unsafe)}) from unsafe


class ReflectionForm(forms.Form):
    """The same statements as at the start, one line, and who may read which of the two."""

    line = LineField(
        label=gettext_lazy("What I take with me"),
        required=False,
        longest=LONGEST,
        rows=2,
        help_text=gettext_lazy("One sentence that you would like to find again in a year."),
    )
    shares_standing = forms.BooleanField(required=False)
    shares_line = forms.BooleanField(required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        data: Any = None,
        *,
        statements: Sequence[Statement],
        partner: str,
        draft: str,
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        self._statements, self.draft = statements, draft
        for each in statements:
            self.fields[_name(each)] = forms.TypedChoiceField(
                label=each.text,
                choices=[(score, str(score)) for score in SCORES],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        label = _("%(name)s may read this, and it goes into our keepsake") % {"name": partner}
        self.fields["shares_standing"].label = label
        self.fields["shares_line"].label = label
        self.fields["line"].widget.attrs.update({"data-draft": draft, "data-draft-seen": "seen"})

    def ratings(self) -> list[BoundField]:
        return [self[_name(each)] for each in self._statements]

    def refuse_as_changed(self, version: int) -> None:
        """Say that another tab was faster; what is sent next counts from there."""
        text = _(
            "You have saved something else here meanwhile, perhaps in another tab. Nothing was"
            " overwritten: what you typed is still here, and counts when you save it once more."
        )
        self.add_error(None, text)
        self.data = dict(self.data.items()) | {"seen": str(version)}

    def refuse_as_over(self) -> None:
        text = _(
            "The two of you go on as a pair, so this was not saved. What you typed is still"
            " here; copy it if you want to keep it."
        )
        self.add_error(None, text)

    def clean(self) -> dict[str, Any]:
        """The scores by the keys of their statements, and the parts that are shared."""
        data = super().clean() or self.cleaned_data
        found = {each.key: data.get(_name(each)) for each in self._statements}
        data["scores"] = {key: score for key, score in found.items() if score}
        shared = {
            OwnPart.STANDING: data.get("shares_standing"),
            OwnPart.LINE: data.get("shares_line"),
        }
        data["shared"] = frozenset(part for part, is_shared in shared.items() if is_shared)
        if data.get("shares_standing") and not data["scores"] and not self.has_bad_scores():
            self.add_error("shares_standing", _("Rate at least one sentence, then share it."))
        if data.get("shares_line") and not data.get("line") and "line" not in self.errors:
            self.add_error("shares_line", _("Write your line, then share it."))
        return data

    def has_bad_scores(self) -> bool:
        return any(_name(each) in self.errors for each in self._statements)


class ChoiceForm(forms.Form):
    """Whether one part that is about both shall be in the keepsake."""

    part = forms.TypedChoiceField(choices=CommonPart.choices, coerce=CommonPart)
    keeps = forms.TypedChoiceField(
        choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1"
    )


def _name(statement: Statement) -> str:
    return f"rate_{statement.key}"
