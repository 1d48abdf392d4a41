"""A pair ends well: a mentor proposes it, the leader reads the mail and says yes."""

import re

from playwright.sync_api import expect

from tests.browser.letterbox import Letterbox
from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_mutual_yes import HOME, another, sign_in_by_mail
from tests.browser.test_sign_in import press

__all__ = ["another"]

LINK = re.compile(r"http\S+/ending/")


def test_a_pair_ends_well_because_both_say_so(page, another, running_web):
    post, base_url = Letterbox(running_web.mail_folder), running_web.base_url
    sign_in_as(page, running_web, "halden", "owner")
    page.goto(f"{base_url}{HOME}pairs/")
    page.get_by_role("region", name="Your pairs").get_by_role("link").first.click()
    page.get_by_role("link", name="How shall it go on?").last.click()
    assert look_at(page) == []
    page.get_by_role("link", name="Begin a good end").click()
    page.get_by_label("What we set out to do is done").check()
    page.get_by_label("My partner").check()
    assert look_at(page) == []
    page.get_by_role("button", name=re.compile("^Ask ")).click()
    expect(page.get_by_text("You have begun a good end")).to_be_visible()
    assert look_at(page) == []
    pair = page.url.replace("ending/", "")

    leader = post.whose(page.url.removeprefix(base_url))
    another.goto(post.find(LINK, leader))
    sign_in_by_mail(another, post, leader)
    expect(another.get_by_text("What we set out to do is done")).to_be_visible()
    press(another, "Yes, we end it well")
    assert look_at(another) == []
    press(another, "Yes, end it")
    expect(another.get_by_text("You have completed your time as a pair.")).to_be_visible()
    assert look_at(another) == []

    page.goto(pair)
    expect(page.get_by_text("You have completed your time as a pair.")).to_be_visible()
