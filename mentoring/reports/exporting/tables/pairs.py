"""A line for each pair that was accepted by both: states, dates and numbers, and never content."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Conflict
from mentoring.lib.sheets.columns import Column, Kind
from mentoring.pairings.enums import EndReason, Origin, PairingState
from mentoring.reports.exporting.references import pair_reference
from mentoring.reports.exporting.scope import Scope
from mentoring.reports.exporting.tables.base import (
    Field,
    Get,
    Row,
    Table,
    by_cohort,
    columns_of,
    count_up_to,
    field,
    labeled,
    labels,
    terms_of,
)
from programs.enums import Cadence

SIDES = ("mentor", "mentee")
NUMBERS = ("meetings", "minutes", "moved_by_mentor", "moved_by_mentee")
DATES = ("matched_on", "agreed_on", "ends_on", "ended_on", "last_met_on", "next_on")
WORDS = ("state", "origin", "cadence", "end_reason")
PLACES = [f"{side}_{part}" for side in SIDES for part in ("department", "grade", "rank")]
CONFLICTS = [f"pairing__{name}" for name in ("conflict", "conflict_found_at", "allowed_conflict")]
NAMES = ["cohort_id", "pairing_id", *NUMBERS, *DATES, *WORDS, *PLACES, *CONFLICTS]
PEOPLE = [f"pairing__{side}__member__{what}" for side in SIDES for what in ("name", "email")]
KEY = ("pairing_id",)


def fields(scope: Scope) -> list[Field]:
    """All columns. Criteria on protected characteristics are in no snapshot, and so not here."""
    cohorts = {each.pk: each for each in scope.cohorts}
    words = terms_of(scope)

    def reference(row: dict[str, Any]) -> str:
        return pair_reference(scope.organization.pk, row["pairing_id"])

    return [
        field("reference", _("Pair"), value=reference),
        field("program", words["program"], value=lambda row: cohorts[row["cohort_id"]].program),
        field("cohort", _("Cohort"), value=lambda row: cohorts[row["cohort_id"]].name),
        *_people(scope, words),
        *_places(words),
        field("grade_gap", _("Grade gap"), Kind.INTEGER, _gap),
        field("conflict_check", _("Conflict check"), value=_conflict(scope.ends_at)),
        field("match_method", _("Match method"), value=labeled("origin", Origin)),
        field("matched_on", _("Matched on"), Kind.DATE),
        field("agreed_on", _("Agreement on"), Kind.DATE),
        field("cadence", _("Cadence"), value=labeled("cadence", Cadence)),
        field("ends_on", _("Planned end"), Kind.DATE),
        field("ended_on", _("Ended on"), Kind.DATE),
        field("state", _("State"), value=labeled("state", PairingState)),
        field("end_reason", _("Reason for the end"), value=labeled("end_reason", EndReason)),
        field("meetings", _("Meetings held"), Kind.INTEGER),
        field("last_met_on", _("Last meeting"), Kind.DATE),
        field("next_on", _("Next meeting"), Kind.DATE),
        field("hours", _("Hours"), Kind.DECIMAL, lambda row: Decimal(row["minutes"]) / 60),
        *_moves(words),
        field("days_since_contact", _("Days since contact"), Kind.INTEGER, _since(scope)),
    ]


def _people(scope: Scope, words: dict[str, str]) -> Iterator[Field]:
    """Who the two are, unless nobody is to be named."""
    if scope.is_pseudonymous:
        return
    named = {"name": _("%(role)s: name"), "email": _("%(role)s: e-mail address")}
    for what, heading in named.items():
        for side in SIDES:
            path = f"pairing__{side}__member__{what}"
            yield field(f"{side}_{what}", heading % {"role": words[side]}, value=_named(path))


def _named(path: str) -> Get:
    return lambda row: row[path]


def _places(words: dict[str, str]) -> Iterator[Field]:
    named = {"department": _("%(role)s: department"), "grade": _("%(role)s: grade")}
    for part, heading in named.items():
        for side in SIDES:
            yield field(f"{side}_{part}", heading % {"role": words[side]})


def _moves(words: dict[str, str]) -> Iterator[Field]:
    for side in SIDES:
        heading = _("Meetings put off by %(role)s") % {"role": words[side]}
        yield field(f"moved_by_{side}", heading, Kind.INTEGER)


def _gap(row: dict[str, Any]) -> int | None:
    """By how many grades the mentee stands above the mentor."""
    mentor: int | None = row["mentor_rank"]
    mentee: int | None = row["mentee_rank"]
    return None if mentor is None or mentee is None else mentee - mentor


def _conflict(ends_at: datetime) -> Get:
    said = labels(Conflict)
    none, allowed = _("none"), _("Allowed by two people: %(conflict)s")

    def check(row: dict[str, Any]) -> str:
        found_at = row["pairing__conflict_found_at"]
        if row["pairing__conflict"] and (found_at is None or found_at < ends_at):
            return said(row["pairing__conflict"])
        if row["pairing__allowed_conflict"]:
            return allowed % {"conflict": said(row["pairing__allowed_conflict"])}
        return none

    return check


def _since(scope: Scope) -> Callable[[dict[str, Any]], int | None]:
    """Nobody counts any more once a pair has ended."""

    def days(row: dict[str, Any]) -> int | None:
        if row["ended_on"]:
            return None
        since: date = row["last_met_on"] or row["matched_on"]
        return (scope.as_of - since).days

    return days


def columns(scope: Scope) -> tuple[Column, ...]:
    return columns_of(fields(scope))


def rows(scope: Scope) -> Iterator[Row]:
    """The cohorts one after the other, and in each the pairs as they came to be."""
    names = NAMES if scope.is_pseudonymous else [*NAMES, *PEOPLE]
    return by_cohort(scope, scope.pairs(), fields(scope), key=KEY, names=names)


PAIRS = Table(
    key="pairs",
    title=gettext_lazy("Pairs"),
    about=gettext_lazy("Who is with whom, since when, how often they met; never about what."),
    columns=columns,
    rows=rows,
    count=lambda scope, most: count_up_to(scope.pairs(), most),
)
