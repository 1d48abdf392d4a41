"""How many of those who were asked have answered, moment by moment; never who."""

from collections.abc import Iterator, Sequence
from functools import partial
from statistics import fmean
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mentoring.feedback.disclosure import ASKED
from mentoring.feedback.models import Response
from mentoring.reports.disclosure.cells import Value
from mentoring.reports.disclosure.measures.base import Fact, Measure, Month
from programs.enums import Moment, Side


def _facts(moment: Moment, month: Month) -> Iterator[Fact]:
    rows = Response.objects.filter(moment=moment, asked_at__lt=month.ends_at).order_by("pk")
    for member_id, cohort, side, sent_at in rows.values_list(
        "member", "pairing__cohort", "side", "sent_at"
    ):
        has_answered = sent_at is not None and sent_at < month.ends_at
        yield Fact(member_id, cohort, Side(side), int(has_answered))


def _value(people: Sequence[Sequence[Any]]) -> Value:
    """Who was asked in two pairs and has answered in one of them has answered half."""
    return {"rate": round(fmean(map(fmean, people)), 3), "people": len(people)}


def _measure(moment: Moment) -> Measure:
    return Measure(
        key=f"response_{moment.value}",
        name=format_lazy(_("Answered: {moment}"), moment=moment.label),
        definition=_(
            "Of the people who were asked, the share that has answered. Who was asked in two pairs"
            " and has answered for one of them counts as half."
        ),
        least=ASKED,
        sides=(Side.MENTOR, Side.MENTEE),
        facts=partial(_facts, moment),
        value=_value,
    )


BY_MOMENT = {each: _measure(each) for each in Moment}
RESPONSES = tuple(BY_MOMENT.values())
