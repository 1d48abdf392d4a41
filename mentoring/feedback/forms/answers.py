"""A form whose fields are the questions of one version."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from mentoring.feedback.sealed import Said
from mentoring.pairings.forms.fields import WrittenField
from mentoring.profiles.ratings import SCORES
from programs.enums import QuestionKind
from programs.queries.questions import Asked

LONGEST_ANSWER = 4000


class AnswersForm(forms.Form):
    """The questions with room for answers; a draft may leave out what is required.

    With ``is_lenient`` nothing has to be answered, for saving meanwhile; what does not fit is
    left out. Shown again, it says what is required all the same.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        asked: Sequence[Asked],
        said: Said,
        is_lenient: bool = False,
    ) -> None:
        super().__init__(data, initial={_name(each): said.get(each.key) for each in asked})
        self._asked = asked
        for each in asked:
            self.fields[_name(each)] = _field_for(each, is_required=not is_lenient)

    def clean(self) -> dict[str, Any] | None:
        for each in self._asked:
            self.fields[_name(each)].required = each.is_required
        return super().clean()

    def said(self) -> Said:
        """The answers by question; what was left out is not among them."""
        values = ((each.key, self.cleaned_data.get(_name(each))) for each in self._asked)
        return {key: value for key, value in values if value not in (None, "")}

    def rows(self) -> list[tuple[Asked, BoundField]]:
        """Each question with its field, in order."""
        return [(each, self[_name(each)]) for each in self._asked]


def _name(asked: Asked) -> str:
    return f"answer_{asked.key.hex}"


def _field_for(asked: Asked, *, is_required: bool) -> forms.Field:
    required = is_required and asked.is_required
    match asked.kind:
        case QuestionKind.RATED:
            return _choice(asked, [(score, str(score)) for score in SCORES], required)
        case QuestionKind.CHOICE:
            return _choice(asked, list(enumerate(asked.choices)), required)
        case _:
            return WrittenField(
                label=asked.text,
                required=required,
                longest=LONGEST_ANSWER,
                rows=4,
                error_messages={"required": _("Please write a word or two.")},
            )


def _choice(
    asked: Asked, choices: Sequence[tuple[int, str]], required: bool
) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=asked.text,
        choices=choices,
        coerce=int,
        empty_value=None,
        required=required,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose an answer."),
            "invalid_choice": _("Please choose one of these answers."),
        },
    )
