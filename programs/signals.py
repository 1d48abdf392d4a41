"""News of programs for higher floors."""

from django.dispatch import Signal

# source, target: people who chose the source chose the target from now on.
topic_merged = Signal()
