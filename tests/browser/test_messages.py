"""Two people of a pair write to each other: a mail without a word of it, a draft, a report."""

import re

from playwright.sync_api import expect

from tests.browser.letterbox import Letterbox
from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_mutual_yes import another, sign_in_by_mail
from tests.browser.test_sign_in import press
from tests.plugins.web import wait_for

__all__ = ["another"]

# Two minutes until the notice is due, and a minute until the sweep looks.
NOTICE = 330.0
PAIRS = "/o/halden/pairs/"
HELLO = "It's about the <b>offsite</b> – shall we meet at ten?"
ANSWER = "Ten is fine. I will bring https://example.org/tools."
DRAFT = "What I have not sent yet"


def open_pair(page, base_url: str) -> str:
    """The first of the own pairs; its address."""
    page.goto(f"{base_url}{PAIRS}")
    pairs = page.get_by_role("region", name="Your pairs")
    pairs.locator("a.person-name").first.click()
    expect(page.get_by_role("heading", name="Messages")).to_be_visible()
    page.wait_for_load_state()
    return page.url


def drafts_in(page) -> list[str]:
    """What the browser keeps, besides what htmx notes for itself."""
    return page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('draft:'))")


def box(page):
    return page.get_by_label(re.compile("^Write to "))


def last_line(page):
    return page.locator(".talk-line").last


def a_draft_outlives_a_reload_and_a_session_that_ended(page, role: str, running_web) -> None:
    box(page).fill(DRAFT)
    assert len(drafts_in(page)) == 1
    page.reload()
    expect(box(page)).to_have_value(DRAFT)
    expect(page.get_by_text("What you had begun to write is back.")).to_be_visible()
    here = page.url
    page.context.clear_cookies()
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(lambda address: address != here)
    sign_in_as(page, running_web, "halden", role)
    page.goto(here)
    expect(box(page)).to_have_value(DRAFT)


def a_draft_is_gone_after_signing_out(page, role: str, running_web) -> None:
    here = page.url
    page.locator(".account > summary").click()
    press(page, "Sign out")
    page.wait_for_url(lambda address: address != here)
    assert drafts_in(page) == []
    sign_in_as(page, running_web, "halden", role)
    page.goto(here)
    page.wait_for_load_state()
    expect(box(page)).to_have_value("")


def report_the_last_line(page) -> None:
    last_line(page).get_by_role("link", name="Report").click()
    expect(page.get_by_text("Ten is fine.")).to_be_visible()
    expect(page.get_by_label("Attach this message")).not_to_be_checked()
    assert look_at(page) == []
    page.get_by_label("Off the topic, or private favours").check()
    page.get_by_label("In your own words").fill("I do not know how to say no.")
    page.get_by_role("button", name=re.compile("^Send to ")).click()
    expect(page.get_by_text("gets a mail now, and reads your concern here.")).to_be_visible()
    expect(page.get_by_text("Your concern went to").first).to_be_visible()


def send(page, text: str) -> None:
    box(page).fill(text)
    page.get_by_role("button", name="Send").click()
    expect(last_line(page)).to_contain_text(text)
    expect(box(page)).to_have_value("")
    expect(page).not_to_have_url(re.compile("sent="))
    assert drafts_in(page) == []


def reader_told(post: Letterbox, path: str, writer: str) -> str:
    """Who else but the writer got a mail that leads there."""
    found: list[str] = []

    def has_come() -> bool:
        found[:] = [each for each in post.all_whose(path, at_least=0) if each != writer]
        return bool(found)

    wait_for(has_come, seconds=NOTICE)
    return found[-1]


def open_from_mail(page, post: Letterbox, path: str, *, writer: str) -> None:
    """The notice comes, says no word of the message, and leads to it.

    The writer may have one, too: in the demo a message to the writer is unread.
    """
    address = reader_told(post, path, writer)
    assert [text for text in post.to(address) if "offsite" in text] == []
    page.goto(post.find(re.compile(rf"http\S+{path}#newest"), address))
    sign_in_by_mail(page, post, address)
    expect(last_line(page)).to_contain_text("New")


def test_a_pair_writes_is_told_by_mail_and_one_of_them_reports(page, another, running_web):
    sign_in_as(page, running_web, "halden", "member")
    pair = open_pair(page, running_web.base_url)
    a_draft_outlives_a_reload_and_a_session_that_ended(page, "member", running_web)
    a_draft_is_gone_after_signing_out(page, "member", running_web)
    send(page, HELLO)
    assert look_at(page) == []

    path = pair.removeprefix(running_web.base_url) + "messages/"
    logins = running_web.logins["logins"]
    (own,) = [
        each["email"]
        for each in logins
        if (each["organization"], each["role"]) == ("halden", "member")
    ]
    open_from_mail(another, Letterbox(running_web.mail_folder), path, writer=own)
    expect(last_line(another)).to_contain_text(HELLO)
    assert look_at(another) == []
    send(another, ANSWER)
    link = last_line(another).get_by_role("link")
    expect(link).to_have_attribute("href", "https://example.org/tools")

    page.reload()
    expect(page.locator(".talk-seen")).to_have_count(1)
    last_line(page).get_by_role("link", name="Not my topic").click()
    expect(box(page)).to_have_value(re.compile("Thank you for asking!"))
    report_the_last_line(page)
    another.reload()
    expect(another.get_by_text("concern went")).to_have_count(0)
