"""What mails about meetings need."""

from collections.abc import Iterable
from uuid import UUID

from mentoring.meetings.models import Meeting
from mentoring.pairings.queries.mails import takes_part
from programs.enums import Side


def meetings_by_key(keys: Iterable[UUID]) -> dict[UUID, Meeting]:
    """Each with all that its mails say."""
    rows = Meeting.objects.with_pairing().select_related("organization")
    return {each.pk: each for each in rows.filter(pk__in=list(keys))}


def meeting_to_write(key: UUID) -> Meeting:
    """A meeting with all that its mails say. Raises Meeting.DoesNotExist."""
    return Meeting.objects.with_pairing().select_related("organization").get(pk=key)


def meeting_behind(key: UUID, side: Side) -> Meeting | None:
    """A meeting that the person on that side may note without signing in."""
    rows = Meeting.objects.with_pairing().select_related("organization")
    meeting = rows.filter(pk=key, pairing__ended_at=None).first()
    return meeting if meeting and takes_part(meeting.pairing.person(side)) else None
