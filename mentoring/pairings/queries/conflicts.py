"""Pairs that the reporting line has brought too close."""

from collections.abc import Iterable
from uuid import UUID

from accounts.enums import Conflict
from accounts.queries.chart import chain_conflicts
from mentoring.pairings.models import Pairing


def conflicting(pairings: Iterable[Pairing]) -> dict[UUID, Conflict]:
    """Those of the pairings whose two people are too close now, and where the mentor stands.

    A conflict that was allowed when they were proposed is none. One query; load the
    participants with the pairings.
    """
    found = list(pairings)
    pairs = {each.pk: (each.mentor.member_id, each.mentee.member_id) for each in found}
    close = chain_conflicts(pairs.values())
    allowed = {each.pk: each.allowed_conflict for each in found}
    return {
        key: close[pair]
        for key, pair in pairs.items()
        if pair in close and close[pair] != allowed[key]
    }


def open_pairings() -> Iterable[Pairing]:
    """Everything proposed or live, with what `conflicting` needs and no more."""
    rows = Pairing.objects.open().select_related("mentor", "mentee")
    return rows.only(
        "organization", "conflict", "allowed_conflict", "mentor__member", "mentee__member"
    ).order_by("pk")
