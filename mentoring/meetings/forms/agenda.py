"""Points of an agenda, and notes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.meetings.differences import Line
from mentoring.meetings.enums import AgendaSection
from mentoring.meetings.forms.meetings import SeenForm
from mentoring.pairings.forms.fields import WrittenField

LONGEST_POINT = 500
LONGEST_NOTE = 10_000


@dataclass(frozen=True, slots=True)
class Theirs:
    """What stands there now instead of what the person saw; ``who`` is empty for the reader."""

    text: str
    who: str = ""
    at: datetime | None = None
    lines: list[Line] = field(default_factory=list)


class PointField(WrittenField):
    """One line; what is pasted with line breaks becomes one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            longest=LONGEST_POINT, error_messages={"required": _("Write a word or two first.")}
        )
        self.widget = forms.TextInput({"autocomplete": "off", **options})

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class AddForm(forms.Form):
    """A new point of one section."""

    text = PointField()

    def __init__(
        self, data: Any = None, *, section: AgendaSection, draft: str, **options: Any
    ) -> None:
        super().__init__(data, auto_id=f"{section.value}_%s", **options)
        self.section, self.draft = section, draft
        self.fields["text"].label = _("Add a point")
        self.fields["text"].widget.attrs["data-draft"] = draft


class ChangeForm(SeenForm):
    """A point in other words."""

    text = PointField()
    theirs: Theirs | None = None

    def __init__(self, data: Any = None, *, draft: str, **options: Any) -> None:
        super().__init__(data, auto_id="point_%s", **options)
        self.draft = draft
        self.fields["text"].label = _("In other words")
        self.fields["text"].widget.attrs["autofocus"] = True
        _keep_draft(self, draft)


class NoteForm(SeenForm):
    """A note as the person wants it; an empty one is a note, too."""

    text = WrittenField(longest=LONGEST_NOTE, rows=8, required=False)
    theirs: Theirs | None = None

    def __init__(
        self, data: Any = None, *, name: str, label: Any, draft: str, **options: Any
    ) -> None:
        super().__init__(data, auto_id=f"{name}_%s", **options)
        self.draft = draft
        self.fields["text"].label = label
        self.fields["text"].widget.attrs["autocomplete"] = "off"
        _keep_draft(self, draft)


def section_named(name: str) -> AgendaSection | None:
    """The section that a form names, if there is such a one."""
    return next((each for each in AgendaSection if each.value == name), None)


def _keep_draft(form: SeenForm, draft: str) -> None:
    """The browser keeps what is typed together with the version that it is about."""
    form.fields["text"].widget.attrs.update({"data-draft": draft, "data-draft-seen": "seen"})
    form.fields["seen"].widget.attrs["autocomplete"] = "off"
