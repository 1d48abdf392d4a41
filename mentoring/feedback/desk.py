"""A form in front of somebody: its questions, what is typed, and the two buttons."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from mentoring.feedback.forms.answers import AnswersForm
from mentoring.feedback.models import Response
from mentoring.feedback.operations.answering import (
    NotNow,
    SentAlready,
    Voice,
    begin,
    save,
    send,
)
from mentoring.feedback.queries.responses import Sheet, sheet_of


class Outcome(StrEnum):
    """What became of what was typed."""

    KEPT = "kept"
    PARTLY = "partly"
    SENT = "sent"
    INVALID = "invalid"
    SENT_BEFORE = "sent_before"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Desk:
    """The questions of the version that the person began with, and a form over them."""

    voice: Voice
    sheet: Sheet
    form: AnswersForm

    def keep(self, *, now: datetime) -> Outcome:
        """Keep a draft; what does not fit is left out, and the outcome says so."""
        is_whole = self.form.is_valid()
        try:
            save(self.voice, self.form.said(), now=now)
        except SentAlready:
            return Outcome.SENT_BEFORE
        except NotNow:
            return Outcome.OVER
        return Outcome.KEPT if is_whole else Outcome.PARTLY

    def send(self, *, now: datetime) -> Outcome:
        """Send what is valid, once."""
        if not self.form.is_valid():
            return Outcome.INVALID
        try:
            send(self.voice, self.form.said(), now=now)
        except SentAlready:
            return Outcome.SENT_BEFORE
        except NotNow:
            return Outcome.OVER
        return Outcome.SENT


def desk_for(
    voice: Voice,
    response: Response,
    language: str,
    data: Any = None,
    *,
    is_draft: bool = False,
    now: datetime,
) -> Desk:
    """Call it as that member, with the response and its form. The first time begins it.

    Raises NotNow.
    """
    begun = response if response.form_id else begin(voice, now=now, known=response)
    sheet = sheet_of(begun, language)
    form = AnswersForm(data, asked=sheet.asked, said=sheet.said, is_lenient=is_draft)
    return Desk(voice, sheet, form)
