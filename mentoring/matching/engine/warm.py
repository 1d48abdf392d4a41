"""Compile the kernels and keep them on disk: ``python -m mentoring.matching.engine.warm``.

A cold compiler needs a minute of computing, a warm one nothing. Without a folder that can be
written (NUMBA_CACHE_DIR names another) each process compiles for itself at its first run.
"""

import os

import numpy as np

from mentoring.matching.engine.cohort import FORMS, HALF_HOURS, Cohort, People
from mentoring.matching.engine.engine import match
from mentoring.matching.engine.result import Result
from mentoring.matching.engine.settings import Rules, Weights

POLITE = 10


def tiny(size: int = 6) -> Cohort:
    """Everybody fits everybody, and there is one place too few."""

    def side(grade: int, people: int, first: int) -> People:
        everyone = np.arange(people)
        return People(
            key=everyone,
            member=everyone + first,
            capacity=np.ones(people, np.int64),
            grade=np.full(people, grade),
            department=everyone + first,
            location=everyone,
            topics=1 + (everyone[:, None] + np.arange(4)) % 4,
            languages=np.full((people, 2), True),
            first_language=everyone % 2,
            hours=np.full((people, HALF_HOURS), True),
            forms=np.full((people, len(FORMS)), True),
            available=np.full(people, True),
        )

    mentees, mentors = side(9, size, 0), side(1, size - 1, size)
    return Cohort(mentees=mentees, mentors=mentors, managers=np.full(2 * size - 1, -1, np.int64))


def warm() -> Result:
    """One small run with everything that a large one may ask for."""
    return match(tiny(), Rules(raise_worst=True), Weights())


if __name__ == "__main__":
    os.nice(POLITE)
    warm()
