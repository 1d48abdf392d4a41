"""What may follow what in the life of a cohort.

The database holds the same table in a trigger, so that no other way of writing gets around it.
"""

from collections.abc import Iterator

from programs.enums import CohortState

FORWARD: dict[CohortState, CohortState] = {
    CohortState.DRAFT: CohortState.ENROLLING,
    CohortState.ENROLLING: CohortState.MATCHING,
    CohortState.MATCHING: CohortState.RUNNING,
    CohortState.RUNNING: CohortState.CLOSING,
    CohortState.CLOSING: CohortState.CLOSED,
}
BACK: dict[CohortState, CohortState] = {
    CohortState.ENROLLING: CohortState.DRAFT,
    CohortState.MATCHING: CohortState.ENROLLING,
}


def is_allowed(before: CohortState, after: CohortState) -> bool:
    """Whether a cohort may go from one state straight to the other."""
    return after in set(next_states(before))


def next_states(state: CohortState) -> Iterator[CohortState]:
    """Where a cohort can go from here: on, and then back."""
    yield from (table[state] for table in (FORWARD, BACK) if state in table)
