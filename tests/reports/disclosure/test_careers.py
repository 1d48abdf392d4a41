"""Who stayed and who moved up is told of two groups at a time, and only through the ledger."""

from datetime import UTC, datetime

import pytest

from mentoring.reports.careers.comparing import Comparison, Group
from mentoring.reports.careers.measures import Measure
from mentoring.reports.disclosure.careers import comparisons_of, tell_careers
from mentoring.reports.disclosure.cells import Told
from mentoring.reports.disclosure.scopes import WHOLE
from mentoring.reports.enums import Refusal
from mentoring.reports.models import LedgerCell, Snapshot
from tests.factories import inside

NOW = datetime(2026, 11, 1, 3, tzinfo=UTC)
DAY = NOW.date()
VALUE = {"n": 12, "share": 0.75, "low": 0.47, "high": 0.91}


def told(measure: str, **fields) -> Told:
    return Told(measure=measure, scope=WHOLE, as_of=DAY, **fields)


def both(participants: Told, others: Told) -> dict[tuple[str, str], Told]:
    return {(each.measure, WHOLE): each for each in (participants, others)}


def test_two_groups_are_shown_beside_each_other():
    found = both(
        told("retention_participants", value=VALUE),
        told("retention_others", value={**VALUE, "n": 30}),
    )
    assert comparisons_of(found, WHOLE) == [
        Comparison(
            Measure.RETENTION,
            Group(12, 0.75, 0.47, 0.91),
            Group(30, 0.75, 0.47, 0.91),
        )
    ]


def test_of_one_group_alone_nothing_is_shown():
    found = both(
        told("promotion_participants", value=VALUE),
        told("promotion_others", refusal=Refusal.DIFFERENCE),
    )
    assert comparisons_of(found, WHOLE) == [
        Comparison(Measure.PROMOTION, refusal=Refusal.DIFFERENCE)
    ]


@pytest.mark.django_db
def test_what_is_too_early_has_no_cell(owner):
    with inside(owner.organization):
        snapshot = Snapshot.objects.create(as_of=DAY, is_month_end=True, taken_at=NOW)
        assert tell_careers(snapshot, now=NOW) == []
        assert not LedgerCell.objects.exists()
