"""Too many attempts are refused, and the counters survive what goes wrong."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.urls import reverse

from tests.accounts.identity.steps import (
    ask_for_code,
    ask_for_reset,
    set_up_app,
    sign_in,
    sign_up,
    type_code,
    who,
)
from tests.factories import PASSWORD, create_user

limited = pytest.mark.django_db(databases=["default", "cache"])
WRONG = "not the password"
NOWHERE = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": 1},
    }
}


def statuses(attempt: Any, times: int) -> list[int]:
    return [attempt().status_code for _ in range(times)]


@limited
@pytest.mark.parametrize("email", ["known@example.org", "unknown@example.org"])
def test_the_sixth_wrong_password_in_five_minutes_is_not_even_looked_at(client, email):
    create_user(email="known@example.org", password=PASSWORD)
    assert statuses(lambda: sign_in(Client(), email, WRONG), 5) == [200] * 5
    refused = sign_in(client, email, PASSWORD)
    assert refused.status_code == 429
    assert "Wait a few minutes, then try again." in refused.content.decode()
    assert email in refused.content.decode()
    assert who(client) == ""


@limited
def test_after_five_minutes_one_may_try_again(client, time_machine):
    time_machine.move_to("2026-11-23T09:00:00Z")
    user = create_user(password=PASSWORD)
    statuses(lambda: sign_in(client, user.email, WRONG), 6)
    time_machine.shift(301)
    assert sign_in(client, user.email).status_code == 302


@limited
def test_right_passwords_do_not_count(client):
    user = create_user(password=PASSWORD)
    assert statuses(lambda: sign_in(Client(), user.email), 7) == [302] * 7


@limited
def test_one_network_cannot_try_many_accounts(client):
    emails = [f"person{number}@example.org" for number in range(31)]
    answers = [sign_in(client, email, WRONG).status_code for email in emails]
    assert answers == [200] * 30 + [429]


@limited
def test_a_forged_address_does_not_help(client):
    answers = [
        client.post(
            reverse("account_login"),
            {"login": f"person{number}@example.org", "password": WRONG},
            headers={"X-Forwarded-For": f"192.0.2.{number}"},
        ).status_code
        for number in range(31)
    ]
    assert answers == [200] * 30 + [429]


@limited
@pytest.mark.parametrize(("ask", "status"), [(ask_for_code, 302), (ask_for_reset, 302)])
@pytest.mark.parametrize("email", ["known@example.org", "unknown@example.org"])
def test_nobody_s_mailbox_is_flooded(ask, status, email):
    create_user(email="known@example.org")
    assert statuses(lambda: ask(Client(), email), 4) == [status] * 3 + [429]
    assert len(mail.outbox) == 3


@limited
def test_sign_ups_with_one_address_are_limited_too():
    assert statuses(lambda: sign_up(Client(), "nina@example.org"), 4) == [302] * 3 + [429]
    assert len(mail.outbox) == 3


@limited
def test_the_page_for_too_many_requests_is_ours():
    response = [ask_for_reset(Client(), "nina@example.org") for _ in range(4)][-1]
    assert response.status_code == 429
    assert "<title>That was a little too often" in response.content.decode()


@limited
def test_codes_of_the_second_step_are_limited(client):
    user = create_user(password=PASSWORD)
    set_up_app(user)
    sign_in(client, user.email)
    wrong = lambda: type_code(client, "mfa_authenticate", "000000")  # noqa: E731
    assert statuses(wrong, 6) == [200] * 5 + [429]
    assert who(client) == ""


@limited
def test_the_counter_outlives_a_request_that_failed(client, settings):
    """The mail server is down: the request is undone, but the attempt was made."""
    settings.MAILERS = NOWHERE
    assert statuses(lambda: ask_for_code(client, "nina@example.org"), 4) == [503] * 3 + [429]


def test_attempts_at_the_same_moment_are_all_counted(committed_db):
    user = create_user(password=PASSWORD)

    def attempt(_: int) -> int:
        try:
            return sign_in(Client(), user.email, WRONG).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        answers = sorted(threads.map(attempt, range(12)))
    assert set(answers) == {200, 429}
    assert answers.count(200) <= 5
    assert sign_in(Client(), user.email).status_code == 429


def test_the_same_address_signs_up_twice_at_the_same_moment(committed_db):
    def attempt(_: int) -> tuple[int, str]:
        try:
            response = sign_up(Client(), "nina@example.org")
            return response.status_code, response.headers.get("Location", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(attempt, range(3)))
    assert answers == [(302, reverse("account_email_verification_sent"))] * 3


@limited
def test_the_cache_works_inside_and_outside_of_organizations():
    assert cache.add("key", 1, timeout=30)
    assert not cache.add("key", 2, timeout=30)
    assert cache.get("key") == 1
