"""Writing to people of a cohort."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Member
from accounts.operations.audit import record
from mentoring.outbox.operations import enqueue, enqueue_all
from programs.enums import Action, Audience
from programs.models import Announcement, Cohort, Participant
from programs.post import address_of

KIND = "programs.announcement"
TWICE = timedelta(minutes=2)
TEST = "programs.announcement_test"


class NobodyToWriteTo(Exception):
    """Everybody who was chosen has left the organization or has withdrawn."""


@transaction.atomic
def send(
    *,
    cohort: Cohort,
    participants: Iterable[Participant],
    audience: Audience | None,
    subject: str,
    text: str,
    actor: Member,
    now: datetime,
) -> Announcement:
    """Write to each of these people once, also to those who are on both sides.

    People who have left or withdrawn get nothing. ``audience`` None says that the people
    were picked one by one. A form that is sent twice writes once. Raises NobodyToWriteTo.
    """
    if again := _sent_a_moment_ago(cohort, actor, subject, text, now=now):
        return again
    people = {each.member_id: each for each in participants if is_reached(each)}
    if not people:
        raise NobodyToWriteTo
    announcement: Announcement = Announcement.objects.create(
        cohort=cohort,
        subject=subject,
        text=text,
        audience=audience or "",
        recipients=len(people),
        sent_by=actor,
        sent_at=now,
    )
    key = str(announcement.pk)
    wanted = [(address_of(each.member), each.pk, key) for each in people.values()]
    enqueue_all(kind=KIND, wanted=wanted, due_at=now)
    record(
        actor=actor,
        action=Action.ANNOUNCEMENT_SENT,
        subject_id=announcement.pk,
        subject_name=f"{cohort.program} · {cohort}",
        details={"people": len(people)},
    )
    return announcement


@transaction.atomic
def send_test(
    *, cohort: Cohort, subject: str, text: str, actor: Member, now: datetime
) -> Announcement:
    """Send a message to its writer only."""
    announcement: Announcement = Announcement.objects.create(
        cohort=cohort, subject=subject, text=text, is_test=True, sent_by=actor, sent_at=now
    )
    enqueue(
        kind=TEST,
        recipient=address_of(actor),
        subject_id=announcement.pk,
        occurrence="1",
        due_at=now,
    )
    return announcement


def is_reached(participant: Participant) -> bool:
    """Whether messages go to this person at all."""
    return not (participant.member.deactivated_at or participant.withdrawn_at)


def _sent_a_moment_ago(
    cohort: Cohort, actor: Member, subject: str, text: str, *, now: datetime
) -> Announcement | None:
    """The same words by the same person; two of them at once come one after the other."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    same = Announcement.objects.filter(cohort=cohort, sent_by=actor, subject=subject, text=text)
    found: Announcement | None = same.filter(is_test=False, sent_at__gt=now - TWICE).first()
    return found
