"""The tokens of the style sheets keep text readable in both looks."""

import re

import pytest
from django.conf import settings

from mentoring.lib.colors import contrast_ratio

TOKENS = (settings.ROOT / "static" / "css" / "tokens.css").read_text()
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
SINGLE = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
PAIRS = {name: (light, dark) for name, light, dark in PAIR.findall(TOKENS)}
SINGLES = dict(SINGLE.findall(TOKENS))
LIGHT, DARK = 0, 1


@pytest.mark.parametrize("look", [LIGHT, DARK])
@pytest.mark.parametrize("ink", ["ink", "ink-soft", "ink-faint"])
@pytest.mark.parametrize("paper", ["paper", "surface", "raised", "sunken", "hover", "field"])
def test_every_ink_is_readable_on_every_paper(ink: str, paper: str, look: int) -> None:
    assert contrast_ratio(PAIRS[ink][look], PAIRS[paper][look]) >= 4.5


@pytest.mark.parametrize("look", [LIGHT, DARK])
@pytest.mark.parametrize("tone", ["success", "warning", "danger", "info"])
def test_a_status_is_readable_on_its_wash_and_so_is_plain_text(tone: str, look: int) -> None:
    wash = PAIRS[f"{tone}-wash"][look]
    assert contrast_ratio(PAIRS[f"{tone}-ink"][look], wash) >= 4.5
    assert contrast_ratio(PAIRS["ink"][look], wash) >= 4.5


@pytest.mark.parametrize("look", [LIGHT, DARK])
@pytest.mark.parametrize("paper", ["paper", "surface", "field"])
def test_the_edge_of_an_input_can_be_seen(paper: str, look: int) -> None:
    assert contrast_ratio(PAIRS["line-strong"][look], PAIRS[paper][look]) >= 3


@pytest.mark.parametrize("look", ["light", "dark"])
def test_our_own_accent_is_readable(look: str) -> None:
    on_accent = SINGLES[f"on-accent-{look}"]
    assert contrast_ratio(SINGLES[f"accent-{look}"], on_accent) >= 4.5
    assert contrast_ratio(SINGLES[f"accent-{look}-hover"], on_accent) >= 4.5
    papers = [PAIRS[name][look == "dark"] for name in ("paper", "surface", "raised", "sunken")]
    assert min(contrast_ratio(SINGLES[f"accent-{look}-ink"], paper) for paper in papers) >= 4.5


@pytest.mark.parametrize("look", [LIGHT, DARK])
@pytest.mark.parametrize("fill", ["danger", "danger-hover"])
def test_text_on_a_dangerous_button_is_readable(fill: str, look: int) -> None:
    assert contrast_ratio(PAIRS[fill][look], PAIRS["on-danger"][look]) >= 4.5
