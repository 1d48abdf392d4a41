"""Commitments: of a pair, as its two people may see them, and of a cohort, as everybody does."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Member
from mentoring.meetings.enums import CommitmentState, Standing
from mentoring.meetings.models import Commitment, CommitmentQuerySet, PublishedCommitment
from mentoring.meetings.sealed import COMMITMENT
from mentoring.meetings.telltales import telltales
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.messages import pairs_of
from mentoring.pairings.queries.pairs import Card
from mentoring.profiles.sealed import unseal
from programs.enums import ParticipantState
from programs.models import Cohort, Participant
from programs.models.cohort import CohortQuerySet
from programs.queries.cohorts import manageable_cohorts_of

# With fewer leaders in a cohort a wording would tell whose it is.
LEAST_LEADERS = 5
MOST = 50
LOOSE = (CommitmentState.DRAFT, CommitmentState.WITHDRAWN)


class Stage(StrEnum):
    """Where a commitment is on its way, as one of the two reads it."""

    DRAFT = "draft"
    ASKS_ME = "asks_me"
    ASKS_PARTNER = "asks_partner"
    WAITS = "waits"
    PUBLISHED = "published"
    TAKEN_DOWN = "taken_down"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Wording:
    """A commitment with its words; ``telltales`` are those that may tell whose it is."""

    commitment: Commitment
    text: str
    stage: Stage
    telltales: list[str]

    @property
    def is_done(self) -> bool:
        return self.commitment.done_at is not None

    @property
    def may_be_changed(self) -> bool:
        return self.stage != Stage.PUBLISHED


def commitments_known_to(member: Member) -> CommitmentQuerySet:
    """The commitments of pairs that the member is or was one of; call it as the member."""
    return Commitment.objects.filter(pairing__in=pairs_of(member).values("pk")).with_display()


def commitments_in(pairing: Pairing) -> CommitmentQuerySet:
    """In the order in which they were written."""
    rows = Commitment.objects.filter(pairing=pairing).with_display()
    return rows.order_by("written_at", "pk")


def wordings_of(card: Card) -> list[Wording]:
    """The pair's commitments told to the reader, the latest first. One query."""
    rows = commitments_in(card.pairing).reverse()
    return [wording_of(each, card) for each in rows[:MOST]]


def wording_of(commitment: Commitment, card: Card) -> Wording:
    """One commitment of ``commitments_in`` or ``commitments_known_to``, told to the reader."""
    text = text_of(commitment)
    stage = stage_of(
        commitment.state,
        is_mine=commitment.proposed_by == card.side,
        is_shown=bool(getattr(commitment, "is_shown", False)),
    )
    hints = [] if stage == Stage.PUBLISHED else telltales(text, card.pairing)
    return Wording(commitment, text, stage, hints)


def text_of(commitment: Commitment) -> str:
    """The words; call it as one of the two."""
    return unseal(commitment.text, purpose=COMMITMENT)


def is_ready(cohort_id: UUID) -> bool:
    """Whether so many leaders of the cohort have, or had, a pair that a wording tells no name.

    Counted are leaders, not pairs: one leader may have several mentors.
    """
    began = Pairing.objects.filter(cohort=cohort_id).exclude(began_at=None).order_by()
    counted = began.aggregate(leaders=Count("mentee__member", distinct=True))
    return bool(counted["leaders"] >= LEAST_LEADERS)


def cohorts_readable_for(member: Member) -> CohortQuerySet:
    """The cohorts whose commitments the member may read: as a participant, or running them."""
    own = Participant.objects.filter(
        cohort=OuterRef("pk"), member=member, state=ParticipantState.APPROVED
    )
    runs = Q(pk__in=manageable_cohorts_of(member).values("pk"))
    return Cohort.objects.filter(runs | Q(Exists(own.order_by()))).select_related("program")


def may_take_down(member: Member, cohort: Cohort) -> bool:
    return manageable_cohorts_of(member).filter(pk=cohort.pk).exists()


def published_in(cohort: Cohort) -> QuerySet[PublishedCommitment]:
    """The latest month first. Inside a month the random key decides, which tells no time."""
    found: QuerySet[PublishedCommitment] = PublishedCommitment.objects.filter(cohort=cohort)
    return found.order_by("-month", "pk")


def counts_in(cohort: Cohort) -> dict[str, Any]:
    """How many commitments the cohort reads, and how many of them are done. One query."""
    return (
        published_in(cohort)
        .order_by()
        .aggregate(total=Count("pk"), done=Count("pk", filter=Q(state=Standing.DONE)))
    )


def own_cohorts_with_commitments(member: Member) -> list[Cohort]:
    """The cohorts that the member takes part in and in which something is published. One query."""
    mine = Participant.objects.filter(member=member, state=ParticipantState.APPROVED)
    found = PublishedCommitment.objects.filter(cohort=OuterRef("pk")).order_by()
    rows = Cohort.objects.filter(Exists(found), pk__in=mine.values("cohort"))
    return list(rows.select_related("program").order_by("name", "pk"))


def proposed_among(keys: Iterable[UUID]) -> dict[UUID, Commitment]:
    """Those that wait for somebody's yes; the member in scope sees the own pairs' only."""
    rows = Commitment.objects.filter(pk__in=list(keys), state=CommitmentState.PROPOSED)
    return {each.pk: each for each in rows}


def stage_of(state: str, *, is_mine: bool, is_shown: bool) -> Stage:
    """``is_mine`` says that the reader proposed it, ``is_shown`` that the cohort can read it."""
    match state:
        case CommitmentState.PROPOSED:
            return Stage.ASKS_PARTNER if is_mine else Stage.ASKS_ME
        case CommitmentState.AGREED:
            return Stage.WAITS
        case CommitmentState.PUBLISHED:
            return Stage.PUBLISHED if is_shown else Stage.TAKEN_DOWN
        case CommitmentState.WITHDRAWN:
            return Stage.WITHDRAWN
    return Stage.DRAFT
