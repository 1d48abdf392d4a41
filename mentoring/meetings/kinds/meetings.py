"""Invitations and cancellations for calendars, and “did it happen?”."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from mentoring.meetings.calendars import Reader, message_about
from mentoring.meetings.enums import MeetingState
from mentoring.meetings.kinds import wording
from mentoring.meetings.models import Meeting
from mentoring.meetings.operations import telling
from mentoring.meetings.queries import mails as queries
from mentoring.meetings.queries.meetings import place_of
from mentoring.meetings.tokens import log_url
from mentoring.outbox.enums import Group, Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import CalendarPart, Letter, MailKind, register
from mentoring.pairings.kinds.letters import context_of, withdrawn
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.mails import is_present, takes_part, today_here
from mentoring.profiles.enums import OTHER_SIDE
from mentoring.tenancy.scope import within
from programs.enums import Side
from programs.post import absolute, language_of, letter_to


def _side_in(message: Message) -> Side:
    """Whom of the two the message is for; the rest of the occurrence names the version."""
    return Side(message.occurrence.partition("#")[0])


def _meeting_in(message: Message) -> Meeting:
    """What the check has read, else the meeting as it is now. Raises Meeting.DoesNotExist."""
    if isinstance(message.subject, Meeting):
        return message.subject
    return queries.meeting_to_write(message.subject_id)


def _unwanted(
    is_wanted: Callable[[Meeting], bool], *, reminds: bool = False
) -> Callable[[Sequence[Message], datetime], Mapping[UUID, Reason]]:
    """Messages about a version of a meeting, while it is the version in force.

    Nobody is reminded while one of the two is on leave or has a break: nobody need do anything
    then, and the page of the pair asks what became of the meeting all the same.
    """

    def unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
        found = queries.meetings_by_key(each.subject_id for each in messages)
        for each in messages:
            each.subject = found.get(each.subject_id)
        are_there = partial(_are_present, today=today_here(now)) if reminds else _takes_part
        return withdrawn(
            each
            for each in messages
            if not (meeting := each.subject)
            or each.occurrence != telling.occurrence_of(meeting, _side_in(each))
            or not are_there(meeting.pairing, _side_in(each))
            or not is_wanted(meeting)
        )

    return unwanted


def _takes_part(pairing: Pairing, side: Side) -> bool:
    return takes_part(pairing.person(side))


def _are_present(pairing: Pairing, _side: Side, *, today: date) -> bool:
    return all(is_present(pairing.person(each), today) for each in Side)


def _is_planned(meeting: Meeting) -> bool:
    return meeting.state == MeetingState.PLANNED and meeting.pairing.ended_at is None


def _is_off(meeting: Meeting) -> bool:
    return meeting.state == MeetingState.CANCELLED


def _write_for_calendars(message: Message, now: datetime) -> Letter:
    meeting, side = _meeting_in(message), _side_in(message)
    member, organization = meeting.pairing.person(side).member, meeting.organization
    with within(organization, member_id=member.pk):
        place = place_of(meeting)
    with override(language_of(member, organization)):
        method, text = message_about(meeting, side, Reader(organization, now), place=place)
    context = {**_context(meeting, side), "place": place}
    return letter_to(member, organization, context, calendar=CalendarPart(method, text))


def _write_question(message: Message, now: datetime) -> Letter:
    meeting, side = _meeting_in(message), _side_in(message)
    context = {**_context(meeting, side), "log_url": log_url(meeting, side)}
    return letter_to(meeting.pairing.person(side).member, meeting.organization, context)


def _write_reminder(message: Message, now: datetime) -> Letter:
    meeting, side = _meeting_in(message), _side_in(message)
    member, organization = meeting.pairing.person(side).member, meeting.organization
    with within(organization, member_id=member.pk):
        place = place_of(meeting)
    agenda = reverse("meeting_agenda", args=[organization.slug, meeting.pk])
    context = {**_context(meeting, side), "place": place, "agenda_url": absolute(agenda)}
    return letter_to(member, organization, context)


def _context(meeting: Meeting, side: Side) -> dict[str, object]:
    organization = meeting.organization
    move = reverse("meeting_move", args=[organization.slug, meeting.pk])
    by = meeting.cancelled_by
    member = meeting.pairing.person(side).member
    with override(language_of(member, organization)):
        means, reason = meeting.get_means_display(), meeting.get_reason_display()
    return {
        **context_of(meeting.pairing, side),
        "starts_at": meeting.starts_at,
        "minutes": meeting.minutes,
        "means": means,
        "is_moved": meeting.sequence > 0,
        "move_url": absolute(move),
        "reason": reason,
        "cancelled_by_me": by == side,
        "cancelled_by_partner": by == OTHER_SIDE[side],
    }


for kind in (
    MailKind(
        name=telling.INVITATION,
        label=_("Meeting planned or moved"),
        template="mail/meeting_invitation",
        group=Group.MEETINGS,
        is_urgent=True,
        unwanted=_unwanted(_is_planned),
        write=_write_for_calendars,
        is_repeatable=True,
        wording=wording.INVITATION,
    ),
    MailKind(
        name=telling.CANCELLATION,
        label=_("Meeting called off"),
        template="mail/meeting_cancellation",
        group=Group.MEETINGS,
        is_urgent=True,
        unwanted=_unwanted(_is_off),
        write=_write_for_calendars,
        is_repeatable=True,
        wording=wording.CANCELLATION,
    ),
    MailKind(
        name=telling.AHEAD,
        label=_("A meeting is near"),
        template="mail/meeting_ahead",
        group=Group.REMINDERS,
        unwanted=_unwanted(_is_planned, reminds=True),
        write=_write_reminder,
        is_repeatable=True,
        wording=wording.AHEAD,
    ),
    MailKind(
        name=telling.DID_IT_HAPPEN,
        label=_("Did the meeting take place?"),
        template="mail/meeting_did_it_happen",
        group=Group.REMINDERS,
        unwanted=_unwanted(_is_planned, reminds=True),
        write=_write_question,
        is_repeatable=True,
        wording=wording.DID_IT_HAPPEN,
    ),
):
    register(kind)
