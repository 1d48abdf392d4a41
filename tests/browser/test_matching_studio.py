"""An admin finds the best pairs of a cohort, has a say about some, and sends the proposals out."""

import re

from playwright.sync_api import expect

from tests.browser.letterbox import Letterbox
from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_sign_in import press

# A worker on a busy machine takes its time, and the sweep comes once a minute.
PATIENCE = 150_000
ASKED = "could be a good partner for you in Six"


def follow(page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def see_the_result(page) -> None:
    expect(page.get_by_text("Proven best").first).to_be_visible(timeout=PATIENCE)


def open_the_studio(page, running_web) -> None:
    sign_in_as(page, running_web, "halden", "program_admin")
    page.goto(f"{running_web.base_url}/o/halden/cohorts/")
    follow(page, "This spring")
    follow(page, "Matching")
    expect(page.get_by_role("heading", name="Balance of places")).to_be_visible()


def try_and_save_weights(page) -> None:
    follow(page, "Weights")
    page.wait_for_load_state()
    page.get_by_role("slider", name="Working hours").fill("80")
    what_if = page.locator("#what-if")
    expect(what_if.get_by_text("Weakest pair")).to_be_visible(timeout=PATIENCE)
    expect(what_if.get_by_text(re.compile("last plan|other partners")).first).to_be_visible()
    assert look_at(page) == []
    press(page, "Save")
    expect(page.get_by_text("Saved for all cohorts of")).to_be_visible()
    expect(page.get_by_role("slider", name="Working hours")).to_have_value("80")
    press(page, "Match with the saved weights")
    see_the_result(page)


def open_the_weakest(page) -> None:
    follow(page, "Go through the pairs")
    page.locator("a.score").first.click()
    expect(page.get_by_text("How they rank")).to_be_visible(timeout=PATIENCE)
    page.wait_for_load_state()


def swap(page) -> None:
    """Give somebody of the weakest pair another partner, seeing before what it would change."""
    open_the_weakest(page)
    page.get_by_role("button", name=re.compile("^Swap")).first.click()
    see_what_would_change(page)
    press(page, "Keep together and match again")
    see_the_result(page)


def see_what_would_change(page) -> None:
    change = re.compile("Everybody would have the partners|would have other partners")
    expect(page.locator("#preview").get_by_text(change)).to_be_visible(timeout=PATIENCE)
    assert look_at(page) == []


def take_back(page) -> None:
    """What was wanted of the two before, be it by an attempt that was cut short."""
    if page.get_by_role("button", name="Leave it to the scores").is_visible():
        press(page, "Leave it to the scores")
        expect(page.get_by_text("These two are left to the scores again.")).to_be_visible()


def keep_apart(page) -> tuple[str, str]:
    """Keep the weakest pair apart; return who the two are."""
    open_the_weakest(page)
    names = page.get_by_role("main").locator(".person-name").all_inner_texts()[:2]
    assert look_at(page) == []
    take_back(page)
    press(page, "Keep apart")
    see_what_would_change(page)
    press(page, "Keep apart and match again")
    see_the_result(page)
    return names[0], names[1]


def test_from_the_sliders_to_the_proposals(page, running_web):
    post = Letterbox(running_web.mail_folder)
    before = len(post.all_whose(ASKED, at_least=1))
    open_the_studio(page, running_web)
    try_and_save_weights(page)
    assert look_at(page) == []

    swap(page)
    mentor, mentee = keep_apart(page)
    follow(page, "Go through the pairs")
    row = page.locator("tbody tr").filter(has_text=mentor).filter(has_text=mentee)
    expect(page.locator("tbody tr").first).to_be_visible()
    page.wait_for_load_state()
    expect(row).to_have_count(0)
    count = page.locator("tbody tr").count()
    page.go_back()

    press(page, "Publish all …")
    expect(page.get_by_role("button", name=f"Propose {count} pairs")).to_be_visible()
    assert look_at(page) == []
    press(page, f"Propose {count} pairs")
    expect(page.get_by_text("The mails are on their way.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text(f"{count} pairs are proposed")).to_be_visible()
    assert look_at(page) == []
    follow(page, "See the answers")
    expect(page.get_by_text("Waiting for an answer")).to_have_count(count + 1)
    follow(page, "Summary")
    expect(page.get_by_role("heading", name="Summary of the matching")).to_be_visible()
    assert look_at(page) == []
    asked = post.all_whose(ASKED, at_least=before + count)[before:]
    assert len(asked) == len(set(asked)) == count
