"""Holding pairs of an older plan against the people and wishes of this moment."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import numpy as np

from mentoring.matching.assembling.cohorts import Assembled, assemble
from mentoring.matching.engine.arrays import Bools
from mentoring.matching.engine.definitions import Definitions
from mentoring.matching.enums import LeftOut
from mentoring.matching.models import RunPair
from mentoring.matching.recipes import Settings
from programs.models import Cohort

type Key = tuple[UUID, UUID]


def misfits(
    cohort: Cohort, settings: Settings, pairs: Sequence[RunPair], *, now: datetime
) -> tuple[dict[UUID, str], set[Key]]:
    """The pairs that may not be proposed any more, and why; and which may break a rule.

    The rules are the run's. Places go to the best pairs first. The keys of those that a
    second person has let break a rule are of mentor and mentee. Hold the participants locked.
    """
    found = assemble(cohort, settings, now=now)
    row, column = (
        {key: at for at, key in enumerate(side)} for side in (found.mentees, found.mentors)
    )
    there_now = {*row, *column}
    away = {each.pk: _absence(found, there_now, each) for each in pairs}
    there = [each for each in pairs if not away[each.pk]]
    approved = {found.pair(row) for row in found.arrays.approved}
    mentees = np.array([row[each.mentee_id] for each in there], dtype=np.int64)
    mentors = np.array([column[each.mentor_id] for each in there], dtype=np.int64)
    definitions = Definitions(found.arrays, settings.rules, settings.weights)
    broken = definitions.broken(mentees, mentors) if there else {}
    reasons = {key: why for key, why in away.items() if why}
    places = found.arrays.mentees.capacity.copy(), found.arrays.mentors.capacity.copy()
    for at in sorted(range(len(there)), key=lambda at: (-there[at].score, there[at].pk)):
        pair = there[at]
        is_approved = (pair.mentor_id, pair.mentee_id) in approved
        why = _broken(broken, at, is_approved=is_approved)
        if not why and (places[0][mentees[at]] < 1 or places[1][mentors[at]] < 1):
            why = "full"
        if why:
            reasons[pair.pk] = why
        else:
            places[0][mentees[at]] -= 1
            places[1][mentors[at]] -= 1
    return reasons, approved


def _absence(found: Assembled, there: set[UUID], pair: RunPair) -> str:
    """“full” or “away” if one of the two is not among those who can be matched."""
    missing = [each for each in (pair.mentor_id, pair.mentee_id) if each not in there]
    why = {found.left_out[each][1] if each in found.left_out else None for each in missing}
    if not missing:
        return ""
    return "full" if why == {LeftOut.FULL} else "away"


def _broken(broken: dict[str, Bools], at: int, *, is_approved: bool) -> str:
    """The first rule that the pair breaks; a second person's yes does not undo a block."""
    names = [name for name, found in broken.items() if found[at]]
    counts = [name for name in names if name == "blocked" or not is_approved]
    return counts[0] if counts else ""
