"""Meetings as calendars read them (RFC 5545 and 5546)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from accounts.models import Organization
from accounts.terms import Form, Term, word_for
from mentoring.meetings.enums import MeetingState
from mentoring.meetings.models import Meeting
from mentoring.outbox.headers import sender_address, sender_domain
from mentoring.outbox.plain import header_text
from mentoring.profiles.enums import OTHER_SIDE
from programs.enums import Side
from programs.post import absolute, address_of

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


@dataclass(frozen=True, slots=True)
class Reader:
    """In whose calendar the meetings go; words are in the language that is active."""

    organization: Organization
    now: datetime


def uid_of(meeting: Meeting) -> str:
    """The same for a meeting's whole life, whatever changes."""
    return f"{meeting.pk}@{sender_domain()}"


def message_about(meeting: Meeting, side: Side, reader: Reader, *, place: str) -> tuple[str, str]:
    """The method and the text of what one of the two gets by mail."""
    method = CANCEL if meeting.state == MeetingState.CANCELLED else REQUEST
    event = _event(meeting, side, reader, place=place)
    event.add("organizer", _organizer(reader.organization))
    for each in Side:
        event.add("attendee", _attendee(meeting, each))
    calendar = _calendar(method)
    calendar.add_component(event)
    return method, str(calendar.to_ical(), "utf-8")


def feed_of(
    meetings: Iterable[tuple[Meeting, Side]], reader: Reader, *, places: Mapping[UUID, str]
) -> str:
    """A whole calendar to subscribe to."""
    calendar = _calendar(PUBLISH)
    calendar.add("x-wr-calname", header_text(f"{settings.PRODUCT_NAME}: {reader.organization}"))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for meeting, side in meetings:
        place = places.get(meeting.pk, "")
        calendar.add_component(_event(meeting, side, reader, place=place))
    return str(calendar.to_ical(), "utf-8")


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{header_text(settings.PRODUCT_NAME)}//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _event(meeting: Meeting, side: Side, reader: Reader, *, place: str) -> Event:
    partner = meeting.pairing.person(OTHER_SIDE[side]).member
    event = Event()
    event.add("uid", uid_of(meeting))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", reader.now.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", header_text(f"{partner} · {meeting.pairing.cohort.program}"))
    event.add("description", _description(meeting, side, reader))
    if place:
        event.add("location", header_text(place))
    is_off = meeting.state == MeetingState.CANCELLED
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event


def _description(meeting: Meeting, side: Side, reader: Reader) -> str:
    """Who the mentor is, and where to go on; what the two talk about is in no calendar."""
    mentor = word_for(reader.organization.terms, Term.MENTOR, Form.ONE)
    words = {"name": meeting.pairing.mentor.member, "mentor": mentor}
    if side == Side.MENTOR:
        role = _("You are the %(mentor)s.") % words
    else:
        role = _("%(name)s is the %(mentor)s.") % words
    page = reverse("pair", args=[reader.organization.slug, meeting.pairing_id])
    return f"{header_text(role)}\n{meeting.get_means_display()}\n{absolute(page)}"


def _organizer(organization: Organization) -> vCalAddress:
    organizer = vCalAddress(f"MAILTO:{sender_address()}")
    organizer.params["CN"] = vText(_quotable(organization.name))
    return organizer


def _attendee(meeting: Meeting, side: Side) -> vCalAddress:
    member = meeting.pairing.person(side).member
    attendee = vCalAddress(f"MAILTO:{address_of(member)}")
    attendee.params["CN"] = vText(_quotable(str(member)))
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee


def _quotable(name: str) -> str:
    """A name for a parameter, where some calendars know no escape for quotes."""
    return header_text(name).replace('"', "'")
