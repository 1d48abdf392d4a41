"""A check-in is answered from the mail on a phone, and stands on the page of the pair."""

import re

from playwright.sync_api import expect

from tests.browser.letterbox import Letterbox
from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_mutual_yes import HOME, another
from tests.browser.test_sign_in import press

__all__ = ["another"]

LINK = re.compile(r"https?://\S+/check-ins/\S+/well/")


def of_role(running_web, role: str) -> str:
    return next(
        each["email"]
        for each in running_web.logins["logins"]
        if (each["organization"], each["role"]) == ("halden", role)
    )


def answer_from_the_mail(phone, post: Letterbox, address: str) -> str:
    """Without signing in; the address of the pair."""
    phone.goto(post.find(LINK, address))
    expect(phone.get_by_role("heading", name="All well")).to_be_visible()
    assert look_at(phone) == []
    press(phone, "All well")
    expect(phone.get_by_role("heading", name="Noted. Thank you.")).to_be_visible()
    assert look_at(phone) == []
    return str(phone.get_by_role("link", name="To your pair").get_attribute("href"))


def ask_for_a_hand(page) -> None:
    page.get_by_role("link", name="Check-ins", exact=True).first.click()
    assert look_at(page) == []
    page.get_by_role("link", name="I need help").click()
    page.get_by_label("The people who run this, too").check()
    assert look_at(page) == []
    press(page, "I need help")
    expect(page.get_by_role("heading", name="What can help")).to_be_visible()
    expect(page.get_by_text("You have asked for a hand")).to_be_visible()
    assert look_at(page) == []


def test_a_check_in_is_answered_from_the_mail_and_help_is_near(page, another, running_web):
    post, base_url = Letterbox(running_web.mail_folder), running_web.base_url
    pair = answer_from_the_mail(another, post, of_role(running_web, "member"))

    sign_in_as(page, running_web, "halden", "member")
    page.goto(f"{base_url}{pair}")
    expect(page.get_by_text("You said “All well” on")).to_be_visible()
    assert look_at(page) == []
    ask_for_a_hand(page)

    sign_in_as(another, running_web, "halden", "program_admin")
    another.goto(f"{base_url}{HOME}cohorts/")
    another.get_by_role("main").get_by_role("link", name="Pilot", exact=True).first.click()
    another.get_by_role("link", name="Pairs", exact=True).click()
    another.goto(f"{another.url}?needs=yes")
    asking = another.get_by_role("row").filter(has_text="asks for a hand, in confidence")
    expect(asking.first).to_be_visible()
    assert look_at(another) == []
