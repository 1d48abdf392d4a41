"""Fields of a program's settings that hold several lines."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.unfinished import pressed, texts_in
from mentoring.lib.text import UnsafeText, one_line


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
        lines = [line for line in map(clean_line, value or []) if line]
        if any(len(line) > self.max_length for line in lines):
            raise ValidationError(
                _("A line has at most %(most)d characters."), params={"most": self.max_length}
            )
        return list(dict.fromkeys(lines))


def clean_line(text: str) -> str:
    """One line of what somebody typed. Raises ValidationError for what cannot be seen."""
    try:
        return one_line(text)
    except UnsafeText as unsafe:
        message = _("This contains a character that cannot be seen (%(character)s).")
        raise ValidationError(message, params={"character": str(unsafe)}) from unsafe
