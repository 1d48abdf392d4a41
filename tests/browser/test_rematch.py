"""A leader asks for somebody else, and whoever runs the cohort ends the pair for both."""

import re
from urllib.parse import unquote

from playwright.sync_api import expect

from tests.browser.letterbox import Letterbox
from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_mutual_yes import HOME, another, sign_in_by_mail
from tests.browser.test_sign_in import press

__all__ = ["another"]


def go_to_board(page, base_url: str) -> None:
    page.goto(f"{base_url}{HOME}cohorts/")
    page.get_by_role("main").get_by_role("link", name="Pilot", exact=True).first.click()
    page.get_by_role("link", name="Pairs", exact=True).click()
    page.goto(f"{page.url}?needs=yes")


def a_leader_on(page, without: set[str]) -> str:
    """The address of the leader in a row about none of these people."""
    for link in page.get_by_role("link", name="Write to both").all():
        both = unquote(str(link.get_attribute("href"))).removeprefix("mailto:").split(",")
        if not without & set(both):
            return both[1]
    raise AssertionError("There is no such pair on the board.")


def test_somebody_else_is_asked_for_in_confidence_and_found_for_both(page, another, running_web):
    post, base_url = Letterbox(running_web.mail_folder), running_web.base_url
    known = {each["email"] for each in running_web.logins["logins"]}
    sign_in_as(page, running_web, "halden", "program_admin")
    go_to_board(page, base_url)
    assert look_at(page) == []
    leader = a_leader_on(page, known)

    another.goto(f"{base_url}{HOME}pairs/")
    sign_in_by_mail(another, post, leader)
    another.get_by_role("region", name="Your pairs").get_by_role("link").first.click()
    another.get_by_role("button", name="Ask for somebody else").click()
    assert look_at(another) == []
    press(another, "Ask them")
    expect(another.get_by_text("The people who run this know it now")).to_be_visible()
    expect(another.get_by_text("You have asked for somebody else")).to_be_visible()
    assert look_at(another) == []
    pair = another.url

    page.reload()
    row = page.get_by_role("row").filter(has=page.locator(f"a[href*='{leader.split('@')[0]}']"))
    expect(row.first.get_by_text("asks for somebody else, in confidence")).to_be_visible()
    row.first.get_by_role("link", name="Somebody else for both").click()
    assert look_at(page) == []
    press(page, "End the pair")
    expect(page.get_by_text("Both get the same neutral mail.")).to_be_visible()

    another.goto(pair)
    expect(another.get_by_text("You were a pair. This is over.")).to_be_visible()
    assert post.find(re.compile("have ended your pair with (.+?)\\. No reason"), leader)
