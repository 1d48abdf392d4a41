"""Whether what is kept of a run is still what the engine answered, and proven."""

from collections.abc import Iterable, Sequence

import numpy as np

from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.definitions import Definitions
from mentoring.matching.engine.verify import verify
from mentoring.matching.models import Run, RunData, RunPair
from mentoring.matching.recipes import from_json
from mentoring.matching.running.keeping import parts_at
from mentoring.matching.running.packing import (
    UNREADABLE,
    Question,
    unpacked,
    unpacked_certificate,
)


def problems_of(run: Run) -> list[str]:
    """What is wrong with the kept pairs, in words; nothing if every number is proven.

    Starts from the people and rules that were kept, never from today's.
    """
    data = RunData.objects.filter(run=run).first()
    if not data or not data.certificate:
        return ["The run has no result."]
    try:
        question, settings = unpacked(data.inputs), from_json(run.settings)
        certificate = unpacked_certificate(data.certificate)
    except UNREADABLE as damage:
        return [f"What was kept of the run is damaged: {damage}"]
    kept = list(RunPair.objects.filter(run=run))
    pairs, order = indexes_of(question, kept)
    if pairs is None:
        return ["A pair is of somebody who was not there."]
    asked = question.arrays, settings.rules, settings.weights
    found = verify(asked, pairs, certificate)
    definitions = Definitions(*asked)
    return [*found, *_numbers(definitions, pairs, [kept[at] for at in order]), *_totals(run, kept)]


def indexes_of(question: Question, kept: Sequence[RunPair]) -> tuple[Ints | None, list[int]]:
    """The pairs as the engine's rows, and which of the kept ones each is."""
    row = {key: at for at, key in enumerate(question.mentees)}
    column = {key: at for at, key in enumerate(question.mentors)}
    if any(each.mentee_id not in row or each.mentor_id not in column for each in kept):
        return None, []
    pairs = np.array(
        [(row[each.mentee_id], column[each.mentor_id]) for each in kept], dtype=np.int64
    ).reshape(len(kept), 2)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return pairs[order], order.tolist()


def _numbers(definitions: Definitions, pairs: Ints, kept: Sequence[RunPair]) -> Iterable[str]:
    """The score of each pair and its parts, which no seal covers."""
    parts = definitions.parts(pairs[:, 0], pairs[:, 1])
    scores = definitions.scores(pairs[:, 0], pairs[:, 1]).tolist()
    wrong = [
        each
        for at, each in enumerate(kept)
        if (each.score, each.parts) != (scores[at], parts_at(parts, at))
    ]
    if wrong:
        yield f"The scores of {len(wrong)} pairs are not the ones of the people."


def _totals(run: Run, kept: Sequence[RunPair]) -> Iterable[str]:
    scores = [each.score for each in kept]
    stated = (run.matched, run.total_score, run.worst_score)
    if stated != (len(scores), sum(scores), min(scores, default=0)):
        yield "The totals are not the ones of the pairs."
