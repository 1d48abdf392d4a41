"""A run tells how far it is, and stops when asked."""

import pytest

from mentoring.matching.engine.engine import match
from mentoring.matching.engine.errors import Cancelled
from mentoring.matching.engine.settings import Rules, Weights
from tests.matching.cohorts import cohort

DRAWN = cohort(1, 1200, 100, kind="tight")


def test_it_tells_every_stage_and_how_far_it_is() -> None:
    told: list[tuple[str, int, int]] = []
    match(DRAWN, Rules(), Weights(), progress=lambda *step: told.append(step))
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages[:3] == ["checking", "scoring", "solving"]
    assert {"explaining", "stability"} < set(stages)
    scoring = [done for stage, done, _ in told if stage == "scoring"]
    assert scoring == list(range(0, 1200, scoring[1]))
    assert all(0 <= done <= total for _, done, total in told)


@pytest.mark.parametrize("stage", ["checking", "scoring", "solving", "explaining", "stability"])
def test_it_stops_when_asked(stage: str) -> None:
    told: list[str] = []
    with pytest.raises(Cancelled):
        match(
            DRAWN,
            Rules(),
            Weights(),
            progress=lambda *step: told.append(step[0]),
            cancelled=lambda: stage in told,
        )
    assert told[-1] == stage
    assert told.count(stage) == 1
