"""What demo pairs want to talk about, and what they have written down."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime

from mentoring.meetings.enums import AgendaSection
from mentoring.meetings.models import AgendaItem, Meeting
from mentoring.meetings.operations import agenda, notes
from mentoring.meetings.queries.meetings import meetings_of, planned_of
from mentoring.meetings.queries.notes import may_note
from mentoring.pairings.enums import LIVE
from mentoring.pairings.models import Pairing
from mentoring.tenancy.scope import within
from programs.enums import Side

LAST = (
    (Side.MENTOR, AgendaSection.GOALS, "Which tool fits which question"),
    (Side.MENTOR, AgendaSection.BEFORE_NEXT, "Write three prompts of your own and keep them"),
    (Side.MENTEE, AgendaSection.BEFORE_NEXT, "Ask two young colleagues what slows them down"),
)
NEXT = (
    (Side.MENTOR, AgendaSection.STICKING, "Where the assistant was wrong, and how one notices"),
    (Side.MENTEE, AgendaSection.STICKING, "I never find a quiet hour to try things"),
    (Side.MENTEE, AgendaSection.GOALS, "Help me choose a supplier for our archive"),
)
DECLINED = NEXT[-1]
SHARED = (
    "We tried the assistant on a real report.\n\nWhat helped: short questions, one at a time.\n"
    "What did not: asking for numbers."
)
PRIVATE = "Ask less, wait longer. The silence after a question is where the good answers are."


def write_agendas(pairings: Iterable[Pairing], *, mark: str, now: datetime) -> None:
    """An agenda for the next meeting of each live pair, and notes about the last one.

    Call it inside the organization's scope and while no member is in scope.
    """
    for pairing in (each for each in pairings if each.state in LIVE):
        last = meetings_of(pairing).held().with_pairing().first()
        if last:
            _put(last, LAST, mark, now=now)
            _note(last, mark, now=now)
        coming = planned_of([pairing.pk]).get(pairing.pk, [])
        for each in coming[-1:]:
            _prepare(each, pairing, mark, now=now)


def _prepare(coming: Meeting, pairing: Pairing, mark: str, *, now: datetime) -> None:
    coming.pairing = pairing
    with _as(pairing, Side.MENTOR):
        agenda.carry_over(meeting=coming, now=now)
    items = _put(coming, NEXT, mark, now=now)
    with _as(pairing, Side.MENTOR):
        declined = items[NEXT.index(DECLINED)]
        agenda.decline(item=declined, side=Side.MENTOR, is_declined=True)


def _put(
    meeting: Meeting,
    points: Iterable[tuple[Side, AgendaSection, str]],
    mark: str,
    *,
    now: datetime,
) -> list[AgendaItem]:
    made = []
    for side, section, text in points:
        with _as(meeting.pairing, side):
            item = agenda.add(
                meeting=meeting, side=side, section=section, text=mark + text, now=now
            )
        made.append(item)
    return made


def _note(meeting: Meeting, mark: str, *, now: datetime) -> None:
    """Where the two have agreed: a note together, and one of each alone."""
    if not may_note(meeting.pairing):
        return
    with _as(meeting.pairing, Side.MENTEE):
        notes.save_shared(meeting=meeting, seen=0, side=Side.MENTEE, text=mark + SHARED, now=now)
    for side in Side:
        with _as(meeting.pairing, side):
            notes.save_private(meeting=meeting, seen=0, side=side, text=mark + PRIVATE, now=now)


def _as(pairing: Pairing, side: Side) -> AbstractContextManager[None]:
    return within(pairing.organization_id, member_id=pairing.person(side).member_id)
