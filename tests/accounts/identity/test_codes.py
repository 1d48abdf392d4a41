"""Codes by mail: one browser, one use, fifteen minutes, three tries."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.accounts.identity.steps import (
    ask_for_code,
    ask_for_reset,
    mailed_code,
    sign_in,
    sign_up,
    type_code,
    who,
)
from tests.factories import create_user

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
CONFIRM = "account_confirm_login_code"
RESET = "account_confirm_password_reset_code"
EMAIL = "ann@example.org"
ASKED = {CONFIRM: ask_for_code, RESET: ask_for_reset, "account_email_verification_sent": sign_up}


def test_the_code_signs_in(client):
    user = create_user(email=EMAIL)
    assert ask_for_code(client, EMAIL)["Location"] == reverse(CONFIRM)
    response = type_code(client, CONFIRM, mailed_code())
    assert (response.status_code, response["Location"]) == (302, reverse("home"))
    assert who(client) == str(user.pk)


def test_small_letters_and_no_hyphen_will_do(client):
    create_user(email=EMAIL)
    ask_for_code(client, EMAIL)
    type_code(client, CONFIRM, f" {mailed_code().lower().replace('-', '')} ")
    assert who(client) != ""


def test_the_code_leads_to_where_one_was_going(client):
    create_user(email=EMAIL)
    response = ask_for_code(client, EMAIL, next="/account/security/")
    assert response["Location"] == f"{reverse(CONFIRM)}?next=%2Faccount%2Fsecurity%2F"
    response = type_code(client, CONFIRM, mailed_code(), next="/account/security/")
    assert response["Location"] == "/account/security/"


def test_a_used_code_opens_nothing(client):
    create_user(email=EMAIL)
    ask_for_code(client, EMAIL)
    code = mailed_code()
    type_code(client, CONFIRM, code)
    client.post(reverse("account_logout"))
    assert who(client) == ""
    response = type_code(client, CONFIRM, code)
    assert response["Location"] == reverse("account_request_login_code")
    assert who(client) == ""


def test_a_code_opens_nothing_in_another_browser(client):
    create_user(email=EMAIL)
    ask_for_code(client, EMAIL)
    other = Client()
    type_code(other, CONFIRM, mailed_code())
    ask_for_code(other, "somebody@example.org")
    type_code(other, CONFIRM, mailed_code_for(EMAIL))
    assert who(other) == ""


def mailed_code_for(email: str) -> str:
    mail.outbox[:] = [each for each in mail.outbox if each.to == [email]]
    return mailed_code()


@pytest.mark.parametrize("view", ASKED)
def test_a_code_expires_and_the_page_says_so(client, time_machine, view):
    time_machine.move_to("2026-11-23T09:00:00Z", tick=False)
    if view != "account_email_verification_sent":
        create_user(email=EMAIL)
    ASKED[view](client, EMAIL)
    time_machine.shift(15 * 60 + 1)
    response = client.post(reverse(view), {"code": mailed_code()}, follow=True)
    assert "The code has expired. Please start again." in response.content.decode()
    assert who(client) == ""


@pytest.mark.parametrize("view", ASKED)
def test_after_three_wrong_codes_the_right_one_opens_nothing(client, view):
    if view != "account_email_verification_sent":
        create_user(email=EMAIL)
    ASKED[view](client, EMAIL)
    answers = [type_code(client, view, "XXXX-XXXX").status_code for _ in range(3)]
    assert answers == [200, 200, 302]
    type_code(client, view, mailed_code())
    assert who(client) == ""
    assert client.get(reverse("account_complete_password_reset")).status_code == 302


def test_another_code_replaces_the_first(client):
    create_user(email=EMAIL)
    ask_for_code(client, EMAIL)
    first = mailed_code()
    client.post(reverse(CONFIRM), {"action": "resend"})
    second = mailed_code()
    assert first != second
    assert type_code(client, CONFIRM, first).status_code == 200
    assert type_code(client, CONFIRM, second).status_code == 302
    assert who(client) != ""


def test_another_code_can_be_had_twice(client):
    create_user(email=EMAIL)
    ask_for_code(client, EMAIL)
    for _ in range(3):
        client.post(reverse(CONFIRM), {"action": "resend"})
    assert len(mail.outbox) == 3
    assert "Send another code" not in client.get(reverse(CONFIRM)).content.decode()


def test_who_wants_another_way_can_start_over(client):
    create_user(email=EMAIL)
    ask_for_code(client, EMAIL)
    assert client.get(reverse("account_login"))["Location"] == reverse(CONFIRM)
    client.post(reverse("account_logout"), {"next": reverse("account_login")})
    assert client.get(reverse("account_login")).status_code == 200


def test_a_new_password_by_code(client):
    user = create_user(email=EMAIL, password="the forgotten password")
    elsewhere = Client()
    elsewhere.force_login(user)
    ask_for_reset(client, EMAIL)
    response = type_code(client, RESET, mailed_code())
    assert response["Location"] == reverse("account_complete_password_reset")
    page = client.get(response["Location"])
    assert "Choose a new password" in page.content.decode()
    client.post(response["Location"], {"password1": "a password to remember"})
    assert who(client) == str(user.pk)
    assert elsewhere.get(reverse("account")).status_code == 302
    assert sign_in(Client(), EMAIL, "the forgotten password").status_code == 200
    assert sign_in(Client(), EMAIL, "a password to remember").status_code == 302
    assert mail.outbox[-1].subject == "Your password was changed"


def test_a_new_password_needs_the_code(client):
    create_user(email=EMAIL)
    ask_for_reset(client, EMAIL)
    response = client.post(
        reverse("account_complete_password_reset"), {"password1": "a password to remember"}
    )
    assert response["Location"] == reverse(RESET)
    assert sign_in(Client(), EMAIL, "a password to remember").status_code == 200


def test_secrets_are_in_no_address(client):
    create_user(email=EMAIL)
    for ask in (ask_for_code, ask_for_reset):
        ask(Client(), EMAIL)
    for each in mail.outbox:
        code = mailed_code().replace("-", "")
        addresses = [word for word in each.body.split() if word.startswith("http")]
        assert all(code not in address for address in addresses)
        assert set(addresses) <= {"http://testserver"}
