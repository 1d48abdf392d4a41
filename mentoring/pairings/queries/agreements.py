"""What a pair has agreed on: for the two with its words, for higher floors without them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q

from mentoring.lib.clock import day_at, zone_named
from mentoring.pairings.models import Agreement, AgreementText, Pairing
from mentoring.pairings.sealed import unseal_agreed
from programs.enums import Cadence
from programs.proposals import months_later

# From here on conversations tend to go deeper; shorter ones get a hint and are fine.
GOOD_MINUTES = 45
POINTS = ("cadence", "minutes", "ends_on", "offers", "seeks")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a pair means to meet, for how long each time, and until when.

    ``is_agreed`` says whether the two have agreed on it; else it is the program's default.
    """

    cadence: Cadence
    minutes: int
    ends_on: date | None
    is_agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The answers to the four points: how often and how long at a time, until when, and words."""

    cadence: Cadence
    minutes: int
    ends_on: date
    offers: str
    seeks: str

    @property
    def is_short(self) -> bool:
        """Whether meetings are shorter than what is a good start."""
        return self.minutes < GOOD_MINUTES


@dataclass(frozen=True, slots=True)
class Version:
    """One version with its words, as one of the two may read it."""

    agreement: Agreement
    terms: Terms


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a pair stands with its agreement."""

    current: Version | None = None
    proposal: Version | None = None
    # All versions, the newest first.
    history: list[Version] = field(default_factory=list)

    @property
    def changed(self) -> frozenset[str]:
        """The points in which the proposal differs from what is in force."""
        if not (self.current and self.proposal):
            return frozenset()
        now, then = self.current.terms, self.proposal.terms
        return frozenset(each for each in POINTS if getattr(now, each) != getattr(then, each))

    @property
    def seen(self) -> int:
        """The number of the open proposal, to tell later whether it is still the same; or 0."""
        return self.proposal.agreement.version if self.proposal else 0


def standing_of(pairing: Pairing) -> Standing:
    """The agreement in force, the open proposal and all versions; one query.

    Ask as one of the two: the database shows the words to nobody else, and without them
    there is nothing here.
    """
    rows = AgreementText.objects.filter(agreement__pairing=pairing).select_related("agreement")
    history = [_version(each) for each in rows.order_by("-agreement__version")]
    return Standing(
        next((each for each in history if _is_in_force(each.agreement)), None),
        next((each for each in history if each.agreement.is_open), None),
        history,
    )


def agreeing_of(pairings: Iterable[Pairing]) -> dict[UUID, Agreement]:
    """The latest version of each pairing that is open or in force; none of it is confidential.

    One query. Those without one are not in it.
    """
    keys = [each.pk for each in pairings]
    rows = Agreement.objects.filter(pairing__in=keys, withdrawn_at=None, replaced_at=None)
    return {each.pairing_id: each for each in rows.order_by("version")}


def in_force_of(pairing: Pairing, *, most: int) -> list[Agreement]:
    """The latest versions that are or were in force, without their words. One query."""
    rows = Agreement.objects.filter(pairing=pairing, in_force_at__isnull=False)
    return list(rows.order_by("-in_force_at")[:most])


def rhythm_of(pairings: Iterable[Pairing]) -> dict[UUID, Rhythm]:
    """What counts for each pairing now: the agreement in force, else the program's defaults.

    One query, however many; nothing has to be loaded with the pairings. Whoever may see the
    pairings may see this.
    """
    current = FilteredRelation(
        "agreements",
        condition=Q(agreements__in_force_at__isnull=False, agreements__replaced_at=None),
    )
    rows = Pairing.objects.filter(pk__in={each.pk for each in pairings})
    found = (
        rows.annotate(current=current)
        .order_by()
        .values(
            "pk",
            "began_at",
            "organization__time_zone",
            "cohort__ends_on",
            "cohort__program__cadence",
            "cohort__program__meeting_minutes",
            "cohort__program__length_months",
            "current__cadence",
            "current__minutes",
            "current__ends_on",
        )
    )
    return {row["pk"]: _rhythm(row) for row in found}


def _rhythm(row: Mapping[str, Any]) -> Rhythm:
    if cadence := row["current__cadence"]:
        return Rhythm(Cadence(cadence), row["current__minutes"], row["current__ends_on"], True)
    return Rhythm(
        Cadence(row["cohort__program__cadence"]),
        row["cohort__program__meeting_minutes"],
        _usual_end(row),
        False,
    )


def _usual_end(row: Mapping[str, Any]) -> date | None:
    """As many months after the beginning as the program says; the cohort's end before that."""
    began_at: datetime | None = row["began_at"]
    if not began_at:
        end: date | None = row["cohort__ends_on"]
        return end
    began_on = day_at(began_at, zone_named(row["organization__time_zone"]))
    return months_later(began_on, row["cohort__program__length_months"])


def _version(row: AgreementText) -> Version:
    agreement = row.agreement
    offers, seeks = unseal_agreed(row.offers, row.seeks)
    terms = Terms(
        cadence=Cadence(agreement.cadence),
        minutes=agreement.minutes,
        ends_on=agreement.ends_on,
        offers=offers,
        seeks=seeks,
    )
    return Version(agreement, terms)


def _is_in_force(agreement: Agreement) -> bool:
    return agreement.in_force_at is not None and agreement.replaced_at is None
