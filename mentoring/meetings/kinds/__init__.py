"""The messages of meetings. None of them says what two people talk about."""

from mentoring.meetings.kinds import alerts, meetings

__all__ = ["alerts", "meetings"]
