"""Fields of a program's settings that hold several lines or rows."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.unfinished import Press, pressed, texts_in
from mentoring.lib.text import UnsafeText, one_line
from programs.blueprints import Question
from programs.enums import QuestionKind

LONGEST_QUESTION = 300
MOST_QUESTIONS = 20


class LinesWidget(forms.Widget):
    """One input per line, with buttons that add and remove lines."""

    template_name = "programs/widgets/lines.html"
    use_fieldset = True

    def __init__(self, *, most: int, max_length: int, row_label: Any, add_label: Any) -> None:
        super().__init__()
        self.most, self.max_length = most, max_length
        self.row_label, self.add_label = row_label, add_label

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        lines = texts_in(data, name)[: self.most]
        press = pressed(data, name)
        if press and press.what == "remove" and 0 <= press.row < len(lines):
            del lines[press.row]
        if press and press.what == "add":
            lines.append("")
        return lines

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["lines"] = {
            "values": list(value or []) or [""],
            "max_length": self.max_length,
            "row_label": self.row_label,
            "add_label": self.add_label,
            "may_add": len(value or []) < self.most,
        }
        return context


class LinesField(forms.Field):
    """Several short texts; empty lines are left out."""

    def __init__(
        self, *, row_label: Any, add_label: Any, most: int, max_length: int, **options: Any
    ) -> None:
        self.max_length = max_length
        super().__init__(
            widget=LinesWidget(
                most=most, max_length=max_length, row_label=row_label, add_label=add_label
            ),
            **options,
        )

    def clean(self, value: Any) -> list[str]:
        lines = [line for line in map(_clean_line, value or []) if line]
        if any(len(line) > self.max_length for line in lines):
            raise ValidationError(
                _("A line has at most %(most)d characters."), params={"most": self.max_length}
            )
        return list(dict.fromkeys(lines))


@dataclass(slots=True)
class Row:
    """A question as it is being written."""

    text: str = ""
    kind: str = QuestionKind.RATED
    is_required: bool = True


class QuestionsWidget(forms.Widget):
    """A row per question, with buttons that add, move and remove rows."""

    template_name = "programs/widgets/questions.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row]:
        sent = str(data.get(f"{name}-rows", ""))
        count = min(int(sent), MOST_QUESTIONS) if sent.isascii() and sent.isdigit() else 0
        rows = [
            Row(
                str(data.get(f"{name}-{row}-text", "")),
                str(data.get(f"{name}-{row}-kind", "")),
                f"{name}-{row}-required" in data,
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
        return [_question(number, row) for number, row in enumerate(rows, start=1)]


def _question(number: int, row: Row) -> Question:
    text = _clean_line(row.text)
    if not text:
        message = _("Question %(number)d is empty. Please write it, or remove it.")
        raise ValidationError(message, params={"number": number})
    if len(text) > LONGEST_QUESTION:
        message = _("Question %(number)d has more than %(most)d characters.")
        raise ValidationError(message, params={"number": number, "most": LONGEST_QUESTION})
    if row.kind not in QuestionKind.values:
        message = _("Choose how question %(number)d is answered.")
        raise ValidationError(message, params={"number": number})
    return Question(text, QuestionKind(row.kind), row.is_required)


def _changed(rows: list[Row], press: Press | None) -> list[Row]:
    """The rows after a button was pressed."""
    if not press:
        return rows
    if press.what in QuestionKind.values and len(rows) < MOST_QUESTIONS:
        kind = QuestionKind(press.what)
        return [*rows, Row(kind=kind, is_required=kind == QuestionKind.RATED)]
    at = press.row
    if not 0 <= at < len(rows):
        return rows
    to = {"up": at - 1, "down": at + 1}.get(press.what, at)
    if press.what == "remove":
        del rows[at]
    elif 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    return rows


def _clean_line(text: str) -> str:
    try:
        return one_line(text)
    except UnsafeText as unsafe:
        message = _("This contains a character that cannot be seen (%(character)s).")
        raise ValidationError(message, params={"character": str(unsafe)}) from unsafe


def rows_of(questions: list[Question]) -> list[Row]:
    """Questions as the field shows them before anything was sent."""
    return [Row(each.text, each.kind, each.is_required) for each in questions]
