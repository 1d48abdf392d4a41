"""How far the people of a cohort have come, in numbers."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from programs.enums import Answer, Audience, ParticipantState, Side
from programs.models import Cohort, CohortInvitation, Participant, PreparationDone, PreparationItem
from programs.models.participant import ParticipantQuerySet
from programs.queries.cohort_invitations import with_answers
from programs.queries.eligibility import eligible_counts

GONE = [ParticipantState.WITHDRAWN]
NOT_SENT = [ParticipantState.DRAFT, ParticipantState.WITHDRAWN]


@dataclass(frozen=True, slots=True)
class Standing:
    """The counts of one side. Each of the first six is a step of the funnel.

    ``sent`` counts everybody who sent the enrollment and has not withdrawn, whatever was
    decided. ``unanswered`` are invitations without a “no” or a started enrollment on any side.
    """

    side: Side
    eligible: int = 0
    invited: int = 0
    started: int = 0
    sent: int = 0
    approved: int = 0
    ready: int = 0
    drafts: int = 0
    pending: int = 0
    waitlisted: int = 0
    declined: int = 0
    withdrawn: int = 0
    paused: int = 0
    unprepared: int = 0
    unanswered: int = 0
    # How many partners those have room for who are approved and have no break.
    room: int = 0

    @property
    def answered(self) -> int:
        return self.invited - self.unanswered

    @property
    def not_ready(self) -> int:
        """Who is in, but cannot be matched yet."""
        return self.approved - self.ready


def funnel_of(cohort: Cohort, *, today: date) -> dict[Side, Standing]:
    """Both sides of a cohort, in three queries and one for its lines of eligibility."""
    eligible = eligible_counts(cohort)
    standings = standings_of([cohort.pk], today=today)[cohort.pk]
    return {side: replace(standings[side], eligible=eligible[side]) for side in Side}


def standings_of(cohorts: Collection[UUID], *, today: date) -> dict[UUID, dict[Side, Standing]]:
    """Both sides of each cohort, in two queries, without how many are eligible."""
    counts: dict[tuple[UUID, str], dict[str, int]] = {}
    for row in (*_invitations(cohorts), *_participations(cohorts, today=today)):
        counts.setdefault((row.pop("cohort"), row.pop("side")), {}).update(row)
    return {
        cohort: {side: Standing(side=side, **counts.get((cohort, side), {})) for side in Side}
        for cohort in cohorts
    }


def ready(participants: ParticipantQuerySet, *, today: date) -> ParticipantQuerySet:
    """Those who can be matched: approved, every required preparation done, not paused."""
    approved = participants.filter(state=ParticipantState.APPROVED).not_paused(today=today)
    return approved.exclude(is_unprepared())


def is_unprepared() -> Exists:
    """Whether an item that the participant's side has to do is still open."""
    done = PreparationDone.objects.filter(item=OuterRef("pk"), participant=OuterRef(OuterRef("pk")))
    required = PreparationItem.objects.filter(
        Q(audience=Audience.BOTH) | Q(audience=OuterRef("side")),
        program=OuterRef("cohort__program"),
        is_required=True,
        archived_at=None,
    )
    return Exists(required.filter(~Exists(done)))


def _participations(cohorts: Collection[UUID], *, today: date) -> list[dict[str, Any]]:
    participants = Participant.objects.filter(cohort__in=cohorts).annotate(
        is_unprepared=is_unprepared()
    )
    approved = Q(state=ParticipantState.APPROVED)
    goes_on = Q(paused_until=None) | Q(paused_until__lte=today)
    counts = {
        "started": ~Q(state__in=GONE),
        "sent": ~Q(state__in=NOT_SENT),
        "approved": approved,
        "ready": approved & goes_on & Q(is_unprepared=False),
        "drafts": Q(state=ParticipantState.DRAFT),
        "pending": Q(state=ParticipantState.PENDING),
        "waitlisted": Q(state=ParticipantState.WAITLISTED),
        "declined": Q(state=ParticipantState.DECLINED),
        "withdrawn": Q(state=ParticipantState.WITHDRAWN),
        "paused": approved & Q(paused_until__gt=today),
        "unprepared": approved & Q(is_unprepared=True),
    }
    counted = {name: Count("pk", filter=condition) for name, condition in counts.items()}
    room = Coalesce(Sum("capacity", filter=approved & goes_on), 0)
    grouped: Any = participants.order_by().values("cohort", "side")
    return list(grouped.annotate(**counted, room=room))


def _invitations(cohorts: Collection[UUID]) -> list[dict[str, Any]]:
    invitations = with_answers(CohortInvitation.objects.filter(cohort__in=cohorts))
    grouped: Any = invitations.order_by().values("cohort", "side")
    unanswered = Count("pk", filter=Q(answer=Answer.WAITING))
    return list(grouped.annotate(invited=Count("pk"), unanswered=unanswered))
