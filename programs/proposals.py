"""What a new cohort could look like, for the admin to change."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from programs.models import Program

FRIDAY_OF_THE_THIRD_WEEK = timedelta(days=18)
SECOND_MONDAY_AFTER = timedelta(days=17)
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that is free and days that leave time for each step."""

    name: str
    enrollment_opens_on: date
    enrollment_closes_on: date
    starts_on: date
    ends_on: date


def proposal_for(program: Program, *, today: date, taken: Collection[str]) -> Proposal:
    """Enroll for three weeks from next Monday, match for two, then the program's own length.

    ``taken`` are the names in use, in small letters.
    """
    opens = today + timedelta(days=7 - today.weekday())
    closes = opens + FRIDAY_OF_THE_THIRD_WEEK
    starts = closes + SECOND_MONDAY_AFTER
    return Proposal(
        name=_free_name(program.name, starts, taken),
        enrollment_opens_on=opens,
        enrollment_closes_on=closes,
        starts_on=starts,
        ends_on=months_later(starts, program.length_months) - timedelta(days=1),
    )


def months_later(day: date, months: int) -> date:
    """The same day of a later month; its last day where that month is shorter."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _free_name(program: str, starts: date, taken: Collection[str]) -> str:
    month = date_format(starts, "F Y")
    stem = f"{program[: LONGEST_NAME - len(month) - 8]} · {month}"
    name, number = stem, 2
    while name.lower() in taken:
        name, number = f"{stem} ({number})", number + 1
    return name
