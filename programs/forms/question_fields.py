"""A field with a row for each question of a form, its kind and its answers."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.unfinished import Press, pressed
from programs.blueprints import Question
from programs.enums import QuestionKind
from programs.forms.fields import clean_line

LONGEST_QUESTION = 300
LONGEST_CHOICE = 100
MOST_QUESTIONS = 50
FEWEST_CHOICES, MOST_CHOICES = 2, 8


@dataclass(slots=True)
class Row:
    """A question as it is being written; ``choices`` has one on each line."""

    text: str = ""
    kind: str = QuestionKind.RATED
    is_required: bool = True
    choices: str = ""
    key: str = ""

    @property
    def has_choices(self) -> bool:
        return self.kind == QuestionKind.CHOICE


class QuestionsWidget(forms.Widget):
    """A row per question, with buttons that add, move and remove rows."""

    template_name = "programs/widgets/questions.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row]:
        sent = str(data.get(f"{name}-rows", ""))
        is_number = sent.isascii() and sent.isdigit() and len(sent) < 5
        count = min(int(sent), MOST_QUESTIONS) if is_number else 0
        rows = [
            Row(
                str(data.get(f"{name}-{row}-text", "")),
                str(data.get(f"{name}-{row}-kind", "")),
                f"{name}-{row}-required" in data,
                str(data.get(f"{name}-{row}-choices", "")),
                str(data.get(f"{name}-{row}-key", "")),
            )
            for row in range(count)
        ]
        return _changed(rows, pressed(data, name))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = list(value or [])
        context["questions"] = {
            "rows": rows,
            "count": len(rows),
            "kinds": QuestionKind.choices,
            "may_add": len(rows) < MOST_QUESTIONS,
            "most": MOST_QUESTIONS,
            "most_choices": MOST_CHOICES,
            "max_length": LONGEST_QUESTION,
        }
        return context


class QuestionsField(forms.Field):
    """What one side is asked: at least one question, each with a text."""

    widget = QuestionsWidget

    def clean(self, value: Any) -> list[Question]:
        rows: list[Row] = value or []
        if not rows:
            raise ValidationError(_("Ask at least one question."))
        questions, errors = [], []
        for number, row in enumerate(rows, start=1):
            try:
                questions.append(_question(number, row))
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return questions


def _question(number: int, row: Row) -> Question:
    text = clean_line(row.text)
    if not text:
        raise _error(_("Question %(number)d is empty. Please write it, or remove it."), number)
    if len(text) > LONGEST_QUESTION:
        message = _("Question %(number)d has more than %(most)d characters.")
        raise _error(message, number, most=LONGEST_QUESTION)
    if row.kind not in QuestionKind.values:
        raise _error(_("Choose how question %(number)d is answered."), number)
    choices = _choices(number, row.choices) if row.has_choices else ()
    return Question(text, QuestionKind(row.kind), row.is_required, choices, key=_key(row.key))


def _choices(number: int, text: str) -> tuple[str, ...]:
    choices = [line for line in map(clean_line, text.splitlines()) if line]
    if not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        message = _("Give question %(number)d between %(fewest)d and %(most)d answers.")
        raise _error(message, number, fewest=FEWEST_CHOICES, most=MOST_CHOICES)
    if any(len(each) > LONGEST_CHOICE for each in choices):
        message = _("An answer to question %(number)d has more than %(most)d characters.")
        raise _error(message, number, most=LONGEST_CHOICE)
    if len({each.casefold() for each in choices}) < len(choices):
        raise _error(_("Two answers to question %(number)d are the same."), number)
    return tuple(choices)


def _error(message: Any, number: int, **params: int) -> ValidationError:
    return ValidationError(message, params={"number": number, **params})


def _key(text: str) -> UUID | None:
    """Which stored question this was; whatever else is sent makes a new one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _changed(rows: list[Row], press: Press | None) -> list[Row]:
    """The rows after a button was pressed."""
    if not press:
        return rows
    if press.what in QuestionKind.values and len(rows) < MOST_QUESTIONS:
        kind = QuestionKind(press.what)
        return [*rows, Row(kind=kind, is_required=kind != QuestionKind.TEXT)]
    at = press.row
    if not 0 <= at < len(rows):
        return rows
    to = {"up": at - 1, "down": at + 1}.get(press.what, at)
    if press.what == "remove":
        del rows[at]
    elif 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    return rows


def rows_of(questions: list[Question]) -> list[Row]:
    """Questions as the field shows them before anything was sent."""
    return [
        Row(each.text, each.kind, each.is_required, "\n".join(each.choices), str(each.key or ""))
        for each in questions
    ]
