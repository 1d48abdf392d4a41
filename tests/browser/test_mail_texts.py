"""An owner writes a mail in own words, sees it change, tries it, saves it, and goes back."""

import re

from playwright.sync_api import expect

from tests.browser.letterbox import Letterbox
from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_sign_in import press

WORDS = "Dear {name},\n\nit did not work out with {partner}. <b>Come again!</b>"


def frame_of(page):
    return page.frame_locator("iframe.mail-preview-frame")


def write(page) -> None:
    page.get_by_role("link", name=re.compile(r"^English\s?: A request or proposal is over")).click()
    expect(frame_of(page).get_by_text("With Robin Falk it does not work out").last).to_be_visible()
    assert look_at(page) == []
    page.get_by_label("Subject").fill("{program}: another time")
    page.get_by_label("Words", exact=True).fill(WORDS)
    expect(page.locator("[data-subject]")).to_have_text("Open Doors: another time")
    own = "it did not work out with Robin Falk. <b>Come again!</b>"
    expect(frame_of(page).get_by_text(own).last).to_be_visible()
    expect(frame_of(page).get_by_role("link", name="Find somebody else")).to_be_visible()


def be_told_what_is_wrong(page) -> None:
    page.get_by_label("Words", exact=True).fill("Because of {reason}")
    expect(page.get_by_text("There is no {reason} in this mail.")).to_be_visible()
    assert look_at(page) == []
    press(page, "Save")
    expect(page.get_by_label("Words", exact=True)).to_have_value("Because of {reason}")
    page.get_by_label("Words", exact=True).fill(WORDS)


def try_and_save(page, post: Letterbox, address: str) -> None:
    press(page, "Send me a test")
    expect(page.get_by_text(f"On its way to {address}.")).to_be_visible()
    post.find(re.compile(r"it did not work out with Robin Falk\. <b>Come again!</b>"), address)
    press(page, "Save")
    expect(page.get_by_text("Saved. From now on these mails have your words.")).to_be_visible()
    page.get_by_role("link", name="All mail texts").click()
    row = page.get_by_role("listitem").filter(has_text="A request or proposal is over")
    expect(row.get_by_text("Yours")).to_have_count(1)


def go_back(page) -> None:
    page.get_by_role("link", name=re.compile(r"^English\s?: A request or proposal is over")).click()
    press(page, "Use our words again")
    press(page, "Use our words")
    expect(page.get_by_text("These mails have our words again.")).to_be_visible()
    expect(page.get_by_label("Subject")).to_have_value("{program}: not this time")
    page.get_by_text("{program}: another time").click()
    assert look_at(page) == []
    press(page, "Bring these back")
    expect(page.get_by_text("The earlier words count again.")).to_be_visible()


def test_an_owner_writes_sees_tries_saves_and_goes_back(page, running_web):
    sign_in_as(page, running_web, "halden", "owner")
    logins = running_web.logins["logins"]
    (address,) = [
        each["email"]
        for each in logins
        if (each["organization"], each["role"]) == ("halden", "owner")
    ]
    page.goto(f"{running_web.base_url}/o/halden/settings/")
    page.get_by_role("link", name="Mail texts").click()
    assert look_at(page) == []
    write(page)
    be_told_what_is_wrong(page)
    try_and_save(page, Letterbox(running_web.mail_folder), address)
    go_back(page)
