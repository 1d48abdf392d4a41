"""Authenticator app and recovery codes."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.accounts.identity.steps import (
    SECRET,
    app_code,
    ask_for_code,
    mailed_code,
    prove_again,
    recovery_codes,
    set_up_app,
    sign_in,
    type_code,
    who,
)
from tests.factories import PASSWORD, create_user

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
STEP = "mfa_authenticate"
NOON = "2026-11-23T12:00:00Z"


@pytest.fixture
def user():
    return create_user(email="theo@example.org", password=PASSWORD)


@pytest.fixture
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


def test_setting_up_the_app_shows_the_recovery_codes(
    client, user, django_capture_on_commit_callbacks
):
    client.force_login(user)
    address = reverse("mfa_activate_totp")
    assert client.get(address)["Location"].startswith(reverse("account_reauthenticate"))
    prove_again(client)
    page = client.get(address).content.decode()
    secret = client.session["mfa.totp.secret"]
    assert secret in page
    assert 'src="data:image/svg+xml;base64,' in page
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address, {"code": app_code(secret=secret)})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    shown = client.get(response["Location"]).content.decode()
    assert [code for code in recovery_codes(user) if code not in shown] == []
    assert mail.outbox[-1].subject == "Two-step sign-in is on"
    kept = client.get(reverse("mfa_download_recovery_codes"))
    assert kept.content.decode().split()[-10:] == recovery_codes(user)
    assert kept["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'


def test_a_wrong_first_code_turns_nothing_on(client, user):
    client.force_login(user)
    prove_again(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "This code is not right." in response.content.decode()
    assert secret in response.content.decode()
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("way", ["password", "code"])
def test_signing_in_asks_for_the_second_step(client, user, way):
    set_up_app(user)
    if way == "password":
        response = sign_in(client, user.email)
    else:
        ask_for_code(client, user.email)
        response = type_code(client, "account_confirm_login_code", mailed_code())
    assert response["Location"] == reverse(STEP)
    assert who(client) == ""
    assert client.get(reverse("account")).status_code == 302
    type_code(client, STEP, app_code())
    assert who(client) == str(user.pk)


def test_a_code_of_the_app_counts_once(user, noon):
    set_up_app(user)
    first, second = Client(), Client()
    sign_in(first, user.email)
    sign_in(second, user.email)
    type_code(first, STEP, app_code())
    response = type_code(second, STEP, app_code())
    assert (who(first), who(second)) == (str(user.pk), "")
    assert response.status_code == 200


def test_a_code_counts_once_for_as_long_as_it_is_valid(user, noon):
    """It is accepted a period early and late, so it must be remembered longer than a period."""
    set_up_app(user)
    first, second = Client(), Client()
    sign_in(first, user.email)
    sign_in(second, user.email)
    code = app_code(periods=1)
    type_code(first, STEP, code)
    noon.shift(59)
    response = type_code(second, STEP, code)
    assert (who(first), who(second)) == (str(user.pk), "")
    assert "This code was used already." in response.content.decode()


def test_the_code_that_set_up_the_app_does_not_sign_in(client, user, noon):
    client.force_login(user)
    prove_again(client)
    client.get(reverse("mfa_activate_totp"))
    code = app_code(secret=client.session["mfa.totp.secret"])
    client.post(reverse("mfa_activate_totp"), {"code": code})
    other = Client()
    sign_in(other, user.email)
    type_code(other, STEP, code)
    assert who(other) == ""


@pytest.mark.parametrize(("periods", "is_right"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_half_a_minute(client, user, noon, periods, is_right):
    set_up_app(user)
    sign_in(client, user.email)
    type_code(client, STEP, app_code(periods=periods))
    assert (who(client) != "") == is_right


def test_a_recovery_code_counts_once(user):
    set_up_app(user)
    code = recovery_codes(user)[3]
    first, second = Client(), Client()
    for each in (first, second):
        sign_in(each, user.email)
        type_code(each, STEP, code)
    assert (who(first), who(second)) == (str(user.pk), "")
    assert code not in recovery_codes(user)
    assert len(recovery_codes(user)) == 9


def test_new_recovery_codes_replace_the_old(client, user):
    set_up_app(user)
    old = recovery_codes(user)
    client.force_login(user)
    prove_again(client)
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    assert set(old) & set(recovery_codes(user)) == set()


def test_turning_it_off_takes_the_recovery_codes_along(client, user):
    set_up_app(user)
    client.force_login(user)
    prove_again(client)
    response = client.post(reverse("mfa_deactivate_totp"))
    assert response["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.exists()
    assert mail.outbox[-1].subject == "Two-step sign-in is off"
    assert sign_in(Client(), user.email)["Location"] == reverse("home")


def test_recovery_codes_are_shown_only_after_proving_who_one_is(client, user):
    set_up_app(user)
    client.force_login(user)
    for view in ("mfa_view_recovery_codes", "mfa_download_recovery_codes"):
        response = client.get(reverse(view))
        assert response["Location"].startswith(reverse("account_reauthenticate"))


def test_secrets_are_not_readable_in_the_database(client, user):
    app = set_up_app(user)
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    assert SECRET not in str(app.data)
    assert app.data["secret"].startswith("gAAAAA")
    assert codes.data["seed"].startswith("gAAAAA")


@pytest.mark.django_db(databases=["default", "cache", "system"])
def test_a_new_secret_key_still_reads_them_and_writes_them_anew(client, user, settings):
    app = set_up_app(user)
    codes = recovery_codes(user)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-key-" * 4
    sign_in(client, user.email)
    type_code(client, STEP, app_code())
    assert who(client) == str(user.pk)
    before = app.data["secret"]
    call_command("renew_secrets", verbosity=0)
    app.refresh_from_db()
    assert app.data["secret"] != before
    settings.SECRET_KEY_FALLBACKS = []
    assert recovery_codes(user) == codes


def test_a_person_without_a_confirmed_address_cannot_set_it_up(client):
    user = create_user(password=PASSWORD, verified=False)
    client.force_login(user)
    response = client.get(reverse("mfa_activate_totp"), follow=True)
    assert response.redirect_chain[-1][0] == reverse("account_security")
    assert "Confirm all of your e-mail addresses first" in response.content.decode()
