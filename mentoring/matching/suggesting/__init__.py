"""Partners to ask, for participants: who fits best, and why in words that both may read."""
