"""Charts can be read in both looks, on paper, and by people who see fewer colors."""

import math
import re
from itertools import combinations, pairwise

import pytest

from mentoring.lib.charts.palette import PAPER
from mentoring.lib.colors import contrast_ratio
from tests.lib.test_tokens import DARK, LIGHT, PAIR, PAIRS, SINGLES, TOKENS

SERIES = [f"chart-{number}" for number in (1, 2, 3, 4)]
HEAT = [f"chart-heat-{level}" for level in (1, 2, 3, 4, 5)]
PAPERS = ("paper", "surface", "raised", "sunken")
# Machado, Oliveira and Fernandes (2009), each at full strength.
SIGHTS = {
    "all colors": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# As far as CIELAB counts; 2 can just be seen when side by side.
TOLD_APART = 15.0


def linear(color: str) -> list[float]:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def lab(color: str, sight: str) -> tuple[float, float, float]:
    """CIELAB of the color as somebody with that sight sees it."""
    light = linear(color)
    red, green, blue = (
        min(1.0, max(0.0, sum(weight * each for weight, each in zip(row, light, strict=True))))
        for row in SIGHTS[sight]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(one: str, other: str, sight: str) -> float:
    return math.dist(lab(one, sight), lab(other, sight))


@pytest.mark.parametrize("look", [LIGHT, DARK])
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("color", SERIES)
def test_every_series_stands_out_from_every_paper(color: str, paper: str, look: int) -> None:
    assert contrast_ratio(PAIRS[color][look], PAIRS[paper][look]) >= 3


@pytest.mark.parametrize("look", [LIGHT, DARK])
@pytest.mark.parametrize("sight", SIGHTS)
def test_series_are_told_apart_by_everybody(sight: str, look: int) -> None:
    colors = [PAIRS[name][look] for name in SERIES]
    distances = {pair: apart(*pair, sight) for pair in combinations(colors, 2)}
    assert {pair: far for pair, far in distances.items() if far < TOLD_APART} == {}


@pytest.mark.parametrize("look", [LIGHT, DARK])
@pytest.mark.parametrize("sight", SIGHTS)
def test_the_scale_goes_one_way_by_its_lightness_alone(sight: str, look: int) -> None:
    lightness = [lab(PAIRS[name][look], sight)[0] for name in HEAT]
    steps = [(one - other) * (1 if look == LIGHT else -1) for one, other in pairwise(lightness)]
    assert min(steps) >= 7


@pytest.mark.parametrize("look", [LIGHT, DARK])
@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_numbers_are_readable_in_every_cell(level: int, look: int) -> None:
    cell, ink = PAIRS[f"chart-heat-{level}"][look], PAIRS[f"chart-heat-ink-{level}"][look]
    assert contrast_ratio(cell, ink) >= 4.5


@pytest.mark.parametrize(
    ("wash", "look"), [(PAPER.wash, LIGHT), ("#e8f5f2", LIGHT), ("#1d2e2b", DARK)]
)
def test_words_are_readable_on_the_band_between_two_steps(wash: str, look: int) -> None:
    """On paper, and as browsers mix the wash of our own accent."""
    assert contrast_ratio(PAIRS["ink-soft"][look], wash) >= 4.5


def test_paper_has_the_colors_of_the_light_look() -> None:
    usual = TOKENS.partition("@media")[0]
    light = {name: color for name, color, _ in PAIR.findall(usual)}
    assert PAPER.series == tuple(light[name] for name in SERIES)
    assert PAPER.heat == tuple(light[name] for name in HEAT)
    assert PAPER.heat_ink == tuple(light[name.replace("heat", "heat-ink")] for name in HEAT)
    assert (PAPER.paper, PAPER.ink, PAPER.soft, PAPER.line) == tuple(
        light[name] for name in ("surface", "ink", "ink-soft", "line")
    )
    assert PAPER.accent == SINGLES["accent-light"]


def test_a_lone_series_has_the_accent_of_the_organization() -> None:
    assert re.search(r"--chart-accent: var\(--accent\);", TOKENS)
