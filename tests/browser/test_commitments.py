"""A leader takes something on, the mentor agrees to the words, and the cohort reads no names."""

import re

from playwright.sync_api import expect

from tests.browser.letterbox import Letterbox
from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_messages import NOTICE, PAIRS
from tests.browser.test_mutual_yes import another, sign_in_by_mail

__all__ = ["another"]

WORDS = "I'd rather ask <twice> than guess once"


def open_goals(page, base_url: str) -> str:
    """What the first of the own pairs wants to reach; its address."""
    page.goto(f"{base_url}{PAIRS}")
    page.get_by_role("region", name="Your pairs").locator("a.person-name").first.click()
    page.get_by_role("link", name="Goals and commitments").click()
    expect(page.get_by_role("heading", name="Commitments")).to_be_visible()
    page.wait_for_load_state()
    return page.url


def commitment(page):
    return page.locator(".wording").filter(has_text=WORDS)


def set_and_reach_a_goal(page) -> None:
    page.get_by_label("Goal", exact=True).fill("Listen for an hour")
    page.get_by_role("button", name="Set this goal").click()
    goal = page.locator(".goal").filter(has_text="Listen for an hour")
    goal.get_by_role("button", name=re.compile("^Reached")).click()
    expect(page.get_by_text("Reached or let go (2)")).to_be_visible()


def write_it_down(page, name: str) -> None:
    """First with a name, which is warned of, then without."""
    page.get_by_role("link", name="Write down a commitment").click()
    page.get_by_label("What will be done").fill(f"{WORDS}, says {name}")
    assert look_at(page) == []
    page.get_by_role("button", name="Keep it as a draft").click()
    expect(commitment(page).get_by_text("Could somebody tell whose it is?")).to_be_visible()
    commitment(page).get_by_role("link", name=re.compile("^Other words")).click()
    page.get_by_label("What will be done").fill(WORDS)
    page.get_by_role("button", name="Save").click()
    expect(commitment(page).get_by_text("Could somebody tell whose it is?")).to_have_count(0)


def test_a_commitment_is_agreed_by_both_and_read_without_names(page, another, running_web):
    sign_in_as(page, running_web, "halden", "member")
    address = open_goals(page, running_web.base_url)
    set_and_reach_a_goal(page)
    partner = page.get_by_role("heading", level=1).inner_text()
    first = partner.removeprefix("What you and ").split()[0]
    assert look_at(page) == []

    path = address.removeprefix(running_web.base_url).partition("#")[0]
    post = Letterbox(running_web.mail_folder)
    sign_in_to(another, running_web, post, mentee_of(path, post, running_web), path)
    write_it_down(another, first)
    commitment(another).get_by_role("button", name=re.compile("^Propose")).click()
    expect(commitment(another).get_by_text("Proposed", exact=True)).to_be_visible()

    page.goto(address)
    commitment(page).get_by_role("button", name=re.compile("^Yes, publish")).click()
    expect(commitment(page).get_by_text("Published without names")).to_be_visible()
    page.get_by_role("link", name="What others here have taken on").click()
    line = page.locator(".said").filter(has_text=WORDS)
    expect(line).to_have_count(1)
    assert first not in page.locator("main").inner_text()
    assert look_at(page) == []

    another.goto(address)
    commitment(another).get_by_role("button", name=re.compile("^Mark as done")).click()
    page.reload()
    expect(line).to_contain_text("Done")


def mentee_of(path: str, post: Letterbox, running_web) -> str:
    """Who gets mails about the pair besides the one who signs in with a password."""
    known = {each["email"] for each in running_web.logins["logins"]}
    told = post.all_whose(path.removesuffix("goals/"), at_least=2, seconds=NOTICE)
    return next(each for each in told if each not in known)


def sign_in_to(page, running_web, post: Letterbox, address: str, path: str) -> None:
    page.goto(f"{running_web.base_url}{path}")
    sign_in_by_mail(page, post, address)
    expect(page.get_by_role("heading", name="Commitments")).to_be_visible()
