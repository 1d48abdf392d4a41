"""Notes of a meeting, as their readers may see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mentoring.meetings.models import Meeting, PrivateNote, SharedNote
from mentoring.meetings.sealed import PRIVATE_NOTE, SHARED_NOTE
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import rhythm_of
from mentoring.profiles.sealed import unseal


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it stands; version 0 is one that nobody has written yet."""

    text: str = ""
    version: int = 0
    edited_by: str = ""
    edited_at: datetime | None = None


def may_note(pairing: Pairing) -> bool:
    """Whether the two have agreed on what stays between them: notes come after that."""
    return rhythm_of([pairing])[pairing.pk].is_agreed


def shared_note_of(meeting: Meeting) -> Note:
    """What the two wrote together; nothing for anybody else."""
    found = SharedNote.objects.filter(meeting=meeting).first()
    if found is None:
        return Note()
    text = unseal(found.text, purpose=SHARED_NOTE)
    return Note(text, found.version, found.edited_by, found.edited_at)


def private_note_of(meeting: Meeting, writer: UUID) -> Note:
    """What that member noted for themselves; nothing for anybody else in scope."""
    found = PrivateNote.objects.filter(meeting=meeting, writer=writer).first()
    if found is None:
        return Note()
    text = unseal(found.text, purpose=PRIVATE_NOTE)
    return Note(text, found.version, edited_at=found.edited_at)
