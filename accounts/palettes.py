"""An accent color as the settings show it before it is saved."""

from dataclasses import dataclass

from mentoring.lib.colors import DARK_PAPERS, LIGHT_PAPERS, Accent, accent_variants, needs_adjusting


@dataclass(frozen=True, slots=True)
class Look:
    """The accent in the light or the dark look, on that look's paper."""

    name: str
    paper: str
    accent: Accent


@dataclass(frozen=True, slots=True)
class Palette:
    """Both looks of a color, and whether it had to be moved to be readable."""

    color: str
    looks: tuple[Look, Look]
    is_adjusted: bool


def palette_of(color: str) -> Palette | None:
    """The looks of a color; None for no color."""
    if not color:
        return None
    light, dark = accent_variants(color)
    looks = (Look("light", LIGHT_PAPERS[0], light), Look("dark", DARK_PAPERS[1], dark))
    return Palette(color, looks, needs_adjusting(color))
