"""How it is going, as one of the two said it. Ask as that member: nobody else may read it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import Member
from mentoring.checkins.enums import Said
from mentoring.checkins.models import CheckIn, OwnDay
from mentoring.checkins.rhythm import ASK, STANDS, is_asked
from mentoring.outbox.queries import next_occasion
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.pairs import Card

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands with the check-ins of one pair.

    ``current`` is the one to which an answer of now belongs; ``said`` what the person said to
    it, if anything.
    """

    current: CheckIn | None
    said: Said | None

    @property
    def awaits_me(self) -> bool:
        """Whether the person is asked and has not answered yet."""
        return self.current is not None and self.current.answered_at is None


NOTHING = Standing(None, None)


@dataclass(frozen=True, slots=True)
class Past:
    """One check-in of before, and what the person said."""

    check_in: CheckIn
    said: Said | None


def standing_of(pairing: Pairing, member: Member, *, now: datetime) -> Standing:
    """For one pair, in one query."""
    return standings_of([pairing.pk], member, now=now).get(pairing.pk, NOTHING)


def standings_of(
    pairings: Collection[UUID], member: Member, *, now: datetime
) -> dict[UUID, Standing]:
    """For several pairs of the member, in one query."""
    rows = CheckIn.objects.filter(pairing__in=list(pairings), member=member).with_answers()
    latest = rows.order_by("pairing", "-on", "-pk").distinct("pairing")
    return {each.pairing_id: _standing(each, now=now) for each in latest}


def past_of(pairing: Pairing, member: Member) -> list[Past]:
    """The latest of the member's check-ins, one query."""
    rows = CheckIn.objects.filter(pairing=pairing, member=member, answered_at__isnull=False)
    return [Past(each, _said(each)) for each in rows.with_answers().latest_first()[:SHOWN]]


def check_in_with_key(key: UUID, member_id: UUID) -> CheckIn | None:
    """The member's check-in, with the pairing and its people, while nothing newer was asked."""
    rows = CheckIn.objects.filter(pk=key, member=member_id).with_answers()
    found: CheckIn | None = rows.first()
    if found is None:
        return None
    newer = CheckIn.objects.filter(pairing=found.pairing_id, member=member_id, on__gt=found.on)
    if newer.exists():
        return None
    pairing = Pairing.objects.with_people().select_related("organization")
    found.pairing = pairing.get(pk=found.pairing_id)
    return found if is_asked(found.pairing) else None


def said_in(check_in: CheckIn) -> Said | None:
    """What was said to a check-in that comes with its answer."""
    return _said(check_in)


def asked_on(
    occasions: Iterable[tuple[UUID, UUID, date]],
) -> dict[tuple[UUID, UUID, date], CheckIn]:
    """Check-ins by pairing, member and day. One query."""
    wanted = set(occasions)
    rows = CheckIn.objects.filter(
        pairing__in={pairing for pairing, _, _ in wanted}, on__in={day for _, _, day in wanted}
    )
    found = {(each.pairing_id, each.member_id, each.on): each for each in rows}
    return {key: each for key, each in found.items() if key in wanted}


def own_days_of(pairings: Collection[UUID]) -> dict[tuple[UUID, UUID], date]:
    """The days that people chose, by pairing and member. One query."""
    rows = OwnDay.objects.filter(pairing__in=list(pairings))
    return {
        (pairing, member): day
        for pairing, member, day in rows.values_list("pairing", "member", "day")
    }


def own_day_of(pairing: Pairing, member: Member) -> date | None:
    return own_days_of([pairing.pk]).get((pairing.pk, member.pk))


def next_at(card: Card, *, now: datetime) -> datetime | None:
    """When the person is asked next; None when nobody will ask, or is about to."""
    found = next_occasion(kind=ASK, person=card.me.member_id, subject_id=card.pairing.pk)
    return found if found and found > now else None


def _standing(latest: CheckIn, *, now: datetime) -> Standing:
    since = latest.asked_at or latest.answered_at
    if since is None or since < now - STANDS:
        return NOTHING
    return Standing(latest, _said(latest))


def _said(row: CheckIn) -> Said | None:
    said = getattr(row, "said", None)
    return Said(said) if said else None
