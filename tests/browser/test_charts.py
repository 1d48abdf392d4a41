"""Charts in a real browser: letters keep their size, labels never touch, paper has the tables."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.plugins.web import RunningWeb

WIDTHS = (320, 360, 768, 1440)
LETTERS = """() => [...document.querySelectorAll(".chart text, .chart span, .chart p, .chart td")]
    .filter((each) => each.checkVisibility() && each.textContent.trim())
    .map((each) => [parseFloat(getComputedStyle(each).fontSize), each.textContent.trim()])
    .filter(([size]) => size < 12)"""
# Labels of one line of months are compared with the next one; names of series likewise.
TOUCHING = """() => [...document.querySelectorAll(
        ".chart-plot svg, .chart-ends svg, .chart-row-scale svg")]
    .flatMap((picture) => {
        const boxes = [...picture.querySelectorAll("text")]
            .filter((each) => each.checkVisibility() && each.textContent.trim())
            .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
        return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
            .filter(([, b]) => a.left < b.right && b.left < a.right
                && a.top + 3 < b.bottom && b.top + 3 < a.bottom)
            .map(([other]) => `${one} and ${other}`))
    })"""
CUT_OFF = """() => [...document.querySelectorAll(".chart text")]
    .filter((each) => each.checkVisibility())
    .filter((each) => {
        const card = each.closest(".card").getBoundingClientRect()
        const box = each.getBoundingClientRect()
        return box.left < card.left || box.right > card.right
    })
    .map((each) => each.textContent)"""


@pytest.fixture
def charts(page: Page, running_web: RunningWeb) -> Page:
    page.goto(f"{running_web.base_url}/dev/gallery/charts/")
    return page


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("width", WIDTHS)
def test_letters_are_readable_and_labels_do_not_touch(
    charts: Page, width: int, language: str
) -> None:
    charts.context.add_cookies([{"name": "django_language", "value": language, "url": charts.url}])
    charts.set_viewport_size({"width": width, "height": 900})
    charts.reload()
    expect(charts.locator("html")).to_have_attribute("lang", language)
    assert charts.evaluate(LETTERS) == []
    assert charts.evaluate(TOUCHING) == []
    assert charts.evaluate(CUT_OFF) == []


def test_numbers_stand_in_the_cells_of_a_year_on_every_screen(charts: Page) -> None:
    for width in (360, 1440):
        charts.set_viewport_size({"width": width, "height": 900})
        expect(charts.locator("#rhythm text", has_text=re.compile(r"^100$"))).to_be_visible()
    charts.set_viewport_size({"width": 360, "height": 900})
    expect(charts.locator("#long-rhythm text", has_text="100").first).to_be_hidden()


def test_paper_has_the_table_and_the_light_look(charts: Page) -> None:
    charts.evaluate("document.documentElement.dataset.theme = 'dark'")
    table = charts.locator("#reach table")
    expect(table).to_be_hidden()
    charts.emulate_media(media="print")
    assert charts.evaluate(HEIGHT, "#reach table") > 100
    ink: str = charts.evaluate(
        "getComputedStyle(document.querySelector('#reach .chart-strong, #reach .chart-soft')).fill"
    )
    assert ink == "rgb(90, 82, 72)"


HEIGHT = "(selector) => document.querySelector(selector).getBoundingClientRect().height"


def test_the_table_is_opened_and_scrolled_by_keyboard(charts: Page) -> None:
    summary = charts.locator("#rhythm summary")
    summary.focus()
    charts.keyboard.press("Enter")
    region = charts.get_by_role("region", name="Cadence kept, month by month")
    expect(region).to_be_visible()
    charts.keyboard.press("Tab")
    expect(region).to_be_focused()
    expect(region.get_by_role("row", name="September 2025")).to_contain_text("0%")
