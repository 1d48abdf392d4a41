"""Running an organization with a real browser, with and without JavaScript."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_every_page import look_at

SLUG = "halden"


def login_of(running_web, role: str) -> dict[str, str]:
    logins = running_web.logins["logins"]
    return next(each for each in logins if (each["organization"], each["role"]) == (SLUG, role))


def sign_in(page, running_web, role: str = "owner") -> str:
    """Sign in to the demo organization; returns its address."""
    login = login_of(running_web, role)
    page.goto(f"{running_web.base_url}/accounts/login/")
    page.locator("input[name=login]").fill(login["email"])
    page.locator("input[name=password]").fill(login["password"])
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile("/o/|/organizations/"))
    return f"{running_web.base_url}/o/{SLUG}/"


@pytest.fixture
def plain(browser):
    """A page of a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_the_address_and_the_zone_are_proposed(browser, running_web):
    context = browser.new_context(timezone_id="Asia/Tokyo")
    page = context.new_page()
    sign_in(page, running_web)
    page.goto(f"{running_web.base_url}/organizations/new/")
    name, slug = page.locator("input[name=name]"), page.locator("input[name=slug]")

    assert page.locator("select[name=time_zone]").input_value() == "Asia/Tokyo"

    name.fill("Müller & Söhne's")
    assert slug.input_value() == "mueller-soehnes"

    slug.fill("own-choice")
    name.fill("Müller & Söhne")
    assert slug.input_value() == "own-choice"

    slug.fill("")
    name.fill("Müller & Söhne KG")
    assert slug.input_value() == "mueller-soehne-kg"
    context.close()


def test_a_color_is_previewed_while_it_is_chosen_and_then_worn(page, running_web):
    organization = sign_in(page, running_web)
    page.goto(f"{organization}settings/appearance/")

    page.get_by_label("Accent color").fill("#ffdd00")
    page.get_by_text("#ffdd00 is too light to read").wait_for()
    assert page.get_by_label("Choose a color").input_value() == "#ffdd00"

    page.get_by_label("Choose a color").fill("#aa3366")
    page.locator("#palette code", has_text="#aa3366").wait_for()
    assert page.get_by_label("Accent color").input_value() == "#aa3366"
    assert look_at(page) == []

    picture = BytesIO()
    Image.new("RGB", (90, 30), "#882255").save(picture, "PNG")
    logo = {"name": "logo.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    page.get_by_label("Logo", exact=False).first.set_input_files(logo)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The settings are saved.").wait_for()

    accent = "getComputedStyle(document.documentElement).getPropertyValue('--accent-light')"
    assert page.evaluate(accent).strip() == "#aa3366"
    expect(page.get_by_alt_text("The logo in use")).to_have_js_property("naturalWidth", 90)


def test_programs_are_named_on_the_page_of_a_person(page, running_web):
    organization = sign_in(page, running_web)
    admin = login_of(running_web, "program_admin_named")["email"]
    page.goto(f"{organization}people/?q={admin}")
    page.get_by_role("rowheader").get_by_role("link").click()

    page.get_by_role("button", name="Save programs").wait_for()
    assert look_at(page) == []
    page.goto(f"{page.url}programs/")
    assert look_at(page) == []


def test_leaving_asks_first(page, running_web):
    organization = sign_in(page, running_web, "member")
    page.goto(f"{organization}membership/")

    page.get_by_role("button", name="Leave", exact=True).click()
    page.get_by_text("Only a new invitation brings you back.").wait_for()
    page.keyboard.press("Escape")

    assert page.url == f"{organization}membership/"
    assert page.goto(organization).status == 200


def test_people_are_invited_without_javascript(plain, running_web):
    organization = sign_in(plain, running_web)
    plain.goto(f"{organization}invitations/new/")

    plain.get_by_label("E-mail addresses").fill("nonsense\nPlain <plain@example.org>")
    plain.get_by_role("button", name="Invite", exact=True).click()
    expect(plain.get_by_text("1 line needs a look. Nobody is invited yet.")).to_be_visible()

    plain.get_by_role("button", name="Invite the other one").click()
    expect(plain.get_by_text("1 invitation is on its way.")).to_be_visible()
    expect(plain.get_by_text("plain@example.org", exact=True)).to_be_visible()


def test_lists_are_searched_without_javascript(plain, running_web):
    organization = sign_in(plain, running_web)
    email = login_of(running_web, "hr_analyst")["email"]
    plain.goto(f"{organization}people/")

    plain.get_by_label("Search").fill(email)
    plain.get_by_label("Search").press("Enter")

    expect(plain.get_by_role("rowheader")).to_have_count(1)
    expect(plain.get_by_text(email)).to_be_visible()
