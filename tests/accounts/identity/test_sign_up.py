import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.identity.steps import (
    ask_for_code,
    mailed_code,
    sign_in,
    sign_up,
    type_code,
    who,
)
from tests.factories import PASSWORD, create_user

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
CONFIRM = "account_email_verification_sent"
NINA = "nina@example.org"


def finish(client: Client) -> User:
    """Type the mailed code; the new person."""
    response = type_code(client, CONFIRM, mailed_code())
    assert (response.status_code, response["Location"]) == (302, reverse("organization_new"))
    return User.objects.get(email=NINA)


def test_a_new_person_proves_the_address_and_goes_on_to_an_organization(client):
    response = sign_up(client, NINA, time_zone="Europe/Berlin")
    assert (response.status_code, response["Location"]) == (302, reverse(CONFIRM))
    assert who(client) == ""
    user = finish(client)
    assert who(client) == str(user.pk)
    assert (user.name, user.time_zone, user.language) == ("Nina O'Neill", "Europe/Berlin", "en")
    assert EmailAddress.objects.get(user=user).verified
    assert client.get(reverse("account")).status_code == 200


def test_the_password_typed_at_sign_up_works_afterwards(client):
    sign_up(client, NINA)
    user = finish(client)
    elsewhere = Client()
    sign_in(elsewhere, NINA)
    assert who(elsewhere) == str(user.pk)


def test_the_password_does_not_work_before_the_address_is_proven(client):
    sign_up(client, NINA)
    stranger = Client()
    assert sign_in(stranger, NINA).status_code == 200
    assert who(stranger) == ""
    assert not User.objects.get(email=NINA).has_usable_password()


def test_a_password_that_a_stranger_chose_never_opens_the_account(client):
    stranger = Client()
    sign_up(stranger, NINA, "the stranger chose this")
    ask_for_code(client, NINA)
    type_code(client, "account_confirm_login_code", mailed_code())
    assert who(client) == str(User.objects.get(email=NINA).pk)
    assert sign_in(Client(), NINA, "the stranger chose this").status_code == 200
    ask_for_code(stranger, NINA)
    assert User.objects.get(email=NINA).has_usable_password() is False


def test_signing_up_again_with_an_unproven_address_starts_over(client):
    sign_up(client, NINA, "the first of passwords", name="Nima")
    again = Client()
    sign_up(again, NINA, name="Nina")
    user = finish(again)
    assert user.name == "Nina"
    assert who(again) == str(user.pk)
    assert sign_in(Client(), NINA, "the first of passwords").status_code == 200
    assert sign_in(Client(), NINA).status_code == 302


def test_an_older_session_cannot_bring_its_password_back(client):
    """Somebody signs up first, somebody else proves the address: only the second counts."""
    stranger = Client()
    sign_up(stranger, NINA, "the stranger chose this")
    stale = mailed_code()
    sign_up(client, NINA)
    finish(client)
    type_code(stranger, CONFIRM, stale)
    assert sign_in(Client(), NINA, "the stranger chose this").status_code == 200
    assert sign_in(Client(), NINA).status_code == 302


def test_a_password_left_in_a_shared_browser_replaces_none(client):
    stranger = Client()
    sign_up(stranger, NINA, "the stranger chose this")
    stranger.post(reverse("account_logout"))
    sign_up(client, NINA)
    finish(client)
    ask_for_code(stranger, NINA)
    type_code(stranger, "account_confirm_login_code", mailed_code())
    assert who(stranger) == who(client)
    assert sign_in(Client(), NINA, "the stranger chose this").status_code == 200


def test_a_password_typed_for_one_account_is_not_given_to_another(client):
    other = create_user(email="other@example.org")
    sign_up(client, NINA)
    client.post(reverse("account_logout"))
    ask_for_code(client, other.email)
    type_code(client, "account_confirm_login_code", mailed_code())
    assert who(client) == str(other.pk)
    other.refresh_from_db()
    assert not other.has_usable_password()


def test_nobody_starts_over_with_the_second_address_of_an_account(client):
    user = create_user("Ann", email="ann@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=NINA, verified=False)
    sign_up(client, NINA)
    assert [each.subject for each in mail.outbox] == ["You already have an account"]
    user.refresh_from_db()
    assert (user.name, user.has_usable_password()) == ("Ann", True)


def test_a_known_address_gets_a_mail_and_no_second_account(client):
    create_user(email=NINA)
    response = sign_up(client, NINA)
    assert (response.status_code, response["Location"]) == (302, reverse(CONFIRM))
    assert [each.subject for each in mail.outbox] == ["You already have an account"]
    assert User.objects.filter(email__iexact=NINA).count() == 1


def test_an_address_in_capitals_is_the_same_address(client):
    create_user(email=NINA)
    sign_up(client, "NINA@Example.org")
    assert [each.subject for each in mail.outbox] == ["You already have an account"]


def test_a_person_who_was_shut_out_cannot_sign_up_again(client):
    create_user(email=NINA, verified=False, is_active=False)
    sign_up(client, NINA)
    assert [each.subject for each in mail.outbox] == ["You already have an account"]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", ""])
def test_a_time_zone_that_nobody_knows_is_left_open(client, zone):
    sign_up(client, NINA, time_zone=zone)
    assert User.objects.get(email=NINA).time_zone == ""


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("name", "", "This field is required."),
        ("name", "Nina\u202egro", "Please type it again instead of pasting it."),
        ("email", "nina", "Enter a valid email address."),
        ("password1", "short", "It must contain at least 10 characters."),
        ("password1", "nina@example.org", "The password is too similar to the"),
        ("password1", "x" * 257, "Ensure this value has at most 256 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, field, value, error):
    response = sign_up(client, NINA, **{field: value})
    assert response.status_code == 200
    assert error in response.content.decode()
    assert mail.outbox == []
    kept = "Nina O&#x27;Neill" if field != "name" else NINA
    assert kept in response.content.decode()


def test_a_signed_in_person_is_sent_home(client):
    client.force_login(create_user())
    response = client.get(reverse("account_signup"))
    assert (response.status_code, response["Location"]) == (302, reverse("home"))


def test_names_are_not_mailed_to_addresses_that_are_not_proven(client):
    """Otherwise anybody could mail anything to anybody in our name."""
    sign_up(client, NINA, name="Buy at spam.example")
    assert "spam" not in mail.outbox[0].body
    assert PASSWORD not in mail.outbox[0].body
