"""Planning peer circles, and writing down who came. What was said is never kept."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID
from zlib import crc32

from django.db import transaction

from accounts.models import Member
from accounts.operations.audit import record
from mentoring.outbox.operations import enqueue_all
from programs.enums import Action
from programs.models import Attendance, Cohort, Participant, PeerCircle
from programs.post import address_of
from programs.queries.participants import mentors_in

KIND = "programs.circle"
CANCELED = "canceled"


class IsCanceled(Exception):
    """A canceled circle stays canceled; plan another one."""


@transaction.atomic
def plan_circle(
    *,
    cohort: Cohort,
    title: str,
    starts_at: datetime,
    minutes: int,
    place: str,
    actor: Member,
    now: datetime,
) -> PeerCircle:
    """Plan a circle and tell the cohort's mentors."""
    circle: PeerCircle = PeerCircle.objects.create(
        cohort=cohort, title=title, starts_at=starts_at, minutes=minutes, place=place
    )
    _record(Action.CIRCLE_PLANNED, circle, actor)
    _tell(circle, now=now)
    return circle


@transaction.atomic
def change_circle(
    *,
    circle: PeerCircle,
    title: str,
    starts_at: datetime,
    minutes: int,
    place: str,
    actor: Member,
    now: datetime,
) -> PeerCircle:
    """Change a circle; mentors hear of another time or place. Raises IsCanceled."""
    circle = _locked(circle)
    before = occurrence_of(circle)
    changes: dict[str, Any] = {}
    wanted = {"title": title, "starts_at": starts_at, "minutes": minutes, "place": place}
    for name, value in wanted.items():
        if getattr(circle, name) != value:
            changes[name] = [_plain(getattr(circle, name)), _plain(value)]
            setattr(circle, name, value)
    if changes:
        circle.save(update_fields=list(changes))
        _record(Action.CIRCLE_CHANGED, circle, actor, changes)
    if occurrence_of(circle) != before:
        _tell(circle, now=now)
    return circle


@transaction.atomic
def cancel_circle(*, circle: PeerCircle, actor: Member, now: datetime) -> PeerCircle:
    """Call a circle off and tell the mentors. Raises IsCanceled."""
    circle = _locked(circle)
    circle.canceled_at = now
    circle.save(update_fields=["canceled_at"])
    _record(Action.CIRCLE_CANCELED, circle, actor)
    _tell(circle, now=now)
    return circle


@transaction.atomic
def set_attendance(*, circle: PeerCircle, participants: Iterable[Participant]) -> None:
    """These mentors came, and no others. Raises IsCanceled."""
    circle = _locked(circle)
    came = {each.pk for each in participants}
    rows = Attendance.objects.filter(circle=circle)
    rows.exclude(participant__in=came).delete()
    known = set(rows.values_list("participant_id", flat=True))
    Attendance.objects.bulk_create(
        [Attendance(circle=circle, participant_id=key) for key in sorted(came - known)]
    )


def occurrence_of(circle: PeerCircle) -> str:
    """Names the state of a circle that mentors are told of."""
    if circle.canceled_at:
        return f"{circle.pk}@{CANCELED}"
    return f"{circle.pk}@{circle.starts_at.timestamp():.0f}#{crc32(circle.place.encode()):08x}"


def key_in(occurrence: str) -> UUID:
    """The circle that an occurrence is about."""
    return UUID(occurrence.partition("@")[0])


def is_current(circle: PeerCircle, occurrence: str, *, now: datetime) -> bool:
    """Whether the circle is still ahead and as the occurrence says."""
    return circle.starts_at > now and occurrence_of(circle) == occurrence


def _locked(circle: PeerCircle) -> PeerCircle:
    found = PeerCircle.objects.select_for_update(of=("self",)).select_related("cohort__program")
    circle = found.get(pk=circle.pk)
    if circle.canceled_at:
        raise IsCanceled
    return circle


def _tell(circle: PeerCircle, *, now: datetime) -> None:
    if circle.starts_at <= now:
        return
    mentors = mentors_in(circle.cohort).select_related("member__user")
    enqueue_all(
        kind=KIND,
        wanted=[(address_of(each.member), each.pk, occurrence_of(circle)) for each in mentors],
        due_at=now,
        expires_at=circle.starts_at,
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _record(
    action: Action, circle: PeerCircle, actor: Member, details: dict[str, Any] | None = None
) -> None:
    record(
        actor=actor,
        action=action,
        subject_id=circle.pk,
        subject_name=circle.title,
        details=details,
    )
