"""Whatever color an organization chooses, its pages stay readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.lib.colors import (
    DARK_PAPERS,
    LIGHT_PAPERS,
    accent_variants,
    brand_stylesheet,
    contrast_ratio,
    needs_adjusting,
    parse_color,
)

COLORS = st.integers(min_value=0, max_value=0xFFFFFF).map("#{:06x}".format)


def test_contrast_is_as_in_wcag() -> None:
    assert contrast_ratio("#000000", "#ffffff") == 21
    assert contrast_ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast_ratio("#ffffff", "#777777") == contrast_ratio("#777777", "#ffffff")


@given(COLORS)
def test_text_on_and_in_any_accent_is_readable(color: str) -> None:
    light, dark = accent_variants(color)
    for accent, papers in ((light, LIGHT_PAPERS), (dark, DARK_PAPERS)):
        assert contrast_ratio(accent.fill, accent.on_fill) >= 4.5
        assert contrast_ratio(accent.hover, accent.on_fill) >= 4.5
        assert all(contrast_ratio(accent.ink, paper) >= 4.5 for paper in papers)


def test_a_readable_color_is_kept_as_it_is() -> None:
    light, _ = accent_variants("#0c655a")
    assert light.fill == "#0c655a"
    assert not needs_adjusting("#0c655a")


def test_a_bright_color_is_said_to_need_adjusting() -> None:
    assert needs_adjusting("#ffd400")


@pytest.mark.parametrize(
    "text", ["", "red", "#fff", "#12345g", "#1234567", "#123456;}body{display:none"]
)
def test_what_is_not_a_color_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Not a color"):
        parse_color(text)


def test_the_style_sheet_holds_one_rule_of_colors() -> None:
    sheet = brand_stylesheet("#B4552D ")
    assert sheet.startswith(":root {\n  --accent-light: #b4552d;\n")
    assert sheet.count("#") == 8
