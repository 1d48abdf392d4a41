"""A worker's look at a pair, ready to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mentoring.matching.engine.settings import POINT
from mentoring.matching.models import Run
from mentoring.matching.recipes import from_json
from mentoring.matching.showing.figures import Part, parts_of, points
from programs.models import Participant


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else who would fit, and what that would cost the cohort at least."""

    person: Participant
    points: int
    fewer_pairs: int
    cost: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a pair stands among all that either of the two could be in.

    Nothing is known of people who took no part in the run.
    """

    is_known: bool
    points: int = 0
    parts: tuple[Part, ...] = ()
    mentee: Mapping[str, int] | None = None
    mentor: Mapping[str, int] | None = None
    for_mentee: tuple[Other, ...] = ()
    for_mentor: tuple[Other, ...] = ()


def shown(found: Mapping[str, Any], run: Run) -> Outlook:
    """With the names of the others; one query."""
    if not found["is_known"]:
        return Outlook(is_known=False)
    listed = [*found["for_mentee"], *found["for_mentor"]]
    keys = [each["participant"] for each in listed]
    people = {
        str(each.pk): each
        for each in Participant.objects.filter(pk__in=keys).select_related("member__department")
    }

    def others(side: str) -> tuple[Other, ...]:
        return tuple(
            Other(
                people[each["participant"]],
                points(each["score"]),
                max(each["pairs"], 0),
                max(round(each["cost"] / POINT, 1), 0.0),
            )
            for each in found[side]
            if each["participant"] in people
        )

    weights = from_json(run.settings).as_json()["weights"]
    return Outlook(
        is_known=True,
        points=points(found["score"]),
        parts=tuple(parts_of(found["parts"], weights)),
        mentee=found["mentee"],
        mentor=found["mentor"],
        for_mentee=others("for_mentee"),
        for_mentor=others("for_mentor"),
    )
