"""The questions of both feedback forms."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.terms import Term, Terms, word_for
from programs.enums import Side
from programs.forms.fields import QuestionsField
from programs.forms.programs import StepForm


class QuestionsForm(StepForm):
    """Both forms, side by side; ``mentor`` is what mentors answer about mentees."""

    def __init__(self, *args: Any, terms: Terms, **options: Any) -> None:
        super().__init__(*args, **options)
        label = _("What the %(writer)s answers about the %(other)s")
        for side, other in ((Side.MENTOR, Side.MENTEE), (Side.MENTEE, Side.MENTOR)):
            words = {"writer": _word(terms, side), "other": _word(terms, other)}
            self.fields[side.value] = QuestionsField(label=label % words)

    def questions(self) -> dict[Side, Any]:
        """The questions by who answers them."""
        return {side: self.cleaned_data[side.value] for side in Side}


def _word(terms: Terms, side: Side) -> str:
    return word_for(terms, Term(side.value))
