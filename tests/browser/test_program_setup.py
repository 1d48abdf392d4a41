"""Setting up a program in a browser: the wizard in one go, and people found while typing."""

import re
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import look_at, sign_in

pytestmark = pytest.mark.browser


def button(page: Any, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def begin(page: Any, name: str) -> None:
    """From the list of templates to the second step."""
    page.get_by_role("link", name="Quarterly long").click()
    expect(page.get_by_label("Name")).to_have_value("Quarterly long")
    page.get_by_label("Name").fill(name)
    page.get_by_label(re.compile("^Purpose")).fill("Take time for each other.")
    button(page, "Next").click()
    page.wait_for_load_state()


def choose_a_sponsor(page: Any) -> None:
    """Found while typing; who is chosen stays when the next words find nobody."""
    sponsor = page.get_by_role("group", name="Sponsor")
    sponsor.get_by_role("searchbox").fill("a")
    found = sponsor.get_by_role("radio").nth(1)
    found.check()
    chosen = found.get_attribute("value")
    sponsor.get_by_role("searchbox").fill("nobody is called like this")
    expect(sponsor.get_by_text("Nobody else fits these words.")).to_be_visible()
    expect(sponsor.get_by_role("radio", checked=True)).to_have_value(chosen)
    sponsor.get_by_role("searchbox").fill("")


def list_measures(page: Any) -> None:
    page.get_by_label("Outcome measure 1").fill("Ideas")
    button(page, "Add a measure").click()
    page.get_by_label("Outcome measure 2").fill("Mood")
    button(page, "Remove line 1").click()
    expect(page.get_by_label("Outcome measure 2")).to_have_count(0)
    expect(page.get_by_label("Outcome measure 1")).to_have_value("Mood")


def preview_the_agreement(page: Any) -> None:
    page.wait_for_load_state()
    agreement = page.get_by_label("Agreement, with the limits of confidentiality")
    agreement.fill("What we say is ours.")
    button(page, "Preview").click()
    expect(page.locator("#preview")).to_contain_text("What we say is ours.")
    expect(agreement).to_have_value("What we say is ours.")


def move_a_question(page: Any) -> None:
    page.wait_for_load_state()
    page.get_by_role("textbox", name="Question 5").first.fill("What else?")
    button(page, "Move question 5 up").first.click()
    moved = page.get_by_role("textbox", name="Question 4").first
    expect(moved).to_have_value("What else?")


def test_a_program_is_set_up_in_one_go(page, running_web) -> None:
    name = f"Long talks {uuid4().hex[:6]}"
    page.emulate_media(reduced_motion="reduce")
    sign_in(page, running_web, "owner")
    page.goto(f"{running_web.base_url}/o/halden/programs/new/")

    begin(page, name)
    choose_a_sponsor(page)
    list_measures(page)
    assert look_at(page) == []
    button(page, "Next").click()
    for title in ("Pairs", "Rhythm"):
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        button(page, "Next").click()
    preview_the_agreement(page)
    button(page, "Next").click()
    expect(page.get_by_role("link", name="A short guide for mentees")).to_be_visible()
    button(page, "Next").click()
    move_a_question(page)
    assert look_at(page) == []
    button(page, "Finish").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_text("There is no contact for concerns.")).to_be_visible()
    expect(page.get_by_text("Mood")).to_be_visible()
