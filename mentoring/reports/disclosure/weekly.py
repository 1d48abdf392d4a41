"""Once a week: how many of each side of a cohort have answered the waves that are open.

In the measures that a month's end tells of as well, so that neither gives away the other.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from mentoring.feedback.models import Response
from mentoring.feedback.waves import closes_at
from mentoring.lib.clock import end_of
from mentoring.reports.disclosure.cells import Cell, Told
from mentoring.reports.disclosure.ledger import tell
from mentoring.reports.disclosure.measures import Fact, Measure, Month, by_person
from mentoring.reports.disclosure.measures.responses import BY_MOMENT
from mentoring.reports.disclosure.scopes import Dimension, Reach, Scope
from mentoring.reports.models import LedgerCell, Snapshot
from programs.enums import WAVES, Moment, Side

# Cohort and side.
type Group = tuple[UUID, Side]


def group_scope(cohort_id: UUID, side: Side) -> str:
    return str(Scope(Reach.COHORT, cohort_id, ((Dimension.SIDE, side.value),)))


@transaction.atomic
def tell_week(snapshot_id: UUID, *, now: datetime) -> list[Told]:
    """Tell it as of the snapshot, the first of a week that ends on Sunday or after; else nothing.

    Call it in the organization's scope, while no member is in scope.
    """
    snapshot = Snapshot.objects.get(pk=snapshot_id)
    sunday = snapshot.as_of - timedelta(days=(snapshot.as_of.weekday() + 1) % 7)
    month = Month.of(snapshot)
    told: list[Told] = []
    for moment in WAVES:
        measure = BY_MOMENT[moment]
        decided = _decided(measure)
        if max(decided.values(), default=date.min) >= sunday:
            continue
        cells = list(_cells(measure, _open_groups(moment, month, decided), month))
        told += tell(measure.key, cells, as_of=snapshot.as_of, now=now)
    return told


def _decided(measure: Measure) -> Mapping[str, date]:
    """When each group of one side of a cohort was decided about last."""
    rows = LedgerCell.objects.filter(measure=measure.key, scope__contains=f'"{Dimension.SIDE}"')
    return dict(
        rows.order_by().values("scope").annotate(on=Max("as_of")).values_list("scope", "on")
    )


def _open_groups(moment: Moment, month: Month, decided: Mapping[str, date]) -> set[Group]:
    """Those of which somebody could answer since they were decided about."""
    rows = Response.objects.filter(moment=moment, asked_at__lt=month.ends_at).order_by()
    lasts = rows.values("pairing__cohort", "side").annotate(last=Max("asked_at"))
    found = set()
    for cohort_id, side, last in lasts.values_list("pairing__cohort", "side", "last"):
        group = cohort_id, Side(side)
        before = decided.get(group_scope(*group))
        if before is None or closes_at(last) > end_of(before, month.zone):
            found.add(group)
    return found


def _cells(measure: Measure, groups: set[Group], month: Month) -> Iterator[Cell]:
    """The large ones first: what comes first hides what comes later."""
    facts: dict[Group, list[Fact]] = {each: [] for each in groups}
    for fact in measure.facts(month):
        if (fact.cohort_id, fact.side) in facts:
            facts[fact.cohort_id, fact.side].append(fact)
    found = {group_scope(*group): by_person(known) for group, known in facts.items()}
    for scope, people in sorted(found.items(), key=lambda each: (-len(each[1]), each[0])):
        value = partial(measure.value, list(people.values()))
        yield Cell(scope, frozenset(people), measure.least, value)
