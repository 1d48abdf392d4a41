"""News about pairs, for higher floors."""

from django.dispatch import Signal

# Sent with ``keys`` of pairings and ``now``, in the transaction that ends them.
pairs_ended = Signal()
