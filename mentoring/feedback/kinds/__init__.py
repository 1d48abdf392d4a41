"""The messages of feedback and of surveys."""

from mentoring.feedback.kinds import feedback, waves

__all__ = ["feedback", "waves"]
