"""Who stayed and who moved up is told of two groups at a time, and only through the ledger."""

from datetime import UTC, datetime

import pytest

from accounts.operations import members
from mentoring.reports.careers.comparing import Comparison, Group
from mentoring.reports.careers.measures import Measure
from mentoring.reports.disclosure.careers import comparisons_of, tell_careers
from mentoring.reports.disclosure.cells import Told
from mentoring.reports.disclosure.scopes import WHOLE
from mentoring.reports.enums import Refusal
from mentoring.reports.models import LedgerCell, Snapshot
from tests.reports.careers.test_reading import AS_OF, FIRST_PAIR, LAST_DAY_TOO_EARLY, Firm
from tests.reports.people import days

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
def test_both_groups_of_the_whole_a_program_and_a_cohort_are_told_once():
    firm = Firm(pairs=10, others=30)
    with firm.open():
        snapshot = Snapshot.objects.create(as_of=AS_OF, is_month_end=True, taken_at=NOW)
        first = tell_careers(snapshot, now=NOW)
        again = tell_careers(snapshot, now=NOW)
        assert LedgerCell.objects.count() == len(first) == 12

    assert first == again
    stayed = {each.measure: each.value for each in first if each.scope == WHOLE}
    assert stayed["retention_participants"]["n"] == 20
    assert stayed["retention_others"]["n"] == 30
    assert stayed["retention_participants"]["share"] == 1


@pytest.mark.django_db
def test_of_a_handful_that_left_the_ledger_says_nothing():
    firm = Firm(pairs=10, others=30)
    with firm.open():
        for each in firm.matched[:2]:
            members.deactivate(member=each, actor=firm.owner, now=FIRST_PAIR + days(60))
        snapshot = Snapshot.objects.create(as_of=AS_OF, is_month_end=True, taken_at=NOW)
        told = tell_careers(snapshot, now=NOW)
        rows = LedgerCell.objects.filter(measure__startswith="retention")
        kept = set(rows.values_list("refusal", "people", "value"))

    assert kept == {("too_few", 0, None)}
    assert comparisons_of({(each.measure, each.scope): each for each in told}, WHOLE)[0] == (
        Comparison(Measure.RETENTION, refusal=Refusal.TOO_FEW)
    )


@pytest.mark.django_db
def test_what_is_too_early_has_no_cell():
    firm = Firm(pairs=10, others=30)
    with firm.open():
        snapshot = Snapshot.objects.create(
            as_of=LAST_DAY_TOO_EARLY, is_month_end=True, taken_at=NOW
        )
        assert tell_careers(snapshot, now=NOW) == []
        assert not LedgerCell.objects.exists()
