"""How figures are put on a page."""
