"""What people said last in a month, when they were asked how it is going.

An answer is its writer's alone, so a worker reads it as each writer in turn. Months are not told
apart by the ledger: who is well in one is likely to be so in the next.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from mentoring.checkins.enums import Said
from mentoring.checkins.models import Answer, CheckIn
from mentoring.feedback.disclosure import DISTRIBUTION
from mentoring.reports.disclosure.cells import Value
from mentoring.reports.disclosure.measures.base import Fact, Measure, Month
from mentoring.tenancy.scope import organization_in_scope, within
from programs.enums import Side


def _facts(month: Month) -> Iterator[Fact]:
    """The latest answer for each cohort and side; with when, so that the latest of all counts."""
    asked = CheckIn.objects.filter(answered_at__gte=month.begins_at).order_by()
    for member_id in sorted(set(asked.values_list("member", flat=True))):
        with within(organization_in_scope(), member_id=member_id):
            rows = Answer.objects.filter(
                member=member_id, at__gte=month.begins_at, at__lt=month.ends_at
            )
            latest = rows.order_by("at", "pk").values_list(
                "check_in__pairing__cohort", "check_in__side", "at", "pk", "said"
            )
            found = {(cohort, side): (at, pk, said) for cohort, side, at, pk, said in latest}
        for (cohort, side), datum in found.items():
            yield Fact(member_id, cohort, Side(side), datum)


def _value(people: Sequence[Sequence[Any]]) -> Value:
    said = Counter(max(each)[-1] for each in people)
    return {"counts": {each.value: said[each] for each in Said}, "people": len(people)}


CHECK_INS = Measure(
    key="check_ins",
    name=_("How it is going"),
    definition=_(
        "What people answered to the last check-in of the month that they answered, each person"
        " once. Who asks for help is known to nobody unless they tell it themselves."
    ),
    least=DISTRIBUTION,
    sides=(Side.MENTOR, Side.MENTEE),
    facts=_facts,
    value=_value,
)
