"""Who is reminded that enrollment closes, and which messages nobody wants any more."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from accounts.models import Organization
from mentoring.lib.clock import day_at, zone_named
from programs.enums import ParticipantState
from programs.models import Cohort, CohortInvitation, Participant
from programs.models.cohort import CohortInvitationQuerySet
from programs.models.participant import ParticipantQuerySet
from programs.queries.cohort_invitations import UNANSWERED, is_inviting, with_answers


def to_remind(cohort: Cohort) -> CohortInvitationQuerySet:
    """Invitations without an answer, of people who are there to read a reminder."""
    found = with_answers(CohortInvitation.objects.filter(cohort=cohort))
    there = found.filter(member__deactivated_at=None, member__on_leave=False)
    people = there.select_related("member__user", "member__location", "invited_by")
    return people.filter(Q(("answer__in", UNANSWERED))).order_by("invited_at", "pk")


def drafts_of(cohort: Cohort) -> ParticipantQuerySet:
    """Enrollments that were begun but not sent, by people whom no invitation reminds."""
    asked = CohortInvitation.objects.filter(cohort=OuterRef("cohort"), member=OuterRef("member"))
    drafts = Participant.objects.filter(cohort=cohort, state=ParticipantState.DRAFT)
    sent = Participant.objects.filter(cohort=cohort, member=OuterRef("member")).enrolled()
    there = drafts.filter(member__deactivated_at=None, member__on_leave=False)
    found = there.exclude(Exists(asked)).exclude(Exists(sent))
    return found.select_related("member__user", "member__location").order_by("started_at", "pk")


def open_invitations(keys: Iterable[UUID], *, now: datetime) -> dict[UUID, date | None]:
    """Those of the invitations that still want an answer, with the day enrollment closes."""
    found = with_answers(CohortInvitation.objects.filter(pk__in=list(keys)))
    there = found.filter(member__deactivated_at=None, member__on_leave=False)
    lasting = there.filter(cohort__program__archived_at=None)
    rows = lasting.filter(Q(("answer__in", UNANSWERED))).select_related("cohort")
    return {each.pk: each.cohort.enrollment_closes_on for each in _inviting(rows, now)}


def open_drafts(keys: Iterable[UUID], *, now: datetime) -> dict[UUID, date | None]:
    """Those of the drafts that still can be sent, with the day enrollment closes."""
    drafts = Participant.objects.filter(pk__in=list(keys), state=ParticipantState.DRAFT)
    there = drafts.filter(member__deactivated_at=None, member__on_leave=False)
    rows = there.filter(cohort__program__archived_at=None).select_related("cohort")
    return {each.pk: each.cohort.enrollment_closes_on for each in _inviting(rows, now)}


def closing_days(keys: Iterable[UUID], *, now: datetime) -> dict[UUID, date | None]:
    """The cohorts among these that are open for enrollment, with the day it closes."""
    cohorts = Cohort.objects.filter(pk__in=list(keys), program__archived_at=None)
    today = _today(now)
    return {
        each.pk: each.enrollment_closes_on for each in cohorts if is_inviting(each, today=today)
    }


def cohorts_with(keys: Iterable[UUID]) -> list[Cohort]:
    return list(Cohort.objects.filter(pk__in=list(keys)))


def with_members(keys: Iterable[UUID]) -> list[CohortInvitation]:
    return list(CohortInvitation.objects.filter(pk__in=list(keys)).select_related("member"))


def participants_there(keys: Iterable[UUID]) -> list[Participant]:
    """Those of the participants who are with the organization."""
    there = Participant.objects.filter(member__deactivated_at=None)
    return list(there.filter(pk__in=list(keys)))


def invitation_to_write(key: UUID) -> CohortInvitation:
    """An invitation with all that its mails say. Raises CohortInvitation.DoesNotExist."""
    rows = CohortInvitation.objects.select_related(
        "organization", "cohort__program", "member__user", "member__location", "invited_by__user"
    )
    return rows.get(pk=key)


def participant_to_write(key: UUID) -> Participant:
    """A participant with all that mails say. Raises Participant.DoesNotExist."""
    rows = Participant.objects.select_related(
        "organization", "cohort__program", "member__user", "member__location"
    )
    return rows.get(pk=key)


def _inviting[R: CohortInvitation | Participant](rows: Iterable[R], now: datetime) -> list[R]:
    today = _today(now)
    return [each for each in rows if is_inviting(each.cohort, today=today)]


def _today(now: datetime) -> date:
    return day_at(now, zone_named(Organization.objects.get().time_zone))
