"""Why something about an agenda or a note was not possible, in the reader's words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext_lazy as _

from accounts.requests import MemberRequest
from mentoring.meetings.differences import lines_of
from mentoring.meetings.forms.agenda import AddForm, ChangeForm, NoteForm, Theirs
from mentoring.meetings.operations import agenda, notes
from mentoring.meetings.operations.planning import NotLive
from mentoring.meetings.sealed import AGENDA_ITEM
from mentoring.pairings.queries.pairs import Card
from mentoring.profiles.sealed import unseal

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

CHANGED = _("Somebody has changed this since you opened the page. Nothing was overwritten.")
TEXTS: "dict[type[Exception], Text]" = {
    NotLive: _("This pair has ended, so what you wrote for your meetings stays as it is."),
    agenda.CalledOff: _("This meeting was called off, so what is written for it stays as it is."),
    agenda.NotYours: _("You can change what you have added yourself."),
    agenda.Gone: _("Somebody has removed this point, and it cannot be changed any more."),
    agenda.Full: _("That is a full agenda already. Remove a point before you add another."),
    agenda.NothingPlanned: _("No meeting is planned that could take this over."),
    notes.NotAgreed: _("Notes come after your agreement. What you wrote is still here to copy."),
}


@contextmanager
def said(request: MemberRequest) -> Iterator[None]:
    """Say a refusal of what happens inside above the page."""
    try:
        yield
    except tuple(TEXTS) as refused:
        messages.info(request, str(TEXTS[type(refused)]))


@contextmanager
def told(form: AddForm | ChangeForm | NoteForm, card: Card) -> Iterator[None]:
    """Turn a refusal of what happens inside into an error of the form; nothing typed is lost.

    What somebody else saved meanwhile stands beside it, and may be replaced now that it is seen.
    """
    try:
        yield
    except agenda.ItemChanged as refused:
        text = unseal(refused.item.text, purpose=AGENDA_ITEM)
        _see_again(form, Theirs(text), version=refused.item.version)
    except notes.NoteChanged as refused:
        note = refused.note
        is_own = note.edited_by in {"", card.side}
        who = "" if is_own else str(card.partner.member)
        lines = lines_of(note.text, form.cleaned_data["text"])
        _see_again(form, Theirs(note.text, who, note.edited_at, lines), version=note.version)
    except tuple(TEXTS) as refused:
        form.add_error(None, str(TEXTS[type(refused)]))


def _see_again(form: AddForm | ChangeForm | NoteForm, theirs: Theirs, *, version: int) -> None:
    form.add_error(None, str(CHANGED))
    form.data = dict(form.data.items()) | {"seen": str(version)}
    if not isinstance(form, AddForm):
        form.theirs = theirs
