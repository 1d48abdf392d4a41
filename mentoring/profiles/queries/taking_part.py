"""What the page about the own participations shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import Member
from programs.enums import Audience, CohortState, ParticipantState, Side
from programs.models import Cohort, CohortInvitation, Participant, PreparationItem
from programs.queries.eligibility import open_cohorts_for
from programs.queries.enrollment import (
    OVER,
    Preparation,
    is_ready,
    participations_of,
    preparations_of,
)

IN = (ParticipantState.PENDING, ParticipantState.APPROVED, ParticipantState.WAITLISTED)


@dataclass(frozen=True, slots=True)
class Participation:
    """One card: where it stands and what can be done."""

    participant: Participant
    preparation: list[Preparation]
    is_paused: bool
    is_live: bool
    may_edit: bool

    @property
    def cohort(self) -> Cohort:
        return self.participant.cohort

    @property
    def is_ready(self) -> bool:
        return is_ready(self.preparation)


@dataclass(frozen=True, slots=True)
class Joinable:
    """A cohort that is open for a member on one side."""

    cohort: Cohort
    side: Side
    is_personal: bool


def shown_to(member: Member, *, today: date) -> list[Participation]:
    """The member's participations, the newest first; withdrawn ones are not shown again."""
    found = list(participations_of(member).exclude(state=ParticipantState.WITHDRAWN))
    preparations = preparations_of(found)
    return [
        Participation(
            participant=each,
            preparation=preparations[each.pk],
            is_paused=bool(each.paused_until and each.paused_until > today),
            is_live=each.state in IN and each.cohort.state not in OVER,
            may_edit=each.state in IN and each.cohort.state != CohortState.CLOSED,
        )
        for each in found
    ]


def joinable_by(member: Member, *, today: date) -> list[Joinable]:
    """What the member may join and has not begun yet, by the day on which it closes."""
    begun = set(
        Participant.objects.filter(member=member)
        .exclude(state=ParticipantState.WITHDRAWN)
        .values_list("cohort", "side")
    )
    own = CohortInvitation.objects.filter(member=member)
    asked = {(row.cohort_id, row.side): row for row in own}
    found = []
    for cohort, sides in open_cohorts_for(member, today=today):
        for side in sides:
            invitation = asked.get((cohort.pk, side))
            if (cohort.pk, side) in begun or (invitation and invitation.declined_at):
                continue
            found.append(
                Joinable(
                    cohort=cohort,
                    side=side,
                    is_personal=bool(invitation and invitation.is_personal),
                )
            )
    return found


def items_of(participant: Participant) -> QuerySet[PreparationItem]:
    """The preparation items that the participant's side has to do."""
    ours = Q(audience=Audience.BOTH) | Q(audience=participant.side)
    return PreparationItem.objects.filter(
        ours, program=participant.cohort.program_id, archived_at=None
    )
