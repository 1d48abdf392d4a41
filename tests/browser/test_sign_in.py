"""Signing up and in with a real browser: by keyboard, by mail, by app, by passkey."""

import base64
import re
import time
from email import message_from_bytes, policy
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.factories import PASSWORD
from tests.plugins.web import wait_for

NO_ACCOUNT = "This passkey opens no account here. Please choose another way."
CODE = re.compile(r"\b[A-Z]{4}-[A-Z]{4}\b")
numbers = count(1)


@pytest.fixture
def problems(page) -> list[str]:
    """What the console says: refused scripts and styles, broken scripts."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "console",
        lambda message: found.append(message.text) if message.type == "error" else None,
    )
    return found


@pytest.fixture
def origin(running_web) -> str:
    """An address that browsers allow passkeys at: a name, not a number."""
    return running_web.base_url.replace("127.0.0.1", "localhost")


def new_address() -> str:
    return f"browser{next(numbers)}-{time.time_ns()}@example.org"


def mailed_code(folder: Path, address: str, *, after: int = 0) -> str:
    """The code in the latest mail to the address, once there are more than ``after``."""

    def mails() -> list[Any]:
        files = sorted(folder.glob("*.eml"))
        every = [message_from_bytes(each.read_bytes(), policy=policy.default) for each in files]
        return [each for each in every if address in each["To"]]

    wait_for(lambda: len(mails()) > after)
    found = CODE.search(mails()[-1].get_body(("plain",)).get_content())
    assert found
    return found[0]


def press(page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def sign_up(page, origin: str, folder: Path) -> str:
    """A new person, signed in; returns the address."""
    address = new_address()
    page.goto(f"{origin}/accounts/signup/")
    page.get_by_label("Your name").fill("Nina O'Neill")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Create account")
    page.get_by_label("Code").fill(mailed_code(folder, address))
    press(page, "Confirm")
    page.wait_for_url("**/organizations/new/")
    return address


def sign_out(page, origin: str) -> None:
    page.goto(f"{origin}/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/")


def sign_in(page, address: str) -> None:
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def tab_to(page, selector: str) -> None:
    """Move the focus with the Tab key alone."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"The Tab key does not reach {selector}.")


