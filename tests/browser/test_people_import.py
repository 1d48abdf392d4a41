"""A program admin brings a spreadsheet; a real worker does the work."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import look_at
from tests.browser.test_organization import sign_in

LIST = (
    "Name;E-Mail;Personalnummer;Abteilung;Vorgesetzte/r;Sprachen\n"
    "Mona Neu;mona.neu@import.example;70001;Werkstatt;;de\n"
    "Nils Neu;nils.neu@import.example;70002;Werkstatt;70001;Deutsch, Englisch\n"
)


@pytest.fixture
def plain(browser):
    """A page of a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def hand_in(page, home: str, text: str) -> None:
    page.goto(f"{home}people/imports/new/")
    file = {"name": "leute.csv", "mimeType": "text/csv", "buffer": text.encode("cp1252")}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="What the columns mean")).to_be_visible()


def test_a_list_is_checked_and_applied_while_one_watches(page, running_web):
    home = sign_in(page, running_web)
    hand_in(page, home, LIST)
    assert look_at(page) == []

    page.get_by_role("button", name="Check the list").click()
    expect(page.get_by_text("This is what would change")).to_be_visible(timeout=60_000)
    assert look_at(page) == []
    page.get_by_role("button", name="Apply the list").click()
    expect(page.get_by_text("This is what changed")).to_be_visible(timeout=60_000)
    assert look_at(page) == []

    page.goto(f"{home}people/?q=nils.neu")
    expect(page.get_by_text("Nils Neu")).to_be_visible()


def test_mistakes_are_shown_without_javascript_too(plain, running_web):
    home = sign_in(plain, running_web)
    hand_in(plain, home, LIST + "Ohne Adresse;;70003;;nobody@import.example;klingonisch\n")
    plain.get_by_role("button", name="Check the list").click()
    again = plain.get_by_role("link", name="Look again")
    for _ in range(120):
        plain.wait_for_load_state()
        if not again.count():
            break
        plain.wait_for_timeout(500)
        again.click()

    expect(plain.get_by_text("1 row has errors.")).to_be_visible()
    expect(plain.get_by_text("This is empty, but every person needs it.")).to_be_visible()
    expect(plain.get_by_text("“klingonisch” is no language that we know.")).to_be_visible()
    expect(plain.get_by_role("button", name="Apply the list")).to_have_count(0)
