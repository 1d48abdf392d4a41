"""What admins learn from a result besides pairs: supply, demand, shortages, stability.

Prices and names of mentors whom many want are for admins only.
"""

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from mentoring.matching.engine.result import CLOSED, Result
from mentoring.matching.running.packing import Question

if TYPE_CHECKING:
    # Who only shows facts needs no compiler.
    from mentoring.matching.engine.explain import Unmatched
    from mentoring.matching.engine.stability import Stability

MOST = 10


def facts_of(question: Question, result: Result) -> dict[str, Any]:
    """JSON-ready; added to what was known of the people who take no part."""
    return {
        "reasons": _reasons(result),
        "topics": topics_of(question),
        "contested": _contested(question, result),
        "shortages": _shortages(result),
        "stability": _stability(question, result.stability),
        "worst_raised_to": result.worst_raised_to,
        "raising_cost": result.raising_cost,
        "same_every_time": result.same_every_time,
    }


def topics_of(question: Question) -> list[dict[str, Any]]:
    """Per topic: how many seek it, how many offer it, and how many places these have."""
    mentees, mentors = question.arrays.mentees, question.arrays.mentors
    offered = mentors.topics > 0
    sought = np.sum(mentees.topics > 0, axis=0)
    places = np.sum(offered * mentors.capacity[:, None], axis=0)
    return [
        {"topic": str(topic), "sought": int(wants), "offered": int(offers), "places": int(room)}
        for topic, wants, offers, room in zip(
            question.topics, sought, offered.sum(axis=0), places, strict=True
        )
    ]


def rest_of(found: "Unmatched") -> dict[str, Any]:
    """The counts of one explanation, without zeros."""
    facts: dict[str, Any] = {
        name: getattr(found, name)
        for name in ("partners", "broken", "cost_people", "cost_score", "people", "places")
    }
    facts["relax"] = list(found.relax) if found.relax else None
    return {name: value for name, value in facts.items() if value}


def _reasons(result: Result) -> dict[str, dict[str, int]]:
    counted = {side: Counter[str]() for side in ("mentor", "mentee")}
    for each in result.unmatched:
        counted[each.side][each.reason] += 1
    return {side: dict(sorted(reasons.items())) for side, reasons in counted.items()}


def _contested(question: Question, result: Result) -> list[dict[str, Any]]:
    """The mentors without whom the plan would lose most: in pairs, and in score."""
    extra, prices = result.certificate.extra, result.certificate.v
    wanted = np.flatnonzero((prices > 0) & (prices < CLOSED))
    order = wanted[np.lexsort((wanted, -prices[wanted]))][:MOST]
    pairs = [(int(prices[each]) + extra // 2) // extra if extra else 0 for each in order]
    return [
        {
            "participant": str(question.mentors[each]),
            "pairs": fewer,
            "score": int(prices[each]) - fewer * extra,
        }
        for each, fewer in zip(order, pairs, strict=True)
    ]


def _shortages(result: Result) -> list[dict[str, int]]:
    """Groups of mentees who share too few places, the largest first."""
    short = Counter((each.people, each.places) for each in result.unmatched if each.people)
    return [
        {"people": people, "places": places, "left": left}
        for (people, places), left in sorted(short.items(), reverse=True)[:MOST]
    ]


def _stability(question: Question, found: "Stability | None") -> dict[str, Any]:
    if not found:
        return {}
    return {
        "blocking": found.blocking,
        "material": found.material,
        "worst": [
            [str(question.mentors[mentor]), str(question.mentees[mentee])]
            for mentee, mentor in found.worst[:MOST].tolist()
        ],
        "stable_score": found.stable_score,
        "stable_pairs": found.stable_pairs,
        "cost": found.cost,
    }
