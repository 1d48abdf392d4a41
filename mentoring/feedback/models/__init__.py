"""What people answer about a pair, for the partner or for the program, and what they keep."""

from mentoring.feedback.models.reflection import KeepsakeConsent, Reflection
from mentoring.feedback.models.release import Release, ReleasedAnswer
from mentoring.feedback.models.response import Answers, Response, ResponseQuerySet

__all__ = [
    "Answers",
    "KeepsakeConsent",
    "Reflection",
    "Release",
    "ReleasedAnswer",
    "Response",
    "ResponseQuerySet",
]
