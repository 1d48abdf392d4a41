"""From a list of own questions to the one that somebody takes to a meeting."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_sign_in import press

HOME = "/o/halden/"
NEW = ("What would you stop if nobody were looking?", "Who decides here, in truth?")
BUILT_IN = "How would somebody describe it who has to live with the result every day?"


@pytest.fixture
def another(browser):
    """The browser of the other person, on a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def paste_two(page, base_url: str) -> None:
    page.goto(f"{base_url}{HOME}topics/")
    page.get_by_role("link", name="Questions library").click()
    page.get_by_role("link", name="Paste a list").first.click()
    page.get_by_label("Stage").select_option(label="Going deeper")
    page.get_by_label("Questions", exact=True).fill("".join(f"- {text}\n" for text in NEW))
    press(page, "Check the list")
    expect(page.get_by_text("2 questions are new:")).to_be_visible()
    assert look_at(page) == []
    press(page, "Add 2 questions")
    expect(page.get_by_text("2 questions are added.")).to_be_visible()
    expect(page.get_by_role("link", name=NEW[0])).to_be_visible()


def hide_one(page) -> None:
    page.get_by_role("link", name="Those that come along").click()
    page.get_by_label("Search").fill("live with the RESULT")
    page.get_by_label("Search").press("Enter")
    expect(page.locator(".library-choice")).to_have_count(1)
    assert look_at(page) == []
    press(page, f"Hide “{BUILT_IN[:59]}…”")
    expect(page.get_by_text("Nobody is shown this question any more.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Show .* again"))).to_be_visible()


def test_an_admin_pastes_and_hides_and_a_mentor_finds_one(page, another, running_web):
    sign_in_as(page, running_web, "halden", "owner")
    paste_two(page, running_web.base_url)
    hide_one(page)

    sign_in_as(another, running_web, "halden", "member")
    another.goto(f"{running_web.base_url}{HOME}taking-part/")
    another.get_by_role("link", name="Questions to ask").click()
    another.wait_for_url("**/taking-part/questions/", wait_until="load")
    another.get_by_label("Stage").select_option(label="Going deeper")
    expect(another.get_by_text(NEW[0])).to_be_visible()
    expect(another).to_have_url(re.compile(r"\?stage=deeper$"))
    expect(another.get_by_text(NEW[1])).to_be_visible()
    expect(another.get_by_text(BUILT_IN)).to_have_count(0)
    expect(another.get_by_role("heading", name="Silence is fine: count to five")).to_be_visible()
    assert look_at(another) == []

    another.get_by_label("Search").fill("in TRUTH")
    another.get_by_label("Search").press("Enter")
    expect(another.locator(".library-questions > li")).to_have_count(1)
    another.get_by_role("link", name="Give me one").click()
    expect(another.locator(".library-big")).to_have_text(NEW[1])
    assert look_at(another) == []
    another.get_by_role("link", name="All questions").click()
    expect(another.get_by_label("Search")).to_have_value("in TRUTH")
