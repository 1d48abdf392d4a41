"""Saying who may join a cohort."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts.models import Member
from accounts.operations.audit import record
from programs.enums import Action, Audience, CohortState, Side
from programs.models import Cohort, Eligibility
from programs.operations.cohorts import Finished

FIELDS = ("department_id", "location_id", "grade_id", "member_id")

type Line = tuple[Audience, str, UUID]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for one side, as ids."""

    departments: Collection[UUID] = ()
    locations: Collection[UUID] = ()
    grades: Collection[UUID] = ()
    people: Collection[UUID] = ()

    def things(self) -> set[tuple[str, UUID]]:
        chosen = (self.departments, self.locations, self.grades, self.people)
        return {(field, key) for field, keys in zip(FIELDS, chosen, strict=True) for key in keys}


@transaction.atomic
def set_eligibility(*, cohort: Cohort, choices: Mapping[Side, Choice], actor: Member) -> None:
    """Let these people in and no others; whoever has enrolled stays. Raises Finished."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if cohort.state == CohortState.CLOSED:
        raise Finished
    wanted = _lines(choices)
    there = {_line(each): each.pk for each in Eligibility.objects.filter(cohort=cohort)}
    if wanted == there.keys():
        return
    gone = [key for line, key in there.items() if line not in wanted]
    Eligibility.objects.filter(pk__in=gone).delete()
    Eligibility.objects.bulk_create(
        Eligibility(cohort=cohort, audience=audience, **{field: key})
        for audience, field, key in sorted(wanted - there.keys(), key=str)
    )
    record(
        actor=actor,
        action=Action.ELIGIBILITY_CHANGED,
        subject_id=cohort.pk,
        subject_name=cohort.name,
        details={"eligibility_lines": [len(there), len(wanted)]},
    )


def _lines(choices: Mapping[Side, Choice]) -> set[Line]:
    """One line for what holds for both sides, else one for the side."""
    of_side = {side: choices.get(side, Choice()).things() for side in Side}
    both = of_side[Side.MENTOR] & of_side[Side.MENTEE]
    lines: set[Line] = {(Audience.BOTH, field, key) for field, key in both}
    for side, things in of_side.items():
        lines |= {(Audience(side.value), field, key) for field, key in things - both}
    return lines


def _line(each: Eligibility) -> Line:
    field = next(name for name in FIELDS if getattr(each, name) is not None)
    return Audience(each.audience), field, getattr(each, field)
