"""The mails of notices: the summary, and a try of an own text."""

from mentoring.notices.kinds import digest, trials

__all__ = ["digest", "trials"]
