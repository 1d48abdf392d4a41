"""Peer circles: group events for the mentors of a cohort."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Member
from programs.enums import ParticipantState, Side
from programs.models import Attendance, Cohort, Participant, PeerCircle
from programs.models.participant import ParticipantQuerySet


def circles_in(cohort: Cohort) -> QuerySet[PeerCircle]:
    """A cohort's circles with ``attended``, how many came; the next one first, then the past."""
    circles: QuerySet[PeerCircle] = PeerCircle.objects.filter(cohort=cohort)
    counted = circles.annotate(attended=Count("attendances"))
    return counted.select_related("cohort__program").order_by("-starts_at", "pk")


def own_circles(member: Member, *, now: datetime) -> QuerySet[PeerCircle]:
    """The circles ahead in cohorts where the member is an approved mentor; soonest first."""
    mine = Participant.objects.filter(
        member=member, side=Side.MENTOR, state=ParticipantState.APPROVED
    )
    ahead = PeerCircle.objects.filter(cohort__in=mine.values("cohort"), starts_at__gte=now)
    return ahead.select_related("cohort__program").order_by("starts_at", "pk")


def attendance_at(circle: PeerCircle) -> set[UUID]:
    """The participants who came."""
    rows = Attendance.objects.filter(circle=circle)
    return set(rows.values_list("participant_id", flat=True))


def could_attend(circle: PeerCircle) -> ParticipantQuerySet:
    """The approved mentors, and whoever was ticked before; by name."""
    mentors = Participant.objects.filter(cohort=circle.cohort_id, side=Side.MENTOR)
    came = Exists(Attendance.objects.filter(circle=circle, participant=OuterRef("pk")))
    found = mentors.filter(Q(state=ParticipantState.APPROVED) | came)
    return found.select_related("member").order_by("member__sort_name", "pk")


def circles_by_key(keys: Iterable[UUID]) -> dict[UUID, PeerCircle]:
    return {each.pk: each for each in PeerCircle.objects.filter(pk__in=list(keys))}
