"""What every page of signing in keeps to."""

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
from tests.factories import PASSWORD, create_user

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
EMAIL = "ann@example.org"
NOWHERE = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 2},
    }
}
FORMS = [
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_logout",
    "mfa_login_webauthn",
    "set_language",
]
FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "https:evil.example",
]


@pytest.mark.parametrize("view", FORMS)
def test_forms_of_other_sites_are_refused(view):
    client = Client(enforce_csrf_checks=True)
    assert client.post(reverse(view), {"email": EMAIL}).status_code == 403
    assert mail.outbox == []


@pytest.mark.parametrize("target", FOREIGN)
def test_signing_in_leads_to_no_other_site(client, target):
    create_user(email=EMAIL, password=PASSWORD)
    assert sign_in(client, EMAIL, next=target)["Location"] == reverse("home")
    client.post(reverse("account_logout"))
    ask_for_code(client, EMAIL, next=target)
    response = type_code(client, "account_confirm_login_code", mailed_code(), next=target)
    assert response["Location"] == reverse("home")
    response = client.post(reverse("account_logout"), {"next": target})
    assert response["Location"] == reverse("account_login")


def test_signing_in_leads_to_where_one_was_going(client):
    create_user(email=EMAIL, password=PASSWORD)
    page = client.get(reverse("account_login"), {"next": "/account/security/"})
    assert '<input type="hidden" name="next" value="/account/security/">' in page.content.decode()
    assert sign_in(client, EMAIL, next="/account/security/")["Location"] == "/account/security/"


def test_an_invited_person_comes_back_after_signing_up(client):
    sign_up(client, EMAIL, next="/invitations/x/y/")
    response = type_code(client, "account_email_verification_sent", mailed_code())
    assert response["Location"] == "/invitations/x/y/"


def test_the_session_gets_another_key_at_sign_in(client):
    """A key that somebody slipped to the person beforehand is worth nothing."""
    create_user(email=EMAIL, password=PASSWORD)
    ask_for_code(client, EMAIL)
    slipped = client.session.session_key
    assert slipped
    type_code(client, "account_confirm_login_code", mailed_code())
    assert who(client) != ""
    assert client.session.session_key != slipped
    intruder = Client()
    intruder.cookies["sessionid"] = slipped
    assert intruder.get(reverse("account")).status_code == 302


@pytest.mark.parametrize("ask", [ask_for_code, ask_for_reset, sign_up])
@pytest.mark.parametrize("known", [True, False])
def test_a_mail_server_that_is_down_gets_a_friendly_page(client, settings, ask, known):
    if known:
        create_user(email=EMAIL)
    settings.MAILERS, working = NOWHERE, settings.MAILERS
    response = ask(client, EMAIL)
    assert response.status_code == 503
    assert "We could not send the mail" in response.content.decode()
    settings.MAILERS = working
    assert ask(client, EMAIL).status_code == 302
    assert len(mail.outbox) == 1


def test_the_page_about_the_mail_server_sends_the_same_again(client, settings):
    settings.MAILERS = NOWHERE
    asked = ask_for_code(client, EMAIL, next="/account/").content.decode()
    assert f'<input type="hidden" name="email" value="{EMAIL}">' in asked
    assert '<input type="hidden" name="next" value="/account/">' in asked
    signed_up = sign_up(client, EMAIL).content.decode()
    assert PASSWORD not in signed_up
    assert "Go one page back in your browser" in signed_up


def test_news_that_cannot_be_mailed_undo_nothing(client, settings):
    user = create_user(email=EMAIL, password=PASSWORD)
    client.force_login(user)
    settings.MAILERS = NOWHERE
    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "another way to the sea"},
    )
    assert response.status_code == 302
    assert sign_in(Client(), EMAIL, "another way to the sea").status_code == 302


def test_pages_of_signing_in_are_not_kept_by_browsers(client):
    for view in ("account_login", "account_signup", "account_request_login_code"):
        assert "no-store" in client.get(reverse(view))["Cache-Control"]


def test_mails_speak_the_language_of_the_page(client):
    client.post(reverse("set_language"), {"language": "de"})
    ask_for_code(client, EMAIL)
    assert mail.outbox[0].alternatives[0].content.count('lang="de"') == 1


def test_codes_are_never_logged(client, caplog):
    caplog.set_level("DEBUG")
    create_user(email=EMAIL, password=PASSWORD)
    ask_for_code(client, EMAIL)
    type_code(client, "account_confirm_login_code", mailed_code())
    sign_in(Client(), EMAIL)
    text = caplog.text
    for secret in (mailed_code(), EMAIL, PASSWORD):
        assert secret not in text
