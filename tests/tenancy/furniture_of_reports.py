"""Rows of reports, for tests of isolation."""

from datetime import datetime
from uuid import UUID

from mentoring.pairings.models import Break, Pairing
from mentoring.reports.models import CohortFigures, PairFigures, Seat, Snapshot


def furnish_reports(name: str, pairing_id: UUID, *, at: datetime) -> None:
    """How the pair stood on a day, with places that bear the name."""
    pairing = Pairing.objects.select_related("mentor", "cohort").get(pk=pairing_id)
    day = at.date()
    snapshot = Snapshot.objects.create(as_of=day, is_month_end=True, taken_at=at)
    Seat.objects.create(
        snapshot=snapshot,
        cohort=pairing.cohort,
        member_id=pairing.mentor.member_id,
        side=pairing.mentor.side,
        department=f"{name} department",
        grade=f"{name} grade",
        grade_rank=1,
        is_enrolled=True,
    )
    PairFigures.objects.create(
        snapshot=snapshot,
        cohort=pairing.cohort,
        pairing=pairing,
        mentor_department=f"{name} department",
        state=pairing.state,
        origin=pairing.origin,
        cadence="monthly",
        matched_on=day,
        ends_on=day,
    )
    CohortFigures.objects.create(snapshot=snapshot, cohort=pairing.cohort, sums={"enrolled": [1]})
    Break.objects.create(pairing=pairing, began_at=at, ended_at=at)
