"""A meeting from the plan to the note: mentor, leader, assistant, and who runs the cohort."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from mentoring.lib.moments import FORMAT
from tests.browser.letterbox import Letterbox
from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_mutual_yes import HOME, another, sign_in_by_mail
from tests.browser.test_sign_in import press

__all__ = ["another"]

PLACE = "Room 99, second door"
WHEN = re.compile("Date and time|New date and time")


@pytest.fixture
def third(browser):
    """One more browser, of an assistant or of who runs the cohort."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def in_days(number: int) -> str:
    day = datetime.now().astimezone() + timedelta(days=number)
    return day.replace(hour=14, minute=0).strftime(FORMAT)


def plan_a_meeting(page, base_url: str) -> str:
    """As the mentor; the name of the leader."""
    page.goto(f"{base_url}{HOME}pairs/")
    pairs = page.get_by_role("region", name="Your pairs")
    link = pairs.get_by_role("link").first
    name = link.inner_text().strip()
    link.click()
    page.get_by_role("link", name="Plan another meeting").click()
    page.get_by_label(WHEN).fill("2020-01-01T10:00")
    page.get_by_label("Place or link").fill(PLACE)
    press(page, "Plan it")
    expect(page.get_by_role("link", name="Choose a time that is still ahead.")).to_be_visible()
    expect(page.get_by_label("Place or link")).to_have_value(PLACE)
    assert look_at(page) == []
    page.get_by_label(WHEN).fill(in_days(9))
    press(page, "Plan it")
    expect(page.get_by_text("The meeting is planned.")).to_be_visible()
    expect(page.get_by_text(PLACE)).to_be_visible()
    assert look_at(page) == []
    return name


def move_it_from_the_mail(page, post: Letterbox, mentor: str) -> None:
    """As the leader, who gets the address of the page from the mail."""
    address = next(each for each in post.all_whose(PLACE, at_least=2) if each != mentor)
    text = next(each for each in post.to(address) if PLACE in each)
    page.goto(re.findall(r"http\S+/move/", text)[-1])
    sign_in_by_mail(page, post, address)
    page.get_by_label(WHEN).fill(in_days(10))
    press(page, "Save the change")
    expect(page.get_by_text("The change is saved.")).to_be_visible()


def name_an_assistant(page, base_url: str, email: str) -> None:
    page.goto(f"{base_url}{HOME}pairs/calendar/")
    page.get_by_label("E-mail address of your assistant").fill(email)
    press(page, "Name your assistant")
    expect(page.get_by_text("can move your meetings now.")).to_be_visible()
    press(page, "Make an address")
    expect(page.get_by_role("textbox", name="Your address")).to_have_value(re.compile(r"\.ics$"))
    assert look_at(page) == []


def move_as_assistant(page, base_url: str) -> None:
    page.goto(f"{base_url}{HOME}pairs/calendar/looked-after/")
    expect(page.get_by_text(PLACE)).to_have_count(0)
    page.get_by_role("link", name="Move", exact=True).last.click()
    page.get_by_label(WHEN).fill(in_days(11))
    press(page, "Move it")
    expect(page.get_by_text("Moved. Both people get it")).to_be_visible()
    assert look_at(page) == []


def note_a_meeting(page) -> None:
    page.get_by_role("link", name="We have met").click()
    press(page, "Note the meeting")
    expect(page.get_by_text("Noted. Thank you.")).to_be_visible()


def see_how_pairs_fare(page, running_web, name: str) -> None:
    page.goto(f"{running_web.base_url}{HOME}cohorts/")
    main = page.get_by_role("main")
    main.get_by_role("link", name="Pilot", exact=True).first.click()
    page.get_by_role("link", name="Pairs", exact=True).click()
    expect(page.get_by_role("cell", name=name).first).to_be_visible()
    expect(page.get_by_text(PLACE)).to_have_count(0)
    assert look_at(page) == []


def test_a_meeting_is_planned_moved_by_all_who_may_and_noted(page, another, third, running_web):
    post, base_url = Letterbox(running_web.mail_folder), running_web.base_url
    logins = running_web.logins["logins"]
    emails = {each["role"]: each["email"] for each in logins if each["organization"] == "halden"}
    sign_in_as(page, running_web, "halden", "owner")
    name = plan_a_meeting(page, base_url)
    pair = page.url

    move_it_from_the_mail(another, post, emails["owner"])
    name_an_assistant(another, base_url, emails["program_admin"])
    sign_in_as(third, running_web, "halden", "program_admin")
    move_as_assistant(third, base_url)

    page.goto(f"{pair}meetings/")
    acts = page.locator(".meeting-list > li").filter(has_text="Moved").first
    expect(acts.get_by_text("Moved (before:")).to_have_count(2)
    assert look_at(page) == []
    page.goto(pair)
    note_a_meeting(page)
    see_how_pairs_fare(third, running_web, name)
