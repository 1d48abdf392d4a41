"""Making a kept plan once more, from what went in."""

import numpy as np

from mentoring.matching.engine.engine import match
from mentoring.matching.models import Run, RunData, RunPair
from mentoring.matching.recipes import from_json
from mentoring.matching.running.packing import unpacked
from mentoring.matching.running.verifying import indexes_of


def same_again(run: Run) -> bool:
    """Whether the engine of this release answers with the same pairs."""
    question = unpacked(RunData.objects.get(run=run).inputs)
    settings = from_json(run.settings)
    result = match(question.arrays, settings.rules, settings.weights, explain=False)
    kept, _ = indexes_of(question, list(RunPair.objects.filter(run=run)))
    return kept is not None and np.array_equal(kept, result.pairs)
