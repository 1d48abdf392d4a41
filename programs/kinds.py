"""The messages of programs: invitations, reminders, decisions and what admins write."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.queries import open_invitations_by_email
from accounts.tokens import invitation_url
from mentoring.outbox.enums import Group, Reason
from mentoring.outbox.headers import recipient
from mentoring.outbox.models import Message
from mentoring.outbox.registry import EffectKind, Letter, MailKind, register
from programs import closing_letters, wording
from programs.enums import ParticipantState, Side
from programs.models import Announcement, Cohort, CohortInvitation, Participant
from programs.operations import announcements, circles, cohort_invitations, decisions, reminders
from programs.post import absolute, address_of, enroll_path, letter_to, no_thanks_path, own_path
from programs.queries import announcements as announced
from programs.queries import circles as circling
from programs.queries import reminders as queries
from programs.queries.enrollment import minutes_per_month

# Registers its own kinds.
__all__ = ["closing_letters"]


def _withdrawn(messages: Iterable[Message]) -> Mapping[UUID, Reason]:
    return {message.pk: Reason.WITHDRAWN for message in messages}


def _keys(messages: Iterable[Message]) -> list[UUID]:
    return [message.subject_id for message in messages]


def _closed_door(invitations: Sequence[CohortInvitation]) -> set[UUID]:
    """Those whose way into the organization was revoked meanwhile."""
    outside = {each.member.email: each.pk for each in invitations if each.member.user_id is None}
    known = open_invitations_by_email(outside) if outside else {}
    return {key for email, key in outside.items() if email not in known}


def _unwanted_invitations(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Wanted while an answer is wanted and the person is there to give it."""
    still = queries.open_invitations(_keys(messages), now=now)
    closed = _closed_door(queries.with_members(still))
    return _withdrawn(
        each for each in messages if each.subject_id not in still or each.subject_id in closed
    )


