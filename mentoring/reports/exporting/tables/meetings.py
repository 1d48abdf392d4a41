"""A line for each meeting: when, how long and whose doing, and never about what.

What happened after the day is not told: state, time and length are read from what was done by
its end. The form is the last that is known, because nothing keeps what it was before.
"""

from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.lib.sheets.columns import Column, Kind
from mentoring.meetings.enums import Deed, Means, MeetingState
from mentoring.meetings.models import Meeting
from mentoring.reports.exporting.references import pair_reference
from mentoring.reports.exporting.scope import CohortName, Scope
from mentoring.reports.exporting.tables.base import (
    Field,
    Row,
    Table,
    columns_of,
    count_up_to,
    field,
    in_portions,
    labeled,
    rows_of,
    terms_of,
)

# Pairs whose meetings are read at once: a few thousand rows even for those who meet often.
PAIRS_AT_ONCE = 100
NAMES = (
    "pairing_id", "state", "starts_at", "length", "means", "noted_by", "noted_at",
    "held_noted_by", "held_noted_at", "cancelled_by", "cancelled_at", "deed", "by", "at",
)  # fmt: skip
EXACT = 10_000
READ = """
SELECT meeting.pairing_id, meeting.state, COALESCE(change.starts_at, meeting.starts_at) AS starts,
    COALESCE(make_interval(mins => change.minutes), meeting.ends_at - meeting.starts_at),
    meeting.means, meeting.noted_by, meeting.noted_at,
    meeting.held_noted_by, meeting.held_noted_at, meeting.cancelled_by, meeting.cancelled_at,
    change.deed, change.side, change.at
FROM meetings_meeting meeting
LEFT JOIN LATERAL (
    SELECT deed, starts_at, minutes, side, at FROM meetings_change
    WHERE organization_id = meeting.organization_id AND meeting_id = meeting.id AND at < %(ends)s
    ORDER BY at DESC, id DESC LIMIT 1
) change ON true
WHERE meeting.organization_id = %(organization)s AND meeting.pairing_id = ANY(%(pairs)s)
    AND meeting.noted_at < %(ends)s
ORDER BY meeting.pairing_id, starts, meeting.id
"""
LOGGED = (Deed.LOGGED, Deed.CORRECTED)


def fields(scope: Scope) -> list[Field]:
    """All columns. Why a meeting was called off may be about health, and is for the two."""
    words = {"": "", **terms_of(scope)}

    # The meetings of a pair follow each other.
    named = lru_cache(maxsize=8)(partial(pair_reference, scope.organization.pk))

    def side(name: str) -> Any:
        return lambda row: words[row[name]]

    return [
        field("pair", _("Pair"), value=lambda row: named(row["pairing_id"])),
        field("program", words["program"]),
        field("cohort", _("Cohort")),
        field("state", _("State"), value=labeled("state", MeetingState)),
        field("date", _("Date"), Kind.DATE),
        field("starts_at", _("Start"), Kind.MOMENT),
        field("ends_at", _("End"), Kind.MOMENT),
        field("minutes", _("Minutes"), Kind.INTEGER),
        field("means", _("How"), value=labeled("means", Means)),
        field("planned_by", _("Planned by"), value=side("noted_by")),
        field("planned_at", _("Planned at"), Kind.MOMENT, lambda row: row["noted_at"]),
        field("held_noted_by", _("Noted as held by"), value=side("held_noted_by")),
        field("held_noted_at", _("Noted as held at"), Kind.MOMENT),
        field("cancelled_by", _("Cancelled by"), value=side("cancelled_by")),
        field("cancelled_at", _("Cancelled at"), Kind.MOMENT),
    ]


def columns(scope: Scope) -> tuple[Column, ...]:
    return columns_of(fields(scope))


def rows(scope: Scope) -> Iterator[Row]:
    """The pairs in the order of their table, and of each the meetings in the order of time."""
    made = fields(scope)
    for cohort in scope.cohorts:
        pairs = in_portions(scope.pairs().filter(cohort=cohort.pk), ("pairing_id",), ())
        for some in batched((each["pairing_id"] for each in pairs), PAIRS_AT_ONCE):
            found = (_as_of(scope, cohort, each) for each in _read(scope, some))
            yield from rows_of(made, found)


def _read(scope: Scope, pairs: tuple[UUID, ...]) -> list[dict[str, Any]]:
    asked: dict[str, Any] = {
        "organization": scope.organization.pk,
        "ends": scope.ends_at,
        "pairs": list(pairs),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(READ, asked)
        return [dict(zip(NAMES, row, strict=True)) for row in cursor.fetchall()]


def _as_of(scope: Scope, cohort: CohortName, row: dict[str, Any]) -> dict[str, Any]:
    """The meeting as it stood at the end of the day."""
    ends_at = scope.ends_at
    if row["cancelled_at"] is None or row["cancelled_at"] >= ends_at:
        row["cancelled_by"], row["cancelled_at"] = "", None
    if row["held_noted_at"] is None or row["held_noted_at"] >= ends_at:
        # Noted as held by then, and taken back later.
        was_held = row["deed"] in LOGGED and row["cancelled_at"] is None
        row["held_noted_by"] = row["by"] if was_held else ""
        row["held_noted_at"] = row["at"] if was_held else None
    if row["cancelled_at"]:
        row["state"] = MeetingState.CANCELLED
    elif row["held_noted_at"]:
        row["state"] = MeetingState.HELD
    else:
        row["state"] = MeetingState.PLANNED
    row["program"], row["cohort"] = cohort.program, cohort.name
    row["ends_at"] = row["starts_at"] + row["length"]
    row["date"] = row["starts_at"].astimezone(scope.zone).date()
    row["minutes"] = round(row["length"].total_seconds() / 60)
    return row


def count(scope: Scope, most: int) -> int:
    """Exactly while they are few; of a million, those held are near enough and known already."""
    pairs = scope.pairs()
    found = Meeting.objects.filter(pairing__in=pairs.values("pairing"), noted_at__lt=scope.ends_at)
    exact = count_up_to(found, min(most, EXACT))
    held = pairs.aggregate(held=Sum("meetings", default=0))["held"] if exact == EXACT else 0
    return max(exact, min(most, held))


MEETINGS = Table(
    key="meetings",
    title=gettext_lazy("Meetings"),
    about=gettext_lazy("When people met or meant to, how long and how; never about what."),
    columns=columns,
    rows=rows,
    count=count,
)
