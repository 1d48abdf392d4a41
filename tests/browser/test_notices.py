"""The bell, the switches, and a mail that is turned off from the mail itself."""

import re

from playwright.sync_api import expect

from tests.browser.letterbox import Letterbox
from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_mutual_yes import another
from tests.browser.test_sign_in import press

__all__ = ["another"]

HOME = "/o/halden/"
LINK = re.compile(r"http\S+/mails/\S+")
WROTE = "Somebody wrote in a pair: by mail"


def new_ones(page) -> int:
    found = re.search(r"\d+", page.locator(".bell").inner_text())
    return int(found[0]) if found else 0


def read_what_is_new(page) -> None:
    before = new_ones(page)
    assert before > 1
    page.locator(".bell").click()
    expect(page.get_by_role("heading", name="Notices", exact=True)).to_be_visible()
    assert look_at(page) == []
    page.get_by_role("button", name=re.compile("^Mark as read: ")).first.click()
    page.wait_for_load_state()
    assert new_ones(page) < before
    page.locator("[data-new] .notice-text").first.click()
    expect(page).not_to_have_url(re.compile("/notices/"))
    page.locator(".bell").click()
    press(page, "Mark all as read")
    expect(page.get_by_text(re.compile(r"notices? (is|are) read\."))).to_be_visible()
    # A worker may ring at this very moment.
    assert new_ones(page) < before


def turn_a_kind_off_and_on(page) -> None:
    page.get_by_role("link", name="How you hear from us").last.click()
    expect(page.get_by_label(WROTE)).to_be_checked()
    assert look_at(page) == []
    page.get_by_label(WROTE).uncheck()
    page.get_by_label("Quiet from").fill("18:00")
    press(page, "Save")
    expect(page.get_by_role("link", name="Give both times, or leave both empty.")).to_be_visible()
    expect(page.get_by_label(WROTE)).not_to_be_checked()
    page.get_by_label("Quiet until").fill("08:00")
    press(page, "Save")
    expect(page.get_by_text("Saved. It holds from now on.")).to_be_visible()
    page.reload()
    expect(page.get_by_label(WROTE)).not_to_be_checked()
    page.get_by_label(WROTE).check()
    page.get_by_label("Quiet from").fill("")
    page.get_by_label("Quiet until").fill("")
    press(page, "Save")
    expect(page.get_by_text("Saved. It holds from now on.")).to_be_visible()


def turn_a_mail_off_from_the_mail(page, link: str) -> None:
    """In a browser where nobody has signed in."""
    page.goto(link)
    expect(page.get_by_role("heading", name="Turn these mails off?")).to_be_visible()
    assert look_at(page) == []
    press(page, "Turn them off")
    expect(page.get_by_role("heading", name="These mails are off")).to_be_visible()
    assert look_at(page) == []
    press(page, "Undo")
    expect(page.get_by_role("heading", name="These mails are on again")).to_be_visible()


def test_somebody_reads_the_bell_and_chooses_what_comes(page, another, running_web):
    sign_in_as(page, running_web, "halden", "member")
    page.goto(f"{running_web.base_url}{HOME}")
    read_what_is_new(page)
    turn_a_kind_off_and_on(page)

    logins = running_web.logins["logins"]
    (own,) = [
        each["email"]
        for each in logins
        if (each["organization"], each["role"]) == ("halden", "member")
    ]
    link = Letterbox(running_web.mail_folder).find(LINK, own)
    turn_a_mail_off_from_the_mail(another, link)
