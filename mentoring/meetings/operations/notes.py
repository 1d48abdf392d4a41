"""Writing notes about a meeting. Nothing that somebody has not seen is overwritten."""

from datetime import datetime

from django.db import transaction

from mentoring.meetings.models import Meeting, PrivateNote, SharedNote
from mentoring.meetings.operations.agenda import writable
from mentoring.meetings.queries.notes import Note, may_note, private_note_of, shared_note_of
from mentoring.meetings.sealed import PRIVATE_NOTE, SHARED_NOTE
from mentoring.profiles.sealed import seal
from programs.enums import Side


class NotAgreed(Exception):
    """The two have not agreed in writing yet on what stays between them."""


class NoteChanged(Exception):
    """Somebody has saved the note since the person looked; ``note`` is how it stands."""

    def __init__(self, note: Note) -> None:
        super().__init__(note.version)
        self.note = note


@transaction.atomic
def save_shared(*, meeting: Meeting, seen: int, side: Side, text: str, now: datetime) -> None:
    """Save what the two write together; ``seen`` is the version that was on the page.

    What stands there already is saved already. Raises NotLive, CalledOff, NotAgreed, or
    NoteChanged.
    """
    found = _noting(meeting)
    note = shared_note_of(found)
    if not _is_new(note, text, seen=seen):
        return
    pairing = found.pairing
    SharedNote.objects.update_or_create(
        meeting=found,
        defaults={
            "text": seal(text, purpose=SHARED_NOTE),
            "version": note.version + 1,
            "edited_by": side,
            "edited_at": now,
        },
        create_defaults={
            "organization_id": found.organization_id,
            "mentor_member_id": pairing.mentor.member_id,
            "mentee_member_id": pairing.mentee.member_id,
            "text": seal(text, purpose=SHARED_NOTE),
            "edited_by": side,
            "edited_at": now,
        },
    )


@transaction.atomic
def save_private(*, meeting: Meeting, seen: int, side: Side, text: str, now: datetime) -> None:
    """Save what one of the two notes for themselves, who must be in scope.

    ``seen`` keeps two tabs of one person apart. Raises NotLive, CalledOff, NotAgreed, or
    NoteChanged.
    """
    found = _noting(meeting)
    writer = found.pairing.person(side).member_id
    note = private_note_of(found, writer)
    if not _is_new(note, text, seen=seen):
        return
    stored = seal(text, purpose=PRIVATE_NOTE)
    PrivateNote.objects.update_or_create(
        meeting=found,
        writer_id=writer,
        defaults={"text": stored, "version": note.version + 1, "edited_at": now},
        create_defaults={
            "organization_id": found.organization_id,
            "text": stored,
            "edited_at": now,
        },
    )


def _noting(meeting: Meeting) -> Meeting:
    found = writable(meeting)
    if not may_note(found.pairing):
        raise NotAgreed
    return found


def _is_new(note: Note, text: str, *, seen: int) -> bool:
    """Whether there is something to save. Raises NoteChanged."""
    if note.text == text:
        return False
    if note.version != seen:
        raise NoteChanged(note)
    return True
