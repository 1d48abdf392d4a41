"""What can be wrong with a cohort, each by its own name, raised before any work starts."""


class BadCohort(ValueError):
    """The input cannot be matched; the message says what is wrong, the indexes where."""

    def __init__(self, message: str, indexes: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.indexes = indexes


class EmptySide(BadCohort):
    """There is no mentee, or no mentor."""


class WrongShape(BadCohort):
    """An array does not have one entry per person, or has the wrong kind of numbers."""


class NotANumber(BadCohort):
    """A value is NaN or infinite."""


class DuplicateKey(BadCohort):
    """Two people on one side have the same key."""


class ZeroCapacity(BadCohort):
    """A person has no place to give or take."""


class UnknownPerson(BadCohort):
    """A pair or a manager points to nobody."""


class CyclicChain(BadCohort):
    """Following the managers from a person leads back to that person."""


class ContradictingLocks(BadCohort):
    """Locks ask for more places than a person has, twice for one pair, or for a blocked pair."""


class LockBreaksRule(BadCohort):
    """A lock breaks a hard rule and is not marked as approved."""


class TooManyChoices(BadCohort):
    """A person ranked more partners than count, or one partner twice."""


class BadSetting(BadCohort):
    """A rule or weight is outside what has a meaning."""


class TooLarge(BadCohort):
    """The sums would leave the range in which integers are exact."""


class Cancelled(Exception):
    """The caller asked to stop."""


class NotProven(Exception):
    """The solver's own check failed: an error of ours, never an answer."""