def _unwanted_reminders(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Like invitations, and a planned one only before the day that it was planned for."""
    still = queries.open_invitations(_keys(messages), now=now)
    stale = [each for each in messages if _is_stale(each, still)]
    return {**_unwanted_invitations(messages, now), **_withdrawn(stale)}


def _unwanted_drafts(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    still = queries.open_drafts(_keys(messages), now=now)
    return _withdrawn(
        each for each in messages if each.subject_id not in still or _is_stale(each, still)
    )


def _is_stale(message: Message, closes: Mapping[UUID, date | None]) -> bool:
    """Whether a reminder was planned for another closing day."""
    if not message.occurrence.startswith("closes:"):
        return False
    day = closes.get(message.subject_id)
    return day is None or message.occurrence != reminders.occurrence_for(day)


def _unwanted_plans(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    still = queries.closing_days(_keys(messages), now=now)
    return _withdrawn(each for each in messages if _is_stale(each, still))


def _schedule(messages: Sequence[Message], now: datetime) -> None:
    for cohort in queries.cohorts_with(_keys(messages)):
        reminders.schedule(cohort=cohort, now=now)


def _about(cohort: Cohort, side: str) -> dict[str, Any]:
    return {
        "cohort": cohort.name,
        "program": cohort.program.name,
        "purpose": cohort.program.purpose,
        "is_mentor": side == Side.MENTOR,
        "closes": cohort.enrollment_closes_on,
        "starts": cohort.starts_on,
        "ends": cohort.ends_on,
        "minutes": minutes_per_month(cohort.program),
        "months": cohort.program.length_months,
    }


def _write_invitation(message: Message, now: datetime) -> Letter:
    invitation = queries.invitation_to_write(message.subject_id)
    cohort, member, organization = invitation.cohort, invitation.member, invitation.organization
    url = absolute(enroll_path(organization.slug, cohort.pk, invitation.side))
    if member.user_id is None:
        url = invitation_url(open_invitations_by_email([member.email])[member.email])
    sender = invitation.invited_by
    has_sender = invitation.is_personal and not sender.deactivated_at
    return letter_to(
        member,
        organization,
        {
            **_about(cohort, invitation.side),
            "url": url,
            "no_url": absolute(no_thanks_path(organization.slug, cohort.pk)),
            "may_decline": member.user_id is not None,
            "invited_by": str(sender),
            "is_personal": invitation.is_personal,
            "note": invitation.note,
        },
        reply_to=recipient((str(sender), address_of(sender))) if has_sender else "",
    )


def _write_draft(message: Message, now: datetime) -> Letter:
    draft = queries.participant_to_write(message.subject_id)
    path = enroll_path(draft.organization.slug, draft.cohort_id, draft.side)
    context = {**_about(draft.cohort, draft.side), "url": absolute(path)}
    return letter_to(draft.member, draft.organization, context)


def _unwanted_decisions(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Only the decision that is in force, and only to people who are still there."""
    there = {each.pk: each for each in queries.participants_there(_keys(messages))}
    return _withdrawn(each for each in messages if not _in_force(each, there))


def _in_force(message: Message, there: Mapping[UUID, Participant]) -> bool:
    found = there.get(message.subject_id)
    return found is not None and message.occurrence == decisions.occurrence_of(found)


def _write_decision(message: Message, now: datetime) -> Letter:
    row = queries.participant_to_write(message.subject_id)
    context = {
        **_about(row.cohort, row.side),
        "state": row.state,
        "url": absolute(own_path(row.organization.slug)),
    }
    return letter_to(row.member, row.organization, context)


def _unwanted_announcements(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """People who are gone get nothing; who has withdrawn since it was sent, neither."""
    there = {each.pk: each for each in queries.participants_there(_keys(messages))}
    gone = {key for key, each in there.items() if each.state == ParticipantState.WITHDRAWN}
    return _withdrawn(each for each in messages if each.subject_id not in there.keys() - gone)


def _write_announcement(message: Message, now: datetime) -> Letter:
    row = queries.participant_to_write(message.subject_id)
    return _announcement(announced.to_write(UUID(message.occurrence)), row.member)


def _write_test(message: Message, now: datetime) -> Letter:
    found = announced.to_write(message.subject_id)
    return _announcement(found, found.sent_by)


def _announcement(found: Announcement, member: Member) -> Letter:
    sender = found.sent_by
    return letter_to(
        member,
        found.organization,
        {
            "cohort": found.cohort.name,
            "program": found.cohort.program.name,
            "subject_line": found.subject,
            "text": found.text,
            "sent_by": str(sender),
            "is_test": found.is_test,
        },
        reply_to="" if sender.deactivated_at else recipient((str(sender), address_of(sender))),
    )


def _unwanted_circles(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Only the newest state of a circle, and only to mentors who still take part."""
    there = {
        each.pk
        for each in queries.participants_there(_keys(messages))
        if each.state == ParticipantState.APPROVED
    }
    found = circling.circles_by_key(circles.key_in(each.occurrence) for each in messages)
    return _withdrawn(
        each
        for each in messages
        if each.subject_id not in there
        or not circles.is_current(found[circles.key_in(each.occurrence)], each.occurrence, now=now)
    )


def _write_circle(message: Message, now: datetime) -> Letter:
    row = queries.participant_to_write(message.subject_id)
    key = circles.key_in(message.occurrence)
    circle = circling.circles_by_key([key])[key]
    context = {
        "cohort": row.cohort.name,
        "program": row.cohort.program.name,
        "title": circle.title,
        "starts_at": circle.starts_at,
        "minutes": circle.minutes,
        "place": circle.place,
        "is_canceled": circle.canceled_at is not None,
        "url": absolute(own_path(row.organization.slug)),
    }
    return letter_to(row.member, row.organization, context)


for kind in (
    MailKind(
        name=cohort_invitations.KIND,
        label=_("Invitation to a cohort"),
        template="mail/cohort_invitation",
        group=Group.TAKING_PART,
        unwanted=_unwanted_invitations,
        write=_write_invitation,
        is_repeatable=True,
        wording=wording.INVITATION,
    ),
    MailKind(
        name=reminders.INVITED,
        label=_("Reminder of an invitation to a cohort"),
        template="mail/cohort_reminder",
        group=Group.REMINDERS,
        unwanted=_unwanted_reminders,
        write=_write_invitation,
        is_repeatable=True,
        wording=wording.INVITATION,
    ),
    MailKind(
        name=reminders.DRAFT,
        label=_("Reminder of an enrollment that was not sent"),
        template="mail/cohort_draft",
        group=Group.REMINDERS,
        unwanted=_unwanted_drafts,
        write=_write_draft,
        is_repeatable=True,
        shows_text=True,
        wording=wording.DRAFT,
    ),
    EffectKind(
        name=reminders.PLAN,
        label=_("Enrollment closes soon"),
        unwanted=_unwanted_plans,
        apply=_schedule,
    ),
    MailKind(
        name=decisions.KIND,
        label=_("Decision about taking part"),
        template="mail/cohort_decision",
        group=Group.TAKING_PART,
        unwanted=_unwanted_decisions,
        write=_write_decision,
        is_repeatable=True,
        shows_text=True,
        wording=wording.DECISION,
    ),
    MailKind(
        name=announcements.KIND,
        label=_("Message to people of a cohort"),
        template="mail/cohort_announcement",
        group=Group.TAKING_PART,
        unwanted=_unwanted_announcements,
        write=_write_announcement,
        is_repeatable=True,
        shows_text=True,
    ),
    MailKind(
        name=announcements.TEST,
        label=_("Test of a message to people of a cohort"),
        template="mail/cohort_announcement",
        group=Group.RUNNING,
        # Whoever asks for a test waits for it.
        is_essential=True,
        unwanted=lambda _messages, _now: {},
        write=_write_test,
    ),
    MailKind(
        name=circles.KIND,
        label=_("Peer circle"),
        template="mail/cohort_circle",
        group=Group.MEETINGS,
        is_urgent=True,
        unwanted=_unwanted_circles,
        write=_write_circle,
        is_repeatable=True,
        shows_text=True,
        wording=wording.CIRCLE,
    ),
):
    register(kind)
