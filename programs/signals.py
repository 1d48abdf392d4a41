"""News of programs for higher floors."""

from django.dispatch import Signal

# source, target: people who chose the source chose the target from now on.
topic_merged = Signal()

# participants, now: somebody else ended these enrollments, or the people left the
# organization. Sent inside the transaction that did it.
participants_gone = Signal()
