"""From a suggestion to a pair: a junior asks, a leader reads the mail and says yes."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.letterbox import Letterbox
from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_sign_in import press

# A worker on a busy machine takes its time, and the sweep comes once a minute.
PATIENCE = 150_000
HOME = "/o/halden/"
OFFER = "I'd love to show you what “prompting” is like from where I sit."


@pytest.fixture
def another(browser):
    """The browser of the other person, on a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def ask_whom_was_suggested(page, base_url: str) -> tuple[str, str]:
    """The name of the person, and the address of the request's page."""
    page.goto(f"{base_url}{HOME}")
    page.get_by_role("link", name="Suggestions", exact=True).first.click()
    expect(page.get_by_text("Why you two").first).to_be_visible()
    card = page.locator(".suggestions > li").filter(has=page.get_by_role("link", name="Ask")).first
    name = card.locator(".person-name").inner_text().strip()
    card.get_by_role("link", name="Ask").click()

    press(page, "Send the request")
    expect(page.get_by_role("link", name="One sentence is enough")).to_be_visible()
    page.get_by_label("A few words").fill(OFFER)
    press(page, "Send the request")
    expect(page.get_by_text(f"Your request is on its way to {name}.")).to_be_visible()
    link = page.get_by_role("main").get_by_role("link", name=name, exact=True).first
    return name, link.get_attribute("href")


def sign_in_by_mail(page, post: Letterbox, address: str) -> None:
    page.get_by_role("link", name="E-mail me a code").click()
    page.get_by_label("E-mail address").fill(address)
    press(page, "Send code")
    page.get_by_label("Code").fill(post.code(address))
    press(page, "Sign in")


def step_out(page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", name="If something is not right")).to_be_visible()
    press(page, "Step out")
    expect(page.get_by_role("dialog")).to_contain_text("neutral notice without a reason")
    assert look_at(page) == []
    press(page, "End the pair")
    expect(page.get_by_text(f"{name} reads that, and no reason.")).to_be_visible()


def test_from_a_suggestion_to_a_mutual_yes_and_out_again(page, another, running_web):
    post = Letterbox(running_web.mail_folder)
    sign_in_as(page, running_web, "halden", "member")
    name, request = ask_whom_was_suggested(page, running_web.base_url)
    address = post.whose(request)
    mail = post.find(re.compile(rf"http\S+{request}"), address)

    another.goto(mail)
    sign_in_by_mail(another, post, address)
    expect(another).to_have_url(mail)
    expect(another.get_by_text(OFFER)).to_be_visible()
    expect(another.get_by_text("Why you two")).to_be_visible()
    assert look_at(another) == []
    another.get_by_role("button", name="Yes, with pleasure").click()
    expect(another.get_by_text("You are a pair.")).to_be_visible()
    expect(another.get_by_role("heading", name="What happens next")).to_be_visible()
    assert look_at(another) == []

    page.goto(f"{running_web.base_url}{request}")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"You and {name}")
    expect(page.get_by_text("You both said yes").first).to_be_visible()
    page.goto(f"{running_web.base_url}{HOME}pairs/")
    pairs = page.get_by_role("region", name="Your pairs")
    expect(pairs.get_by_role("link", name=name, exact=True)).to_be_visible()

    step_out(page, name)
    another.reload()
    expect(another.get_by_text("You were a pair. This is over.")).to_be_visible()
    assert "has ended" in post.find(re.compile("Your pair with .* has ended"), address)
