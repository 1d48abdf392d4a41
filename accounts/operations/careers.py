"""Keeping where people stood. Workers do it too, so it stands in `accounts.careers`."""

from accounts.careers import note_chart, note_steps

__all__ = ["note_chart", "note_steps"]
