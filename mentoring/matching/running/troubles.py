"""What the engine refuses, as codes of `words.TROUBLES`."""

from mentoring.matching.engine import errors
from mentoring.matching.recipes import BadSettings

TROUBLES: tuple[tuple[type[Exception], str], ...] = (
    (errors.EmptySide, "empty_side"),
    (errors.CyclicChain, "circle"),
    (errors.ContradictingLocks, "locks_contradict"),
    (errors.LockBreaksRule, "lock_breaks_rule"),
    (errors.BadSetting, "bad_setting"),
    (BadSettings, "bad_setting"),
    (errors.TooLarge, "too_large"),
    (MemoryError, "too_large"),
)


def trouble_of(error: Exception) -> str:
    """The code; “failed” for what nobody but us can mend."""
    return next((code for kind, code in TROUBLES if isinstance(error, kind)), "failed")
