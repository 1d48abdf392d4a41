"""Looking back: what somebody writes for themselves, shares, and wants to keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from mentoring.feedback.models import KeepsakeConsent, Reflection
from mentoring.feedback.parts import CommonPart, OwnPart
from mentoring.feedback.queries.closing import is_open, own_rows
from mentoring.feedback.sealed import seal_reflection, unseal_reflection
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.pairs import Card
from mentoring.profiles.queries.own import ratings_of


class NotOpen(Exception):
    """The two go on, or have ended it in a way that asks nobody to look back."""


class Changed(Exception):
    """The person has saved something else since that page; ``version`` is what counts now."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says of today, and which parts of it the partner may read."""

    scores: Mapping[str, int]
    line: str
    shared: frozenset[OwnPart]


@transaction.atomic
def reflect(*, card: Card, said: Said, seen: int, now: datetime) -> None:
    """Keep what somebody looks back on; ``seen`` is the version that was on the page.

    Call it as that one of the two. A part that is shared is written anew with the scores of
    the start; one that is not is the writer's alone from then on. Saying the same again changes
    nothing. Raises NotOpen or Changed.
    """
    pairing = _locked(card.pairing)
    rows = {each.part: each for each in own_rows(pairing, card.me.member_id)}
    version = max((each.version for each in rows.values()), default=0)
    parts = _parts_of(card, rows, said)
    if rows and all(_is_kept(rows[part], told, said) for part, told in parts.items()):
        return
    if version != seen:
        raise Changed(version)
    for part, told in parts.items():
        shares = part in said.shared and bool(told)
        Reflection.objects.update_or_create(
            pairing=pairing,
            writer_id=card.me.member_id,
            part=part,
            defaults={
                "organization_id": pairing.organization_id,
                "reader_id": card.partner.member_id if shares else None,
                "text": seal_reflection(told),
                "version": version + 1,
                "saved_at": now,
            },
        )


@transaction.atomic
def choose(*, card: Card, part: CommonPart, keeps: bool, now: datetime) -> None:
    """Say whether a part that is about both shall be in the keepsake; either may think again.

    Call it as that one of the two. Raises NotOpen.
    """
    pairing = _locked(card.pairing)
    mine = {"pairing": pairing, "part": part, "side": card.side}
    if not keeps:
        KeepsakeConsent.objects.filter(**mine).delete()
        return
    KeepsakeConsent.objects.get_or_create(
        **mine,
        defaults={
            "organization_id": pairing.organization_id,
            "mentor_member_id": pairing.mentor.member_id,
            "mentee_member_id": pairing.mentee.member_id,
            "given_at": now,
        },
    )


def _locked(pairing: Pairing) -> Pairing:
    """The pair, locked: who saves in two tabs, or while the other goes on after all, waits."""
    found: Pairing = Pairing.objects.with_people().locked().get(pk=pairing.pk)
    if not is_open(found):
        raise NotOpen
    return found


def _parts_of(
    card: Card, rows: Mapping[str, Reflection], said: Said
) -> dict[OwnPart, dict[str, Any]]:
    standing: dict[str, Any] = {"now": dict(said.scores)} if said.scores else {}
    if standing and OwnPart.STANDING in said.shared:
        known = rows.get(OwnPart.STANDING)
        kept = unseal_reflection(known.text).get("then", {}) if known else {}
        standing["then"] = ratings_of(card.me) or kept
    return {OwnPart.STANDING: standing, OwnPart.LINE: {"line": said.line} if said.line else {}}


def _is_kept(row: Reflection, told: Mapping[str, Any], said: Said) -> bool:
    is_shared = row.part in said.shared and bool(told)
    return unseal_reflection(row.text) == told and bool(row.reader_id) == is_shared
