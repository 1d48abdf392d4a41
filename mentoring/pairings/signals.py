"""News about pairs, for higher floors."""

from django.dispatch import Signal

# Sent with ``keys`` of pairings and ``now``, in the transaction that ends them.
pairs_ended = Signal()

# Sent with ``keys`` of live pairings and ``now``, in the transaction in which they begin, meet,
# agree on a rhythm, begin or end a break, or begin to close or go on after all.
rhythms_changed = Signal()
