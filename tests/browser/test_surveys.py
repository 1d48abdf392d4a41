"""A survey is answered from the link of its mail, in two goes; whoever runs it sees how many."""

import re

from playwright.sync_api import expect

from tests.browser.letterbox import Letterbox
from tests.browser.test_check_in import of_role
from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_mutual_yes import HOME, another
from tests.browser.test_sign_in import press

__all__ = ["another"]

LINK = re.compile(r"https?://\S+/survey/introduction/")
WORDS = "It’s <good> & that's it"


def answer_in_two_goes(page) -> None:
    """A draft is kept while typing, another one by its button, and then all is sent."""
    expect(page.get_by_text("This is confidential.")).to_be_visible()
    assert look_at(page) == []
    page.get_by_label("What should those who run this know?").fill(WORDS)
    expect(page.get_by_text("Saved as a draft at")).to_be_visible()
    page.reload()
    expect(page.get_by_label("What should those who run this know?")).to_have_value(WORDS)
    press(page, "Send")
    expect(page.get_by_text("Please choose an answer.").first).to_be_visible()
    assert look_at(page) == []
    page.get_by_label("Still deciding").check()
    press(page, "Save and go on later")
    expect(page.get_by_text("not sent yet").first).to_be_visible()
    assert look_at(page) == []


def test_a_survey_is_answered_from_the_mail_and_counted(page, another, running_web):
    post, base_url = Letterbox(running_web.mail_folder), running_web.base_url
    survey = post.find(LINK, of_role(running_web, "member"))
    page.goto(survey)
    expect(page.locator("input[name=password]")).to_be_visible()
    sign_in_as(page, running_web, "halden", "member")
    page.goto(survey)
    answer_in_two_goes(page)

    page.goto(survey)
    expect(page.get_by_label("Still deciding")).to_be_checked()
    press(page, "Send")
    expect(page.get_by_text("Sent. Thank you.")).to_be_visible()
    expect(page.get_by_text("It’s <good> & that's it")).to_be_visible()
    assert look_at(page) == []
    page.get_by_role("button", name="Ask for somebody else").click()
    expect(page.get_by_text("They read that you ask for somebody else")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    page.get_by_role("link", name="To your pair").click()
    expect(page.get_by_text("How was it to meet").first).to_be_visible()

    sign_in_as(another, running_web, "halden", "program_admin")
    another.goto(f"{base_url}{HOME}cohorts/")
    another.get_by_role("main").get_by_role("link", name="Pilot", exact=True).first.click()
    another.get_by_role("link", name="Surveys", exact=True).click()
    expect(another.get_by_role("heading", name="At the start")).to_be_visible()
    expect(another.get_by_text(re.compile(r"\d+% of \d+")).first).to_be_visible()
    assert look_at(another) == []
