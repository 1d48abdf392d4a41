"""News of what people write about themselves, for higher floors."""

from django.dispatch import Signal

# participant, now: a mentee has stated or changed the aims. Sent inside the transaction.
aims_saved = Signal()
