"""Figures of runs put into words and bars, ready for templates."""
