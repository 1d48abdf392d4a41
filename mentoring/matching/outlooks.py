"""How one pair stands in a plan: ranks on both sides, and what other partners would cost.

A worker works it out from what the run kept; no request does. It is remembered for an hour and
may be forgotten at any time: whoever looks again asks again.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.core.cache import cache
from django.db import transaction

from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.definitions import Definitions
from mentoring.matching.engine.pairs import allowed
from mentoring.matching.engine.result import CLOSED, Certificate
from mentoring.matching.engine.settings import floor_units
from mentoring.matching.models import Run, RunData, RunPair
from mentoring.matching.recipes import Settings, from_json
from mentoring.matching.running.packing import Question, unpacked, unpacked_certificate
from mentoring.outbox import nudge

TASK = "matching.look_at_pair"
PREFIX = "matching-outlook"
REMEMBERED = 3600
ASKED = 15
OTHERS = 3
# More than anybody has partners, who are left out of the others afterwards.
LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Key:
    """A pair of participants, seen from a run."""

    run_id: UUID
    mentor_id: UUID
    mentee_id: UUID

    def __str__(self) -> str:
        return f"{PREFIX}:{self.run_id}:{self.mentor_id}:{self.mentee_id}"


def remembered(key: Key) -> dict[str, Any] | None:
    """What a worker found, if it has looked."""
    found: dict[str, Any] | None = cache.get(str(key))
    return found


def ask_after_commit(organization_id: UUID, key: Key) -> None:
    """Have a worker look, unless one was asked just now; whoever waits asks again later."""
    if not cache.add(f"{key}:asked", True, ASKED):
        return
    arguments = {name: str(getattr(key, name)) for name in key.__slots__}
    nudge.ask_after_commit(TASK, {"organization_id": str(organization_id), **arguments})


def work_out(key: Key) -> bool:
    """Look at the pair and remember it; return whether there was something to look at.

    Call it outside a transaction: the numbers take a while in a large cohort.
    """
    asked = _asked(key)
    if asked is None:
        return False
    question, settings, proof, pairs = asked
    found: dict[str, Any] = {"is_known": False}
    if key.mentee_id in question.mentees and key.mentor_id in question.mentors:
        definitions = Definitions(question.arrays, settings.rules, settings.weights)
        floor = floor_units(settings.rules)
        found = _outlook(key, question, (definitions, proof, floor), pairs)
    cache.set(str(key), found, REMEMBERED)
    return True


@transaction.atomic
def _asked(key: Key) -> tuple[Question, Settings, Certificate, set[tuple[UUID, UUID]]] | None:
    """What is kept of the run, and who are pairs in it."""
    run = Run.objects.finished().filter(pk=key.run_id).first()
    data = RunData.objects.filter(run=run).first() if run else None
    if run is None or data is None:
        return None
    pairs = RunPair.objects.filter(run=run).values_list("mentor_id", "mentee_id")
    proof = unpacked_certificate(data.certificate)
    return unpacked(data.inputs), from_json(run.settings), proof, set(pairs)


def _outlook(
    key: Key,
    question: Question,
    asked: tuple[Definitions, Certificate, int],
    pairs: set[tuple[UUID, UUID]],
) -> dict[str, Any]:
    """Partners count as possible from the program's least score, not from the raised one."""
    definitions, proof, floor = asked
    mentee, mentor = question.mentees.index(key.mentee_id), question.mentors.index(key.mentor_id)
    one, other = np.array([mentee]), np.array([mentor])
    score = int(definitions.scores(one, other)[0])
    mine = allowed(definitions, floor, one, np.arange(len(proof.v)))
    theirs = allowed(definitions, floor, np.arange(len(proof.u)), other)
    prices = (proof.u[mentee] + proof.v - proof.extra, proof.u + proof.v[mentor] - proof.extra)
    parts = definitions.parts(one, other)
    return {
        "is_known": True,
        "score": score,
        "parts": {name: int(value[0]) for name, value in parts.items() if value[0]},
        "mentee": _standing(mine, score),
        "mentor": _standing(theirs, score),
        "for_mentee": [
            each
            for each in _cheapest(prices[0] - mine, mine, question.mentors, proof.extra)
            if (UUID(each["participant"]), key.mentee_id) not in pairs
        ][:OTHERS],
        "for_mentor": [
            each
            for each in _cheapest(prices[1] - theirs, theirs, question.mentees, proof.extra)
            if (key.mentor_id, UUID(each["participant"])) not in pairs
        ][:OTHERS],
    }


def _standing(scores: Ints, score: int) -> dict[str, int]:
    """The rank of the pair among all allowed partners of one person."""
    return {"rank": 1 + int(np.sum(scores > score)), "partners": int(np.sum(scores >= 0))}


def _cheapest(cost: Ints, scores: Ints, people: list[UUID], extra: int) -> list[dict[str, Any]]:
    """The allowed partners with a place that would cost the cohort least, and how much.

    The lift that puts most people first is told apart: it counts pairs, not points.
    """
    fit = np.flatnonzero((scores >= 0) & (cost < CLOSED // 2))
    order = fit[np.lexsort((fit, cost[fit]))]
    found = []
    for each in order[:LOOKED_AT]:
        pairs = (int(cost[each]) + extra // 2) // extra if extra else 0
        found.append(
            {
                "participant": str(people[each]),
                "score": int(scores[each]),
                "pairs": pairs,
                "cost": max(0, int(cost[each]) - pairs * extra),
            }
        )
    return found
