"""Accent colors: contrast by WCAG 2.2, and accessible variants of one color."""

import colorsys
import re
from dataclasses import dataclass

HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
WHITE = "#ffffff"
INK = "#14110e"
LIGHT_PAPERS = ("#ffffff", "#faf8f4", "#f3efe8")
DARK_PAPERS = ("#292521", "#1f1c19", "#161412")
TEXT = 4.5
MARGIN = 1.04
WASH_MARGIN = 1.25
STEP = 0.01
HOVER = 0.06
CALM = 0.7


@dataclass(frozen=True, slots=True)
class Accent:
    """One look's accent: a fill, the fill under the pointer, text on the fill, and as text."""

    fill: str
    hover: str
    on_fill: str
    ink: str


def parse_color(text: str) -> str:
    """Six hexadecimal digits after a hash, in small letters. Raises ValueError otherwise."""
    if not HEX.fullmatch(text.strip()):
        raise ValueError(f"Not a color such as #b4552d: {text!r}")
    return text.strip().lower()


def contrast_ratio(one: str, other: str) -> float:
    """Between 1 (the same) and 21 (black and white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def accent_variants(color: str) -> tuple[Accent, Accent]:
    """The accent for the light look, with white text on it, and for the dark one, with dark text.

    The hue is kept and the lightness moved only as far as needed, so that text on the fill,
    and the accent as text on the page, are readable by 4.5:1.
    """
    color = parse_color(color)
    light = _moved(color, (WHITE,), TEXT * MARGIN, darker=True)
    dark = _moved(_calmed(color), (INK, *DARK_PAPERS), TEXT * MARGIN, darker=False)
    return (
        Accent(
            fill=light,
            hover=_shifted(light, -HOVER),
            on_fill=WHITE,
            ink=_moved(light, LIGHT_PAPERS, TEXT * WASH_MARGIN, darker=True),
        ),
        Accent(
            fill=dark,
            hover=_shifted(dark, HOVER),
            on_fill=INK,
            ink=_moved(dark, DARK_PAPERS, TEXT * WASH_MARGIN, darker=False),
        ),
    )


def needs_adjusting(color: str) -> bool:
    """Whether the color as chosen would be unreadable as text on the light page."""
    return contrast_ratio(parse_color(color), LIGHT_PAPERS[0]) < TEXT


def brand_stylesheet(color: str) -> str:
    """The style sheet that gives an organization's pages its accent."""
    light, dark = accent_variants(color)
    return (
        ":root {\n"
        f"  --accent-light: {light.fill};\n"
        f"  --accent-light-hover: {light.hover};\n"
        f"  --accent-light-ink: {light.ink};\n"
        f"  --on-accent-light: {light.on_fill};\n"
        f"  --accent-dark: {dark.fill};\n"
        f"  --accent-dark-hover: {dark.hover};\n"
        f"  --accent-dark-ink: {dark.ink};\n"
        f"  --on-accent-dark: {dark.on_fill};\n"
        "}\n"
    )


def _moved(color: str, papers: tuple[str, ...], ratio: float, *, darker: bool) -> str:
    """The color, made darker or lighter until it contrasts with every paper."""
    while min(contrast_ratio(color, paper) for paper in papers) < ratio:
        moved = _shifted(color, -STEP if darker else STEP)
        if moved == color:
            break
        color = moved
    return color


def _shifted(color: str, step: float) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(color))
    return _hex(colorsys.hls_to_rgb(hue, max(0.0, min(1.0, lightness + step)), saturation))


def _calmed(color: str) -> str:
    """Less saturated when it is very saturated: such colors glare on dark pages."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(color))
    return _hex(colorsys.hls_to_rgb(hue, lightness, min(saturation, CALM)))


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _channels(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(color: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
