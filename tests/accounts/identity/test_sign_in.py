import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from tests.accounts.identity.steps import sign_in, who
from tests.factories import PASSWORD, create_user

pytestmark = pytest.mark.django_db(databases=["default", "cache"])


def test_address_and_password_sign_in(client):
    user = create_user(email="ann@example.org", password=PASSWORD)
    response = sign_in(client, "ann@example.org")
    assert (response.status_code, response["Location"]) == (302, reverse("home"))
    assert who(client) == str(user.pk)


@pytest.mark.parametrize("spelling", ["Ann@Example.ORG", " ann@example.org "])
def test_capitals_and_spaces_of_the_address_do_not_matter(client, spelling):
    create_user(email="ann@example.org", password=PASSWORD)
    assert sign_in(client, spelling).status_code == 302


@pytest.mark.parametrize(
    ("email", "password"),
    [("ann@example.org", "not it"), ("ann@example.org", PASSWORD.upper()), ("", PASSWORD)],
)
def test_anything_else_does_not(client, email, password):
    create_user(email="ann@example.org", password=PASSWORD)
    assert sign_in(client, email, password).status_code == 200
    assert who(client) == ""


def test_every_confirmed_address_signs_in(client):
    user = create_user(email="ann@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=user, email="second@example.org", verified=True)
    assert sign_in(client, "second@example.org").status_code == 302


def test_a_signed_in_person_needs_no_sign_in_page(client):
    client.force_login(create_user())
    response = client.get(reverse("account_login"), {"next": "/account/"})
    assert (response.status_code, response["Location"]) == (302, "/account/")


def test_the_password_is_not_sent_back(client):
    response = sign_in(client, "ann@example.org", "a mistyped secret")
    assert "ann@example.org" in response.content.decode()
    assert "a mistyped secret" not in response.content.decode()


def test_an_account_with_the_same_password_elsewhere_is_another_account():
    first = create_user(email="one@example.org", password=PASSWORD)
    second = create_user(email="two@example.org", password=PASSWORD)
    client, other = Client(), Client()
    sign_in(client, first.email)
    sign_in(other, second.email)
    assert (who(client), who(other)) == (str(first.pk), str(second.pk))
