"""A mentor proposes a change of the agreement; the leader reads the mail and confirms it."""

import re

from playwright.sync_api import expect

from tests.browser.letterbox import Letterbox
from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_mutual_yes import HOME, another, sign_in_by_mail
from tests.browser.test_sign_in import press

__all__ = ["another"]

WORDS = "I'd show you how we really use the tools, <b>unpolished</b>."
UNDERSTOOD, READ = "We understand each other’s aims", "We have read what stays between us"


def propose_a_change(page) -> None:
    """With a missing tick at first, which loses nothing."""
    page.get_by_role("link", name="Propose a change").click()
    expect(page.get_by_label("Once a month")).to_be_checked()
    page.get_by_label("Twice a month").check()
    page.get_by_label("How long each time").fill("30")
    page.get_by_label("What you can offer").fill(WORDS)
    page.get_by_label(UNDERSTOOD).check()
    press(page, re.compile("Propose it to"))
    expect(page.get_by_role("link", name="Please read the text above")).to_be_visible()
    assert look_at(page) == []
    expect(page.get_by_label("What you can offer")).to_have_value(WORDS)
    page.get_by_label(READ).check()
    press(page, re.compile("Propose it to"))


def test_a_change_of_the_agreement_is_proposed_and_confirmed(page, another, running_web):
    post = Letterbox(running_web.mail_folder)
    sign_in_as(page, running_web, "halden", "owner")
    page.goto(f"{running_web.base_url}{HOME}pairs/")
    pairs = page.get_by_role("region", name="Your pairs")
    pairs.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Your agreement")).to_be_visible()
    propose_a_change(page)
    expect(page.get_by_text("is asked to look and confirm.")).to_be_visible()
    expect(page.get_by_text("30 minutes are short.")).to_be_visible()
    assert look_at(page) == []

    path = page.url.removeprefix(running_web.base_url)
    address = post.whose(path)
    another.goto(post.find(re.compile(rf"http\S+{path}"), address))
    sign_in_by_mail(another, post, address)
    expect(another.get_by_text(WORDS)).to_be_visible()
    expect(another.get_by_text("Changed", exact=True)).to_have_count(3)
    press(another, "I confirm this")
    expect(another.get_by_role("link", name="Please read the text above")).to_be_visible()
    assert look_at(another) == []
    another.get_by_label(UNDERSTOOD).check()
    another.get_by_label(READ).check()
    press(another, "I confirm this")
    expect(another.get_by_text("You have agreed. It is in force now.")).to_be_visible()
    expect(another.get_by_text("Twice a month, 30 minutes each time")).to_be_visible()

    page.reload()
    expect(page.get_by_text("Twice a month, 30 minutes each time").first).to_be_visible()
    page.get_by_text("How it came to be").click()
    expect(page.get_by_text("Replaced by a newer version:")).to_be_visible()
    assert look_at(page) == []
