"""Writing down what happened, for good. Workers do it too, so it stands in `accounts.events`."""

from accounts.events import prepare, record, record_all

__all__ = ["prepare", "record", "record_all"]
