"""A pair prepares its meeting and writes a note together, at the same time."""

import re
from uuid import uuid4

from playwright.sync_api import expect

from mentoring.console.demo.build import PASSWORD
from tests.browser.letterbox import Letterbox
from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_messages import drafts_in
from tests.browser.test_mutual_yes import HOME, another
from tests.browser.test_sign_in import press

__all__ = ["another"]

HARD = "It's <b>hard</b> to say no"
HIS_POINT = "How do juniors read my mails?"
MINE, HIS = "What Ada noted", "What the leader noted"


def add(page, section: str, text: str) -> None:
    """With Enter, as most people do."""
    box = page.get_by_label(f"Add a point: {section}")
    box.fill(text)
    box.press("Enter")
    expect(page.locator(".agenda-point").filter(has_text=text)).to_have_count(1)
    expect(page.get_by_label(f"Add a point: {section}")).to_have_value("")


def choose(page, text: str, what: str) -> None:
    """From the menu of that point."""
    page.locator(".agenda-point").filter(has_text=text).locator("summary").click()
    page.locator(".menu[open]").get_by_text(what).click()


def note(page):
    return page.get_by_role("textbox", name="Your note together")


def sign_in_partner(page, running_web, pair: str, own: str) -> None:
    """Both have got the invitation to the meeting, which leads to the pair."""
    post = Letterbox(running_web.mail_folder)
    post.whose(pair)
    (address,) = set(post.all_whose(pair, at_least=2)) - {own}
    page.goto(f"{running_web.base_url}/accounts/login/")
    page.locator("input[name=login]").fill(address)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda here: "/login/" not in here)


def prepare(page) -> str:
    """A point, with all that can be done with one; how it reads in the end."""
    # A second try finds what the first one left.
    point = f"{HARD} {uuid4().hex[:6]}"
    add(page, "Sticking points", point)
    assert drafts_in(page) == []
    choose(page, point, "Move up")
    expect(page.locator("#agenda-sticking .agenda-text > [dir]").nth(-2)).to_have_text(point)
    choose(page, point, "Remove")
    expect(page.get_by_text("The point is removed.")).to_be_visible()
    press(page, "Undo")
    expect(page.locator(".agenda-point").filter(has_text=point)).to_have_count(1)
    choose(page, point, "Say it in other words")
    page.get_by_label("In other words").fill(f"{point} kindly")
    press(page, re.compile("^Save$"))
    expect(page.get_by_text(f"{point} kindly", exact=True)).to_be_visible()
    assert look_at(page) == []
    return f"{point} kindly"


def open_agenda(page, running_web) -> str:
    """Of the next meeting of the first own pair; the address of the pair."""
    page.goto(f"{running_web.base_url}{HOME}pairs/")
    pairs = page.get_by_role("region", name="Your pairs")
    pairs.locator("a.person-name").first.click()
    expect(page.get_by_text("points are on the agenda.")).to_be_visible()
    pair = page.url.removeprefix(running_web.base_url)
    page.get_by_role("link", name="Prepare").first.click()
    expect(page.get_by_role("heading", name="Agenda", exact=True)).to_be_visible()
    return pair


def save(page) -> None:
    page.get_by_role("button", name="Save the note").first.click()


def write_at_once(page, another) -> None:
    """The draft comes back with the version that it was about, so nothing is overwritten."""
    note(page).fill(MINE)
    page.reload()
    expect(note(page)).to_have_value(MINE)
    expect(page.get_by_text("It is not saved yet.").first).to_be_visible()
    note(another).fill(HIS)
    save(another)
    expect(another.get_by_text("Your note is saved.")).to_be_visible()
    page.reload()
    expect(note(page)).to_have_value(MINE)
    save(page)
    there = page.get_by_role("group", name="What stands there now")
    expect(there).to_contain_text(HIS)
    expect(note(page)).to_have_value(MINE)
    assert look_at(page) == []
    note(page).fill(f"{HIS}\n{MINE}")
    save(page)
    expect(page.get_by_text("Your note is saved.")).to_be_visible()
    expect(page).not_to_have_url(re.compile("sent="))
    assert drafts_in(page) == []
    another.reload()
    expect(note(another)).to_have_value(f"{HIS}\n{MINE}")


def test_a_pair_prepares_its_meeting_and_no_word_is_lost(page, another, running_web):
    sign_in_as(page, running_web, "halden", "owner")
    pair = open_agenda(page, running_web)
    point = prepare(page)

    logins = running_web.logins["logins"]
    whose = {(each["organization"], each["role"]): each["email"] for each in logins}
    sign_in_partner(another, running_web, pair, whose["halden", "owner"])
    another.goto(page.url.split("?")[0])
    expect(another.get_by_text(point, exact=True)).to_be_visible()
    add(another, "Goals", HIS_POINT)
    assert look_at(another) == []

    write_at_once(page, another)
    expect(page.locator(".agenda-point").filter(has_text=HIS_POINT)).to_have_count(1)
