"""How many of a cohort have answered its waves, as it was told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mentoring.feedback.queries.surveys import Wave, waves_of
from mentoring.reports.disclosure.cells import Told
from mentoring.reports.disclosure.measures.responses import BY_MOMENT
from mentoring.reports.disclosure.weekly import group_scope
from mentoring.reports.queries.told import told_many
from programs.enums import Side
from programs.models import Cohort


@dataclass(frozen=True, slots=True)
class SideRate:
    """How many people of one side were asked, and what was told of them, if anything was."""

    side: Side
    asked: int
    told: Told | None


@dataclass(frozen=True, slots=True)
class WaveRates:
    """One wave of a cohort with its sides, the mentors' first."""

    wave: Wave
    sides: tuple[SideRate, ...]


def wave_rates(cohort: Cohort, *, today: date, now: datetime) -> list[WaveRates]:
    """The waves in which anybody was asked. Two queries."""
    waves = waves_of(cohort, now=now)
    scopes = {side: group_scope(cohort.pk, side) for side in Side}
    measures = [BY_MOMENT[each.moment].key for each in waves]
    found = told_many(measures, list(scopes.values()), today) if waves else {}
    return [WaveRates(each, _sides(each, scopes, found)) for each in waves]


def _sides(
    wave: Wave, scopes: Mapping[Side, str], found: Mapping[tuple[str, str], Told]
) -> tuple[SideRate, ...]:
    key = BY_MOMENT[wave.moment].key
    return tuple(
        SideRate(side, asked, found.get((key, scopes[side]))) for side, asked in wave.asked.items()
    )
