"""One's own account: profile, language, password, devices."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.accounts.identity.steps import (
    mailed_code,
    prove_again,
    set_up_app,
    sign_in,
    sign_up,
    type_code,
    who,
)
from tests.factories import PASSWORD, create_user

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def user() -> User:
    return create_user("Ann O'Neill", email="ann@example.org", password=PASSWORD)


@pytest.fixture
def ann(client, user) -> Client:
    client.force_login(user)
    return client


def page(client: Client, view: str) -> str:
    response = client.get(reverse(view))
    assert response.status_code == 200
    return response.content.decode()


def elsewhere(user: User, user_agent: str = SAFARI) -> Client:
    """Another device on which the person is signed in."""
    client = Client(headers={"User-Agent": user_agent})
    assert sign_in(client, user.email).status_code == 302
    return client


def addresses_of(user: User) -> list[str]:
    return list(EmailAddress.objects.filter(user=user).values_list("email", flat=True))


PAGES = ["account", "account_security", "account_sessions", "account_email"]


@pytest.mark.parametrize("view", PAGES)
def test_visitors_are_sent_to_sign_in_and_back(client, view):
    response = client.get(reverse(view))
    assert response["Location"] == f"{reverse('account_login')}?next={reverse(view)}"


def test_the_profile_is_changed(ann, user):
    values = {"name": "  Ann  Smith ", "language": "de", "time_zone": "Europe/Berlin"}
    response = ann.post(reverse("account"), values)
    assert (response.status_code, response["Location"]) == (302, reverse("account"))
    user.refresh_from_db()
    assert (user.name, user.language, user.time_zone) == ("Ann Smith", "de", "Europe/Berlin")
    assert '<html lang="de">' in page(ann, "account")


def test_language_and_time_zone_may_stay_open(ann, user):
    ann.post(reverse("account"), {"name": "Ann", "language": "", "time_zone": ""})
    user.refresh_from_db()
    assert (user.language, user.time_zone) == ("", "")


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("language", "tlh"), ("time_zone", "Mars/Olympus")]
)
def test_a_wrong_value_changes_nothing(ann, user, field, value):
    values = {"name": "Anna", "language": "de", "time_zone": "Europe/Berlin", field: value}
    response = ann.post(reverse("account"), values)
    assert response.status_code == 200
    assert "field-errors" in response.content.decode()
    user.refresh_from_db()
    assert (user.name, user.language, user.time_zone) == ("Ann O'Neill", "", "")


def test_the_language_switch_is_remembered_for_the_person(ann, user):
    ann.post(reverse("set_language"), {"language": "de", "next": "/account/"})
    user.refresh_from_db()
    assert user.language == "de"
    other = Client()
    other.force_login(user)
    assert '<html lang="de">' in page(other, "account")


def test_the_language_switch_works_for_visitors(client):
    response = client.post(reverse("set_language"), {"language": "de", "next": "/accounts/login/"})
    assert response["Location"] == "/accounts/login/"
    assert '<html lang="de">' in page(client, "account_login")


@pytest.mark.parametrize("language", ["tlh", "", "../../etc"])
def test_an_unknown_language_is_not_stored(ann, user, language):
    ann.post(reverse("set_language"), {"language": language, "next": "https://evil.example/"})
    user.refresh_from_db()
    assert user.language == ""


def test_the_language_switch_leads_nowhere_else(ann):
    values = {"language": "de", "next": "https://evil.example/"}
    assert ann.post(reverse("set_language"), values)["Location"] == "/"


def test_security_says_how_the_account_is_protected(ann, user):
    assert "You can sign in with a password." in page(ann, "account_security")
    assert "Recovery codes" not in page(ann, "account_security")
    set_up_app(user)
    text = page(ann, "account_security")
    assert "10 codes are left" in text
    assert "Turn off" in text


@pytest.mark.parametrize("count", [1, 3])
def test_security_and_devices_cost_the_same_however_many(
    ann, user, count, django_assert_num_queries
):
    for _ in range(count):
        elsewhere(user)
    page(ann, "account")
    for view, queries in (("account_security", 11), ("account_sessions", 9)):
        with django_assert_num_queries(queries):
            page(ann, view)


def test_a_new_password_signs_out_everywhere_else(ann, user):
    other = elsewhere(user)
    assert other.get(reverse("account")).status_code == 200
    key = ann.session.session_key
    response = ann.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "another way to the sea"},
    )
    assert response["Location"] == reverse("account_security")
    assert other.get(reverse("account")).status_code == 302
    assert ann.get(reverse("account")).status_code == 200
    assert ann.session.session_key != key
    assert [each.session_key for each in UserSession.objects.filter(user=user)] == [
        ann.session.session_key
    ]
    assert sign_in(Client(), user.email).status_code == 200
    assert sign_in(Client(), user.email, "another way to the sea").status_code == 302
    assert mail.outbox[-1].subject == "Your password was changed"


def test_a_new_password_needs_the_current_one(ann, user):
    values = {"oldpassword": "not it", "password1": "another way to the sea"}
    response = ann.post(reverse("account_change_password"), values)
    assert "This is not your current password." in response.content.decode()
    assert sign_in(Client(), user.email).status_code == 302


def test_an_account_without_a_password_gets_its_first(client):
    user = create_user(email="codes@example.org")
    client.force_login(user)
    assert "Set a password" in page(client, "account_security")
    assert client.get(reverse("account_change_password"))["Location"] == reverse(
        "account_set_password"
    )
    client.post(reverse("account_set_password"), {"password1": PASSWORD})
    assert client.get(reverse("account")).status_code == 200
    assert sign_in(Client(), user.email).status_code == 302


def test_devices_are_listed_with_place_and_time(user):
    here = elsewhere(user, FIREFOX)
    elsewhere(user, SAFARI)
    text = page(here, "account_sessions")
    assert (
        text.index("Firefox on Linux") < text.index("This device") < text.index("Safari on iPhone")
    )
    assert text.count("From 127.0.0.1") == 2


def test_one_device_is_signed_out(ann, user):
    first, second = elsewhere(user), elsewhere(user)
    session = UserSession.objects.get(session_key=first.session.session_key)
    ann.post(reverse("account_session_end", args=[session.pk]))
    assert first.get(reverse("account")).status_code == 302
    assert second.get(reverse("account")).status_code == 200
    assert ann.get(reverse("account")).status_code == 200


def test_all_other_devices_are_signed_out(ann, user):
    others = [elsewhere(user), elsewhere(user)]
    assert ann.get(reverse("account")).status_code == 200
    response = ann.post(reverse("account_sessions_end_others"), follow=True)
    assert "You are signed out on 2 other devices." in response.content.decode()
    assert [each.get(reverse("account")).status_code for each in others] == [302, 302]
    assert who(ann) == str(user.pk)


def test_a_device_of_somebody_else_and_none_at_all_are_the_same(ann):
    stranger = create_user(email="eve@example.org", password=PASSWORD)
    other = elsewhere(stranger)
    foreign = UserSession.objects.get(session_key=other.session.session_key).pk
    answers = [
        ann.post(reverse("account_session_end", args=[number])) for number in (foreign, 999_999)
    ]
    assert [each.status_code for each in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert other.get(reverse("account")).status_code == 200


def test_the_last_seen_moment_is_kept_to_five_minutes(ann, user, time_machine):
    time_machine.move_to("2026-11-23T12:00:00Z", tick=False)
    seen = []
    for seconds in (0, 240, 100):
        time_machine.shift(seconds)
        ann.get(reverse("account"))
        seen.append(UserSession.objects.get(user=user).last_seen_at)
    assert seen[0] == seen[1]
    assert seen[2] == timezone.now()


def test_another_address_is_kept_at_once(ann, user):
    ann.get(reverse("account"))
    ann.get(reverse("account"), REMOTE_ADDR="192.0.2.7")
    assert [each.ip for each in UserSession.objects.filter(user=user)] == ["192.0.2.7"]


def test_signing_out_ends_the_session(ann, user):
    key = ann.session.session_key
    assert ann.get(reverse("account_logout")).status_code == 200
    assert who(ann) != ""
    response = ann.post(reverse("account_logout"))
    assert response["Location"] == reverse("account_login")
    assert who(ann) == ""
    assert not ann.session.exists(key)


def test_addresses_are_added_made_main_and_removed(ann, user):
    addresses = reverse("account_email")
    asked = ann.post(addresses, {"email": "new@example.org", "action_add": "1"})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    prove_again(ann)
    ann.post(addresses, {"email": "New@Example.org", "action_add": "1"})
    assert addresses_of(user) == [user.email]
    confirm = reverse("account_email_verification_sent")
    ann.post(confirm, {"code": mailed_code()})
    assert EmailAddress.objects.get(email="new@example.org", user=user).verified
    ann.post(addresses, {"email": "new@example.org", "action_primary": "1"})
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert mail.outbox[-1].to == ["ann@example.org"]
    ann.post(addresses, {"email": "ann@example.org", "action_remove": "1"})
    assert addresses_of(user) == ["new@example.org"]
    ann.post(addresses, {"email": "new@example.org", "action_remove": "1"})
    assert addresses_of(user) == ["new@example.org"]


def test_who_reads_the_mail_wins_an_address_that_a_stranger_began_with(client):
    sign_up(Client(), "mine@example.org")
    user = create_user(email="codes@example.org")
    client.force_login(user)
    client.post(reverse("account_email"), {"email": "mine@example.org", "action_add": "1"})
    wrong = type_code(client, "account_email_verification_sent", "XXXX-XXXX")
    assert wrong.status_code == 200
    assert User.objects.filter(email="mine@example.org").exists()
    type_code(client, "account_email_verification_sent", mailed_code())
    assert EmailAddress.objects.get(email="mine@example.org", user=user).verified
    assert not User.objects.filter(email="mine@example.org").exists()


def test_nobody_wins_an_address_of_a_proven_account(client):
    owner = create_user(email="mine@example.org")
    client.force_login(create_user(email="codes@example.org"))
    client.post(reverse("account_email"), {"email": "mine@example.org", "action_add": "1"})
    response = type_code(client, "account_email_verification_sent", mailed_code())
    assert "Another account has this address." in response.content.decode()
    assert User.objects.get(email="mine@example.org") == owner


def test_a_signed_in_person_with_a_password_proves_it_before_changing_addresses(ann):
    response = ann.post(reverse("account_email"), {"email": "x@example.org", "action_add": "1"})
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert mail.outbox == []
