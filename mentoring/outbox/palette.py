"""The colors of a mail: mail clients know neither variables nor ``light-dark()``."""

from dataclasses import dataclass
from functools import lru_cache

from mentoring.lib.colors import Accent, accent_variants

PRODUCT = "#0c655a"


@dataclass(frozen=True, slots=True)
class Palette:
    """An accent for light and for dark mail clients, readable in both."""

    light: Accent
    dark: Accent


@lru_cache(maxsize=512)
def palette(accent: str) -> Palette:
    """The colors for an organization's accent, or the product's own when it has none."""
    light, dark = accent_variants(accent or PRODUCT)
    return Palette(light, dark)
