"""The questions of both sides' forms, and their words in another language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NameField
from accounts.terms import Form, Term, Terms, word_for
from programs.blueprints import Question
from programs.enums import Moment, Side
from programs.forms.programs import StepForm
from programs.forms.question_fields import LONGEST_CHOICE, LONGEST_QUESTION, QuestionsField

LONGEST_WAIT = 90


class QuestionsForm(StepForm):
    """Both forms of a moment, side by side; ``mentor`` is what mentors are asked.

    Feedback to the partner says how long it waits, every other moment whether it is asked.
    """

    feedback_days = forms.IntegerField(
        label=_("Days until feedback is read anyway"),
        min_value=1,
        max_value=LONGEST_WAIT,
        help_text=_("The partner reads it when both have sent it, or so many days after the end."),
    )
    is_asked = forms.BooleanField(
        label=_("The program asks at this moment"),
        required=False,
        help_text=_("When this is off nobody is asked. The questions stay here for later."),
    )

    def __init__(self, *args: Any, moment: Moment, terms: Terms, **options: Any) -> None:
        super().__init__(*args, **options)
        is_partner = moment == Moment.PARTNER
        del self.fields["is_asked" if is_partner else "feedback_days"]
        for side, other in ((Side.MENTOR, Side.MENTEE), (Side.MENTEE, Side.MENTOR)):
            writer, about = word_for(terms, Term(side)), word_for(terms, Term(other))
            many = word_for(terms, Term(side), Form.MANY)
            label = (
                _("What the %(writer)s answers about the %(other)s")
                % {"writer": writer, "other": about}
                if is_partner
                else _("What %(people)s are asked") % {"people": many}
            )
            self.fields[side.value] = QuestionsField(label=label)

    def setting(self) -> forms.BoundField:
        """How long feedback waits, or whether the program asks."""
        return self["feedback_days" if "feedback_days" in self.fields else "is_asked"]

    def sides(self) -> list[forms.BoundField]:
        return [self[side.value] for side in (Side.MENTOR, Side.MENTEE)]

    def values(self) -> dict[str, Any]:
        """The questions by who answers them, and the setting."""
        names = {"feedback_days", "is_asked"} & self.cleaned_data.keys()
        return {
            "questions": {side: self.cleaned_data[side.value] for side in Side},
            **{name: self.cleaned_data[name] for name in names},
        }


@dataclass(frozen=True, slots=True)
class Row:
    """A question beside the fields for its words in another language."""

    number: int
    question: Question
    text: forms.BoundField
    choices: list[tuple[str, forms.BoundField]]
    fits: forms.BoundField | None


class WordsForm(StepForm):
    """Words in one language, question by question; fields are called by their place.

    Where the question has changed since, ``fits`` says that its older words still stand.
    """

    def __init__(
        self,
        *args: Any,
        questions: Mapping[Side, Sequence[Question]],
        language: str,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.questions, self.language = questions, language
        for name, number, question in self._named():
            words = question.translations.get(language, {})
            self._ask(name, number, question, words)

    def _named(self) -> Iterator[tuple[str, int, Question]]:
        for side, questions in self.questions.items():
            for at, question in enumerate(questions):
                yield f"{side}-{at}", at + 1, question

    def _ask(self, name: str, number: int, question: Question, words: Mapping[str, Any]) -> None:
        label = _("Question %(number)d") % {"number": number}
        rows = forms.Textarea({"rows": 2, "lang": self.language})
        self.fields[f"{name}-text"] = NameField(
            label=label, required=False, max_length=LONGEST_QUESTION, widget=rows
        )
        self.initial.setdefault(f"{name}-text", words.get("text", ""))
        if words.get("is_old"):
            self.fields[f"{name}-fits"] = forms.BooleanField(
                label=_("These words still fit"), required=False
            )
        own = [*words.get("choices", []), *[""] * len(question.choices)]
        for place, _choice in enumerate(question.choices):
            self.fields[f"{name}-choice-{place}"] = NameField(
                label=_("Question %(number)d, answer %(place)d")
                % {"number": number, "place": place + 1},
                required=False,
                max_length=LONGEST_CHOICE,
                widget=forms.TextInput({"lang": self.language, "autocomplete": "off"}),
            )
            self.initial.setdefault(f"{name}-choice-{place}", own[place])

    def rows(self) -> dict[Side, list[Row]]:
        """By who answers, in the order of the questions."""
        found: dict[Side, list[Row]] = {side: [] for side in self.questions}
        for name, number, question in self._named():
            fits = self[f"{name}-fits"] if f"{name}-fits" in self.fields else None
            choices = [
                (choice, self[f"{name}-choice-{place}"])
                for place, choice in enumerate(question.choices)
            ]
            side = Side(name.partition("-")[0])
            found[side].append(Row(number, question, self[f"{name}-text"], choices, fits))
        return found

    def clean(self) -> dict[str, Any]:
        for name, _number, question in self._named():
            own = self._own_choices(name, question)
            read = [ours or theirs for ours, theirs in zip(own, question.choices, strict=True)]
            for place, words in enumerate(read):
                if words.casefold() in {each.casefold() for each in read[:place]}:
                    field = f"{name}-choice-{place}"
                    self.add_error(field, ValidationError(_("Two answers are the same.")))
        return self.cleaned_data

    def words(self) -> dict[Side, list[dict[str, Any]]]:
        """What was written, by who answers, in the order of the questions."""
        found: dict[Side, list[dict[str, Any]]] = {side: [] for side in self.questions}
        for name, _number, question in self._named():
            text = self.cleaned_data[f"{name}-text"]
            before = question.translations.get(self.language, {})
            is_same = bool(before.get("is_old")) and text == before.get("text")
            found[Side(name.partition("-")[0])].append(
                {
                    "text": text,
                    "choices": self._own_choices(name, question),
                    "is_old": is_same and not self.cleaned_data.get(f"{name}-fits"),
                }
            )
        return found

    def _own_choices(self, name: str, question: Question) -> list[str]:
        fields = (f"{name}-choice-{place}" for place, _choice in enumerate(question.choices))
        return [self.cleaned_data.get(field, "") for field in fields]
