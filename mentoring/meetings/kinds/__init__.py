"""The messages of meetings. None of them says what two people talk about."""

from mentoring.meetings.kinds import alerts, commitments, meetings, week

__all__ = ["alerts", "commitments", "meetings", "week"]
