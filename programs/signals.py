"""News of programs for higher floors."""

from django.dispatch import Signal

# source, target: people who chose the source chose the target from now on.
topic_merged = Signal()

# participants, now: somebody else ended these enrollments, or the people left the
# organization. Sent inside the transaction that did it.
participants_gone = Signal()

# cohort, now: it has gone on, or back, to another state. Sent likewise.
cohort_advanced = Signal()

# keys, now: these participants take part no more, by whose wish ever. Sent likewise.
participants_out = Signal()

# keys, now: these participants have begun a break. Sent likewise.
participants_paused = Signal()

# keys, now: these participants have ended their break before its last day. Sent likewise.
participants_back = Signal()

# program: from now on feedback waits another number of days for that of the other. Sent likewise.
feedback_days_changed = Signal()
