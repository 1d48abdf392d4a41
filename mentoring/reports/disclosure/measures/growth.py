"""How people see themselves at the end, less how they did at the start.

Both are their writer's alone, so a worker reads them as each writer in turn. One person's change
is one number, the same in every group; mentors and mentees rate other statements, so that the
two measures tell nothing about each other.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from statistics import fmean
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mentoring.feedback.disclosure import AVERAGE
from mentoring.feedback.models import Reflection
from mentoring.feedback.parts import OwnPart
from mentoring.feedback.sealed import unseal_reflection
from mentoring.pairings.models import Pairing
from mentoring.profiles.models import SelfRating
from mentoring.profiles.ratings import statements_of
from mentoring.reports.disclosure.cells import Value
from mentoring.reports.disclosure.measures.base import Fact, Measure, Month
from mentoring.tenancy.scope import organization_in_scope, within
from programs.enums import Side

# Pairing, cohort and participant.
type Seat = tuple[UUID, UUID, UUID]


def _facts(side: Side, month: Month) -> Iterator[Fact]:
    pairs = Pairing.objects.filter(introduced_at__lt=month.ends_at).order_by("pk")
    seats: dict[UUID, list[Seat]] = {}
    for member_id, *seat in pairs.values_list(f"{side}__member", "pk", "cohort", side):
        seats.setdefault(member_id, []).append((seat[0], seat[1], seat[2]))
    for member_id, own in seats.items():
        with within(organization_in_scope(), member_id=member_id):
            yield from _own_facts(side, member_id, own, month)


def _own_facts(side: Side, member_id: UUID, own: Sequence[Seat], month: Month) -> Iterator[Fact]:
    """What one person says of each of their pairs; call it as that person."""
    rows = Reflection.objects.filter(
        writer=member_id,
        part=OwnPart.STANDING,
        pairing__in=[pairing for pairing, _cohort, _participant in own],
        saved_at__lt=month.ends_at,
    )
    said = {each.pairing_id: unseal_reflection(each.text) for each in rows}
    if not said:
        return
    begun: dict[UUID, dict[str, int]] = {}
    ratings = SelfRating.objects.filter(member=member_id)
    for participant, statement, score in ratings.values_list("participant", "statement", "score"):
        begun.setdefault(participant, {})[statement] = score
    for pairing, cohort, participant in own:
        told = said.get(pairing, {})
        then = begun.get(participant) or told.get("then", {})
        change = _change(side, then, told.get("now", {}))
        if change is not None:
            yield Fact(member_id, cohort, side, change)


def _change(side: Side, then: Mapping[str, int], now: Mapping[str, int]) -> float | None:
    keys = [each.key for each in statements_of(side) if each.key in then and each.key in now]
    return fmean(now[key] - then[key] for key in keys) if keys else None


def _value(people: Sequence[Sequence[Any]]) -> Value:
    return {"mean": round(fmean(map(fmean, people)), 2), "people": len(people)}


GROWTH = (
    Measure(
        key="mentor_growth",
        name=_("Growth of mentors"),
        definition=_(
            "How mentors rate themselves at the end, from 1 to 5, less how they did at the start:"
            " the mean over the statements that they rated both times, and each person once."
        ),
        least=AVERAGE,
        sides=(Side.MENTOR,),
        facts=partial(_facts, Side.MENTOR),
        value=_value,
    ),
    Measure(
        key="mentee_learning",
        name=_("Learning of mentees"),
        definition=_(
            "How mentees rate themselves at the end, from 1 to 5, less how they did at the start:"
            " the mean over the statements that they rated both times, and each person once."
        ),
        least=AVERAGE,
        sides=(Side.MENTEE,),
        facts=partial(_facts, Side.MENTEE),
        value=_value,
    ),
)
