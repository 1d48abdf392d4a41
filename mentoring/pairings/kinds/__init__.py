"""The messages of pairings. None of them says what somebody wrote or answered."""

from mentoring.pairings.kinds import proposals

__all__ = ["proposals"]
