"""The messages of reports."""

from mentoring.reports.kinds import exports

__all__ = ["exports"]
