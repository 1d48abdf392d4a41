"""Goals and commitments: one sentence each."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.lib.text import UnsafeText, one_line
from mentoring.meetings.enums import GoalState
from mentoring.meetings.forms.meetings import SeenForm
from mentoring.pairings.forms.fields import WrittenField

LONGEST = 300
FARTHEST = timedelta(days=3 * 366)
DAY = "%Y-%m-%d"


class SentenceField(WrittenField):
    """A sentence or two, kept in one line; nothing that cannot be seen hides in it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=LONGEST, rows=2, **options)

    def to_python(self, value: Any) -> str:
        try:
            return one_line(super().to_python(value))
        except UnsafeText as unsafe:
            message = _("This contains a character that cannot be seen (%(character)s).")
            raise ValidationError(message, params={"character": str(unsafe)}) from unsafe


class GoalForm(forms.Form):
    """A goal, and perhaps a day."""

    text = SentenceField(
        label=gettext_lazy("Goal"),
        help_text=gettext_lazy("One sentence that you would both recognize when it is reached."),
        error_messages={"required": gettext_lazy("Write a word or two first.")},
    )
    due_on = forms.DateField(
        label=gettext_lazy("By when"),
        required=False,
        widget=forms.DateInput({"type": "date"}, DAY),
    )

    def __init__(self, data: Any = None, *, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        self._today = today

    def clean_due_on(self) -> date | None:
        """A day that is kept may have passed meanwhile; a new one is still ahead."""
        day: date | None = self.cleaned_data["due_on"]
        if not day or day == self.initial.get("due_on"):
            return day
        if day < self._today:
            raise ValidationError(_("Choose a day that is still ahead, or leave it empty."))
        if day > self._today + FARTHEST:
            raise ValidationError(_("Choose a day within three years."))
        return day


class GoalChangeForm(SeenForm, GoalForm):
    """A goal, changed."""

    field_order = ("text", "due_on", "seen")


class GoalMoveForm(SeenForm):
    """What became of a goal."""

    state = forms.TypedChoiceField(choices=GoalState.choices, coerce=GoalState)


class CommitmentForm(forms.Form):
    """What the leader does, in words that name nobody."""

    text = SentenceField(
        label=gettext_lazy("What will be done"),
        help_text=gettext_lazy(
            "As it could stand on a wall: “Meetings of my team start with the youngest voice.”"
            " No names, no teams, no titles."
        ),
        error_messages={"required": gettext_lazy("Write a word or two first.")},
    )


class RewordForm(SeenForm, CommitmentForm):
    """Other words for it."""

    field_order = ("text", "seen")


class MoveForm(SeenForm):
    """What is to happen with a commitment."""

    deed = forms.ChoiceField(
        choices=[
            (each, each) for each in ("propose", "agree", "withdraw", "done", "reopen", "discard")
        ]
    )
