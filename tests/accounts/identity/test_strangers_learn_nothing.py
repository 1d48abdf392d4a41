"""Answers, and the work behind them, are the same for addresses that are known and unknown."""

from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.accounts.identity.steps import (
    ask_for_code,
    ask_for_reset,
    sign_in,
    sign_up,
    type_code,
    without_random,
)
from tests.factories import PASSWORD, create_user

pytestmark = pytest.mark.django_db(databases=["default", "cache"])

KNOWN, UNKNOWN, UNPROVEN, SHUT_OUT, CODES_ONLY = (
    f"{name}@example.org" for name in ("known", "unknown", "unproven", "shut-out", "codes-only")
)
EVERYBODY = [KNOWN, UNKNOWN, UNPROVEN, SHUT_OUT, CODES_ONLY]
STEPS: dict[str, Any] = {
    "sign_in": lambda client, email: sign_in(client, email, "not the password"),
    "sign_up": sign_up,
    "ask_for_code": ask_for_code,
    "ask_for_reset": ask_for_reset,
}
CONFIRM = {
    "sign_up": "account_email_verification_sent",
    "ask_for_code": "account_confirm_login_code",
    "ask_for_reset": "account_confirm_password_reset_code",
}


class CountingHasher(Argon2PasswordHasher):
    """Argon2, counting how often it works."""

    count = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.count += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        CountingHasher.count += 1
        return super().verify(password, encoded)


@pytest.fixture
def people() -> None:
    create_user(email=KNOWN, password=PASSWORD)
    sign_up(Client(), UNPROVEN)
    create_user(email=SHUT_OUT, password=PASSWORD, is_active=False)
    create_user(email=CODES_ONLY)
    mail.outbox.clear()


@pytest.fixture
def counting(settings: Any) -> type[CountingHasher]:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    return CountingHasher


def answers(step: str, email: str) -> list[tuple[int, str, bytes]]:
    """All that a visitor sees of a step: the answer, the page it leads to, a wrong code there."""
    client = Client()
    seen = [STEPS[step](client, email)]
    if target := seen[0].headers.get("Location"):
        seen.append(client.get(target))
        seen.append(type_code(client, CONFIRM[step], "XXXX-XXXX"))
        seen.append(client.post(target, {"action": "resend"}))
        seen.append(client.get(target))
    return [
        (
            each.status_code,
            each.headers.get("Location", ""),
            without_random(each.content, email, email.replace("-", "%2D")),
        )
        for each in seen
    ]


@pytest.mark.parametrize("step", STEPS)
def test_everybody_gets_the_same_answers(people, step):
    expected = answers(step, UNKNOWN)
    assert len(expected) == (1 if step == "sign_in" else 5)
    for email in EVERYBODY:
        cache.clear()
        assert answers(step, email) == expected, email


@pytest.mark.parametrize("step", [step for step in STEPS if step != "sign_in"])
@pytest.mark.parametrize("email", EVERYBODY)
def test_everybody_gets_as_many_mails(people, step, email):
    client = Client()
    STEPS[step](client, email)
    assert [each.to for each in mail.outbox] == [[email]]
    if step != "ask_for_reset":
        client.post(reverse(CONFIRM[step]), {"action": "resend"})
        assert [each.to for each in mail.outbox] == [[email], [email]]


@pytest.mark.parametrize(
    ("step", "count"), [("sign_in", 1), ("sign_up", 1), ("ask_for_code", 0), ("ask_for_reset", 0)]
)
def test_passwords_are_hashed_as_often_for_everybody(people, counting, step, count):
    for email in EVERYBODY:
        counting.count = 0
        STEPS[step](Client(), email)
        assert counting.count == count, email


@pytest.mark.parametrize("step", STEPS)
def test_the_database_is_asked_nearly_as_often_for_everybody(people, step):
    counts = {}
    for email in EVERYBODY:
        with CaptureQueriesContext(connection) as queries:
            STEPS[step](Client(), email)
        counts[email] = len(queries)
    assert max(counts.values()) - min(counts.values()) <= 12, counts


def test_the_right_password_of_who_was_shut_out_is_wrong(people):
    client = Client()
    right, wrong = sign_in(client, SHUT_OUT), sign_in(client, SHUT_OUT, "not the password")
    assert right.status_code == 200
    assert without_random(right.content) == without_random(wrong.content)
    assert client.session.get("_auth_user_id") is None


def test_who_is_shut_out_while_signed_in_is_signed_out_at_once(client):
    user = create_user()
    client.force_login(user)
    assert client.get(reverse("account")).status_code == 200
    user.is_active = False
    user.save()
    assert client.get(reverse("account"))["Location"].startswith(reverse("account_login"))


def test_an_unknown_address_is_told_by_mail_only(people, client):
    ask_for_code(client, UNKNOWN)
    ask_for_reset(Client(), UNKNOWN)
    assert [each.subject for each in mail.outbox] == ["No account with this address"] * 2
    assert "http://testserver/accounts/signup/" in mail.outbox[0].body


def test_an_address_of_another_account_is_added_only_by_who_reads_its_mail(people, client):
    client.force_login(create_user(email="me@example.org"))
    taken = client.post(reverse("account_email"), {"email": KNOWN, "action_add": "1"})
    free = client.post(reverse("account_email"), {"email": UNKNOWN, "action_add": "1"})
    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert [each.subject for each in mail.outbox] == ["Confirm your e-mail address"] * 2
