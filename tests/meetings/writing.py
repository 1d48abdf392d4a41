"""Ada and Carl prepare their meetings and write down what comes of them."""

import re
from datetime import datetime
from typing import Any

from django.utils import timezone

from mentoring.meetings.enums import AgendaSection
from mentoring.meetings.models import AgendaItem, Meeting
from mentoring.meetings.operations import agenda, notes
from mentoring.meetings.queries.notes import private_note_of, shared_note_of
from mentoring.meetings.sealed import AGENDA_ITEM
from mentoring.profiles.sealed import unseal
from programs.enums import Side
from programs.models import Participant
from tests.factories import inside, login, url
from tests.meetings.people import held, plan
from tests.meetings.test_logs import ago, create_old_pair
from tests.pairings.agreeing import agree
from tests.pairings.people import main_of

GOALS, BEFORE_NEXT = AgendaSection.GOALS, AgendaSection.BEFORE_NEXT
SINCE_LAST = AgendaSection.SINCE_LAST
TAGS = re.compile(r"<[^>]+>")


def create_meeting() -> tuple[Participant, Participant, Meeting]:
    """Ada and Carl, who meet in a week."""
    ada, carl, pairing = create_old_pair()
    return ada, carl, plan(pairing, by=carl)


def create_agreed() -> tuple[Participant, Participant, Meeting]:
    """Ada and Carl, who met yesterday and have agreed on how they work together."""
    ada, carl, pairing = create_old_pair()
    meeting = held(pairing, by=carl, starts_at=ago(days=1))
    agree(pairing)
    return ada, carl, meeting


def put(
    meeting: Meeting,
    who: Participant,
    text: str,
    section: AgendaSection = GOALS,
    *,
    now: datetime | None = None,
) -> AgendaItem:
    """A point that this one of the two adds."""
    with inside(who.organization_id, member_id=who.member_id):
        return agenda.add(
            meeting=meeting,
            side=Side(who.side),
            section=section,
            text=text,
            now=now or timezone.now(),
        )


def note(meeting: Meeting, who: Participant, text: str, *, seen: int = 0) -> None:
    """Saved in the note of both."""
    with inside(who.organization_id, member_id=who.member_id):
        notes.save_shared(
            meeting=meeting, seen=seen, side=Side(who.side), text=text, now=timezone.now()
        )


def note_privately(meeting: Meeting, who: Participant, text: str, *, seen: int = 0) -> None:
    with inside(who.organization_id, member_id=who.member_id):
        notes.save_private(
            meeting=meeting, seen=seen, side=Side(who.side), text=text, now=timezone.now()
        )


def shared(meeting: Meeting, who: Participant) -> tuple[str, int]:
    with inside(who.organization_id, member_id=who.member_id):
        found = shared_note_of(meeting)
    return found.text, found.version


def private(meeting: Meeting, who: Participant) -> tuple[str, int]:
    with inside(who.organization_id, member_id=who.member_id):
        found = private_note_of(meeting, who.member_id)
    return found.text, found.version


def points(meeting: Meeting, who: Participant) -> list[tuple[str, str]]:
    """Section and text of what stands on the agenda, in order."""
    with inside(who.organization_id, member_id=who.member_id):
        rows = AgendaItem.objects.kept().filter(meeting=meeting).in_order()
        return [(each.section, unseal(each.text, purpose=AGENDA_ITEM)) for each in rows]


def item_of(meeting: Meeting, who: Participant, text: str) -> AgendaItem:
    """The point with that text, removed or not."""
    with inside(who.organization_id, member_id=who.member_id):
        rows = AgendaItem.objects.filter(meeting=meeting)
        return next(each for each in rows if unseal(each.text, purpose=AGENDA_ITEM) == text)


def open_agenda(client: Any, who: Participant, meeting: Meeting, **query: str) -> str:
    address = url(who.member, "meeting_agenda", meeting.pk)
    return main_of(login(client, who.member).get(address, query))


def send(client: Any, who: Participant, view: str, key: Any, **data: Any) -> Any:
    """Press that button on the page."""
    address = url(who.member, view, key)
    return login(client, who.member).post(address, data, follow=True)


def words(page: str) -> str:
    """What there is to read, without the markup."""
    return " ".join(TAGS.sub(" ", page).split())
