"""Days around which tests of schedules turn."""

from datetime import UTC, date, datetime

MONDAY = date(2026, 11, 30)


def at(day: str, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=UTC)
