"""What meetings, goals and commitments tell of what has been between two people."""

from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from mentoring.meetings.enums import MeetingState
from mentoring.meetings.models import Meeting
from mentoring.meetings.queries.meetings import past_of
from mentoring.meetings.queries.reached import reached_by
from mentoring.pairings.queries.pairs import Card
from mentoring.pairings.timeline import SHOWN, Event

LONGEST_TITLE = 80


def tell_of_meetings(card: Card) -> Iterator[Event]:
    """What the two held and called off, lately."""
    for meeting in past_of(card.pairing, most=SHOWN):
        if meeting.state == MeetingState.HELD:
            title = _("You met, %(minutes)d minutes") % {"minutes": meeting.minutes}
            yield Event(
                at=meeting.starts_at,
                title=title,
                icon="check",
                tone="success",
                link=_("Agenda and notes"),
                view="meeting_agenda",
                key=meeting.pk,
            )
        else:
            yield Event(meeting.starts_at, _called_off(meeting, card), "x")


def tell_of_reached(card: Card) -> Iterator[Event]:
    """Goals that were set and reached, and what the leader has taken on and done."""
    for each in reached_by(card.pairing, most=SHOWN):
        text = {"text": Truncator(each.text).chars(LONGEST_TITLE)}
        written = _("A goal: %(text)s") if each.is_goal else _("A commitment: %(text)s")
        yield Event(each.written_at, written % text, "target")
        if each.done_at:
            done = _("Reached: %(text)s") if each.is_goal else _("Done: %(text)s")
            yield Event(each.done_at, done % text, "circle-check", "success")


def _called_off(meeting: Meeting, card: Card) -> str:
    text = _("Called off: %(reason)s") % {"reason": meeting.get_reason_display()}
    if not meeting.cancelled_by:
        return text
    is_own = meeting.cancelled_by == card.side
    who = _("by you") if is_own else _("by %(name)s") % {"name": card.partner.member}
    return f"{text} ({who})"
