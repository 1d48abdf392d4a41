"""How often leaders put meetings off. Of a group only: of one person it is nobody's business."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from mentoring.feedback.disclosure import AVERAGE
from mentoring.reports.disclosure.cells import Value
from mentoring.reports.disclosure.measures.base import Fact, Measure, Month
from mentoring.reports.models import PairFigures
from programs.enums import Side


def _facts(month: Month) -> Iterator[Fact]:
    rows = PairFigures.objects.filter(snapshot=month.snapshot).order_by("pk")
    for member_id, cohort, moved, held in rows.values_list(
        "pairing__mentee__member", "cohort", "moved_by_mentee", "meetings"
    ):
        yield Fact(member_id, cohort, Side.MENTEE, (moved, held))


def _value(people: Sequence[Sequence[Any]]) -> Value:
    """Both sums, each of which is one number of each person."""
    moved = sum(each for person in people for each, _held in person)
    held = sum(each for person in people for _moved, each in person)
    share = round(moved / held, 2) if held else None
    return {"moved": moved, "held": held, "ratio": share, "people": len(people)}


RELIABILITY = Measure(
    key="leader_reliability",
    name=_("Meetings put off by mentees"),
    definition=_(
        "Meetings that mentees moved or called off, for each meeting that was held. Of groups of"
        " at least five mentees."
    ),
    least=AVERAGE,
    sides=(Side.MENTEE,),
    facts=_facts,
    value=_value,
)
