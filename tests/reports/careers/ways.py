"""People with careers, made up in memory."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from mentoring.reports.careers.groups import Clock, Material
from mentoring.reports.careers.people import Stand

START = datetime(2026, 1, 1, tzinfo=UTC)
COHORT, NEXT_COHORT = UUID(int=1 << 100), UUID(int=2 << 100)
RANKS = {name: rank for rank, name in enumerate("ABCDEFGH", start=1)} | {"": None}


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def stand(
    since: int, grade: str = "A", place: str = "Sales", *, here: bool = True, chart: bool = False
) -> Stand:
    return Stand(day(since), place, grade, RANKS[grade], here, chart)


def stays(grade: str = "A", place: str = "Sales") -> list[Stand]:
    return [stand(-100, grade, place)]


def leaves(grade: str = "A", place: str = "Sales", *, on: int = 60) -> list[Stand]:
    return [*stays(grade, place), stand(on, grade, place, here=False)]


def climbs(grade: str = "A", to: str = "B", place: str = "Sales", *, on: int = 60) -> list[Stand]:
    return [*stays(grade, place), stand(on, to, place)]


def material(
    participants: Sequence[list[Stand]],
    others: Sequence[list[Stand]],
    *,
    clocks: Iterable[tuple[UUID, int]] = ((COHORT, 0),),
) -> Material:
    """Participants have keys from 0 on and are in the first cohort, others from 1000 on."""
    mine = {UUID(int=number): steps for number, steps in enumerate(participants)}
    theirs = {UUID(int=number): steps for number, steps in enumerate(others, start=1000)}
    matched = frozenset(mine)
    return Material(
        clocks=[
            Clock(cohort, day(start), matched if cohort == COHORT else frozenset())
            for cohort, start in clocks
        ],
        careers=mine | theirs,
        took_part=matched,
    )
