"""The page of a meeting's agenda and notes, whatever led to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.requests import MemberRequest
from mentoring.lib.pages import page, wants_part
from mentoring.meetings.enums import AgendaSection, MeetingState
from mentoring.meetings.forms.agenda import AddForm, ChangeForm, NoteForm
from mentoring.meetings.queries import agenda as queries
from mentoring.meetings.queries.meetings import place_of
from mentoring.meetings.queries.notes import Note, may_note, private_note_of, shared_note_of
from mentoring.meetings.views.common import context_of

TEMPLATE = "meetings/agenda.html"
SHARED, PRIVATE = "shared", "private"
LABELS = {SHARED: _("Your note together"), PRIVATE: _("Your private note")}
HINTS = {
    AgendaSection.SINCE_LAST: _("What was achieved since you last met."),
    AgendaSection.STICKING: _("What is difficult, and what stands in the way."),
    AgendaSection.GOALS: _("How your goals come along, if you have set any."),
    AgendaSection.LESSON: _("Something one of you has lived through, if it helps. Optional."),
    AgendaSection.BEFORE_NEXT: _("What to do until then. It opens the next agenda."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What the person has just sent: forms to be seen again, or what became of it.

    ``done`` names the draft that was saved, ``removed`` a point to offer back, ``edit`` a point
    to change.
    """

    add: AddForm | None = None
    change: ChangeForm | None = None
    notes: dict[str, NoteForm] | None = None
    done: str = ""
    removed: str = ""
    edit: str = ""

    @property
    def unsaved(self) -> AddForm | ChangeForm | NoteForm | None:
        """The form whose text could not be saved."""
        forms = [self.add, self.change, *(self.notes or {}).values()]
        return next((each for each in forms if each), None)


@dataclass(frozen=True, slots=True)
class Block:
    """A section of the agenda with the form that adds to it."""

    part: queries.Part
    hint: Any
    form: AddForm | None


def show(
    request: MemberRequest,
    meeting_id: UUID,
    *,
    now: datetime,
    sent: Sent | None = None,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page as it stands now, with what has to be looked at again."""
    sent = sent or Sent()
    context = context or context_of(request, meeting_id, now=now)
    meeting, card = context["meeting"], context["card"]
    agenda = queries.agenda_of(meeting, card, removed=sent.removed)
    context |= {"agenda": agenda, "sent": sent, "blocks": _blocks(agenda, context, sent)}
    context["changed"] = sent.change or _change_form(agenda, sent.edit)
    context["changed_id"] = sent.edit
    is_there = not sent.change or agenda.has(sent.edit)
    context["unsaved"] = None if agenda.is_open and is_there else sent.unsaved
    context["kind_words"] = kind_words(card.topics)
    if not wants_part(request):
        context |= _notes(context, sent)
        context["place"] = place_of(meeting)
    if meeting.state == MeetingState.CANCELLED:
        context["leftover"] = queries.leftover_of(meeting)
    return page(request, TEMPLATE, context, part="agenda")


def answer(
    request: MemberRequest,
    meeting_id: UUID,
    *,
    now: datetime,
    anchor: str = "agenda",
    done: str = "",
    removed: str = "",
) -> HttpResponse:
    """After something was done: the part for htmx, and for a browser the page anew."""
    if wants_part(request):
        return show(request, meeting_id, now=now, sent=Sent(done=done, removed=removed))
    asked = {"sent": done, "removed": removed}
    query = {name: value for name, value in asked.items() if value}
    return redirect(f"{address(request, meeting_id)}?{urlencode(query)}#{anchor}")


def address(request: MemberRequest, meeting_id: UUID) -> str:
    return reverse("meeting_agenda", args=[request.organization.slug, meeting_id])


def add_form(context: dict[str, Any], section: AgendaSection, data: Any = None) -> AddForm:
    """What adds to a section of that meeting."""
    draft = f"agenda-{context['card'].side}-{context['meeting'].pk}-{section.value}"
    return AddForm(data, section=section, draft=draft)


def change_form(item_id: object, data: Any = None, **options: Any) -> ChangeForm:
    return ChangeForm(data, draft=f"point-{item_id}", **options)


def note_form(context: dict[str, Any], name: str, data: Any = None, **options: Any) -> NoteForm:
    """One of the two notes of that meeting."""
    draft = f"{name}-note-{context['card'].side}-{context['meeting'].pk}"
    return NoteForm(data, name=name, label=LABELS[name], draft=draft, **options)


def kind_words(topics: Iterable[object]) -> str:
    """What the mentor says to a point that is none of the topics of the two."""
    names = ", ".join(map(str, topics))
    if not names:
        return gettext("Not my field, and I would rather not guess. Shall we keep to our topics?")
    text = gettext("Not my field, and I would rather not guess. Shall we keep to %(topics)s?")
    return text % {"topics": names}


def _blocks(agenda: queries.Agenda, context: dict[str, Any], sent: Sent) -> list[Block]:
    found = []
    for part in agenda.parts:
        form = sent.add if sent.add and sent.add.section == part.section else None
        form = form or add_form(context, part.section)
        found.append(Block(part, HINTS[part.section], form if agenda.is_open else None))
    return found


def _change_form(agenda: queries.Agenda, wanted: str) -> ChangeForm | None:
    """The form for the point that the reader wants to change and may."""
    points = (point for part in agenda.parts for point in part.points if point.may_change)
    point = next((each for each in points if str(each.item.pk) == wanted), None)
    if point is None:
        return None
    initial = {"text": point.text, "seen": point.item.version}
    return change_form(point.item.pk, initial=initial)


def _notes(context: dict[str, Any], sent: Sent) -> dict[str, Any]:
    """Both notes; forms only where the two may write and have agreed."""
    meeting, card = context["meeting"], context["card"]
    is_open = context["agenda"].is_open
    is_agreed = not is_open or may_note(card.pairing)
    notes = {
        SHARED: shared_note_of(meeting),
        PRIVATE: private_note_of(meeting, card.me.member_id),
    }
    found: dict[str, Any] = {**notes, "is_agreed": is_agreed}
    if is_open and is_agreed:
        forms = sent.notes or {}
        for name, note in notes.items():
            found[f"{name}_form"] = forms.get(name) or _fresh(context, name, note)
    elif sent.notes:
        found["unsaved"] = sent.unsaved
    is_theirs = notes[SHARED].edited_by not in {"", card.side}
    found["shared_by"] = str(card.partner.member) if is_theirs else ""
    return found


def _fresh(context: dict[str, Any], name: str, note: Note) -> NoteForm:
    return note_form(context, name, initial={"text": note.text, "seen": note.version})