def app_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def add_authenticator(page, *, checks_person: bool = True) -> Any:
    """A device in the browser that keeps passkeys and checks the person."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": checks_person,
        "isUserVerified": checks_person,
        "automaticPresenceSimulation": True,
    }
    made = devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devices, made["authenticatorId"]


def test_the_browser_s_time_zone_is_proposed(browser, running_web, origin):
    with browser.new_context(timezone_id="Europe/Berlin") as context:
        page = context.new_page()
        sign_up(page, origin, running_web.mail_folder)
        page.goto(f"{origin}/account/")
        assert page.get_by_label("Time zone").input_value() == "Europe/Berlin"


def test_signing_in_needs_no_mouse(page, running_web, origin, problems):
    address = sign_up(page, origin, running_web.mail_folder)
    sign_out(page, origin)
    tab_to(page, "[name=login]")
    page.keyboard.type(address)
    tab_to(page, "[name=password]")
    page.keyboard.type("not the password")
    page.keyboard.press("Enter")
    page.locator("[data-error-summary]:focus").wait_for()
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    tab_to(page, "form .button-primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/organizations/new/")
    assert problems == []


def test_signing_in_with_a_code_from_the_mail(page, running_web, origin, problems):
    address = sign_up(page, origin, running_web.mail_folder)
    sign_out(page, origin)
    page.get_by_role("link", name="E-mail me a code").click()
    page.get_by_label("E-mail address").fill(address)
    press(page, "Send code")
    page.get_by_label("Code").fill(mailed_code(running_web.mail_folder, address, after=1))
    press(page, "Sign in")
    page.wait_for_url("**/organizations/new/")
    assert problems == []


def test_two_steps_with_an_app_and_a_recovery_code(page, running_web, origin, problems):
    address = sign_up(page, origin, running_web.mail_folder)
    page.goto(f"{origin}/account/security/")
    page.get_by_role("link", name="Set up").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Continue")
    picture = page.get_by_role("img", name="QR code")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    secret = page.get_by_label("Key for the authenticator app").input_value()
    assert len(base64.b32decode(secret)) == 20
    page.get_by_label("Code that the app shows").fill(app_code(secret))
    press(page, "Turn on")
    page.locator(".codes code").first.wait_for()
    page.wait_for_load_state()
    codes = page.locator(".codes code").all_inner_texts()
    assert len(set(codes)) == 10
    sign_out(page, origin)
    sign_in(page, address)
    page.get_by_label("Code").fill(codes[0])
    press(page, "Sign in")
    page.wait_for_url("**/organizations/new/")
    page.goto(f"{origin}/account/security/")
    page.get_by_text("9 codes are left").wait_for()
    assert problems == []


def test_a_passkey_is_added_used_renamed_and_removed(page, running_web, origin, problems):
    devices, device = add_authenticator(page)
    sign_up(page, origin, running_web.mail_folder)
    page.goto(f"{origin}/account/security/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Continue")
    page.get_by_label("Name").fill("Work's laptop")
    press(page, "Create passkey")
    page.wait_for_url("**/accounts/passkeys/")
    page.get_by_text("Work's laptop").wait_for()
    kept = devices.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert [each["isResidentCredential"] for each in kept] == [True]

    sign_out(page, origin)
    press(page, "Use a passkey")
    page.wait_for_url("**/organizations/new/")

    page.goto(f"{origin}/accounts/passkeys/")
    page.get_by_role("link", name="Rename").click()
    page.get_by_role("link", name="Use a passkey").click()
    press(page, "Use a passkey")
    page.get_by_label("Name").fill("Laptop")
    press(page, "Save")
    page.get_by_role("link", name="Remove: Laptop").click()
    press(page, "Remove")
    page.get_by_text("No passkeys yet").wait_for()

    sign_out(page, origin)
    press(page, "Use a passkey")
    page.get_by_text(NO_ACCOUNT).wait_for()
    assert page.url.endswith("/accounts/login/")
    assert problems == []


def test_a_passkey_of_a_person_who_was_shut_out_opens_nothing(page, running_web, origin):
    """The answer is that to a passkey which was removed."""
    add_authenticator(page)
    address = sign_up(page, origin, running_web.mail_folder)
    page.goto(f"{origin}/accounts/passkeys/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Continue")
    press(page, "Create passkey")
    page.wait_for_url("**/accounts/passkeys/")
    with psycopg.connect(running_web.urls.app) as connection:
        connection.execute("UPDATE accounts_user SET is_active = false WHERE email = %s", [address])
    page.goto(f"{origin}/accounts/login/")
    press(page, "Use a passkey")
    page.get_by_text(NO_ACCOUNT).wait_for()
    assert page.url.endswith("/accounts/login/")


def test_a_passkey_that_checks_nobody_is_refused(page, running_web, origin):
    """A device without finger, face or PIN cannot replace a password, whatever the page asked."""
    add_authenticator(page, checks_person=False)
    sign_up(page, origin, running_web.mail_folder)
    page.goto(f"{origin}/accounts/passkeys/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Continue")
    page.get_by_role("button", name="Create passkey").wait_for()
    page.evaluate(
        """() => {
          const place = document.getElementById("passkey-options");
          const options = JSON.parse(place.textContent);
          options.publicKey.authenticatorSelection.userVerification = "discouraged";
          place.textContent = JSON.stringify(options);
        }"""
    )
    press(page, "Create passkey")
    page.get_by_text("The passkey was not added. Please try again.").first.wait_for()
    page.goto(f"{origin}/accounts/passkeys/")
    page.get_by_text("No passkeys yet").wait_for()


def test_at_an_address_without_a_name_passkeys_say_so(page, running_web):
    page.goto(f"{running_web.base_url}/accounts/login/")
    add_authenticator(page)
    press(page, "Use a passkey")
    page.get_by_text("This browser cannot use passkeys at this address.").wait_for()


def test_without_javascript_everything_but_passkeys_works(browser, running_web):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        address = sign_up(page, running_web.base_url, running_web.mail_folder)
        sign_out(page, running_web.base_url)
        assert not page.get_by_role("button", name="Use a passkey").is_visible()
        sign_in(page, address)
        page.wait_for_url("**/organizations/new/")
