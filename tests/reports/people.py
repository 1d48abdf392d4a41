"""Ada and Carl, a pair with a history; and the snapshots of their organization."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from mentoring.pairings.enums import Origin
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.answers import accept
from mentoring.pairings.operations.proposals import propose_all
from mentoring.reports.models import CohortFigures, PairFigures, Seat, Snapshot
from mentoring.reports.queries.parts import Place
from mentoring.reports.snapshots.taking import take_due
from mentoring.tenancy.scope import within
from programs.enums import Side
from programs.models import Participant
from tests.factories import inside, reload
from tests.pairings.people import create_two

BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def days(number: float) -> timedelta:
    return timedelta(days=number)


def create_pair(*, now: datetime = BEGAN) -> tuple[Participant, Participant, Pairing]:
    """Two people who both said yes at that moment, enrolled three days before."""
    ada, carl = create_two()
    return ada, carl, pair_up(ada, carl, now=now)


def pair_up(mentor: Participant, mentee: Participant, *, now: datetime = BEGAN) -> Pairing:
    with inside(mentor.organization_id):
        Participant.objects.filter(pk__in=[mentor.pk, mentee.pk]).update(
            submitted_at=now - days(3), decided_at=now - days(2)
        )
        (pairing,) = propose_all(
            cohort=mentor.cohort,
            pairs=[(reload(mentor), reload(mentee))],
            origin=Origin.MATCHING,
            actor=None,
            now=now,
        )
        for side in (Side.MENTEE, Side.MENTOR):
            pairing = accept(pairing=reload(pairing), side=side, now=now)
    return pairing


def take(organization_id: Any, *, now: datetime) -> list[date]:
    """What a worker does at that moment; the days that it told."""
    with within(organization_id):
        return [each.as_of for each in take_due(now=now)]


def pair_at(pairing: Pairing, day: date) -> PairFigures:
    with inside(pairing.organization_id):
        return PairFigures.objects.get(pairing=pairing, snapshot__as_of=day)


def seat_at(participant: Participant, day: date) -> Seat:
    with inside(participant.organization_id):
        return Seat.objects.get(
            member=participant.member_id,
            cohort=participant.cohort_id,
            side=participant.side,
            snapshot__as_of=day,
        )


def sums_at(cohort: Any, day: date) -> dict[str, list[int]]:
    with inside(cohort.organization_id):
        rows = CohortFigures.objects.filter(**Place()._asdict())
        return rows.get(cohort=cohort, snapshot__as_of=day).sums


def told_days(organization_id: Any) -> list[date]:
    with inside(organization_id):
        return list(Snapshot.objects.order_by("as_of").values_list("as_of", flat=True))
