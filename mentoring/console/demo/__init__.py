"""Deterministic data to look at, to click through and to attack."""
