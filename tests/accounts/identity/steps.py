"""What people do on the pages of signing in and up."""

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from mentoring.lib.encryption import encrypt
from tests.factories import PASSWORD

CODE = re.compile(r"\b[A-Z]{4}-[A-Z]{4}\b")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# What differs from one answer to the next, whoever asks.
RANDOM = (
    (re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"'), b"token"),
    (re.compile(rb'nonce="[^"]+"'), b"nonce"),
)


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def sign_up(client: Client, email: str, password: str = PASSWORD, /, **more: Any) -> Any:
    values = {"name": "Nina O'Neill", "email": email, "password1": password, **more}
    return client.post(reverse("account_signup"), values)


def ask_for_code(client: Client, email: str, **more: Any) -> Any:
    return client.post(reverse("account_request_login_code"), {"email": email, **more})


def ask_for_reset(client: Client, email: str) -> Any:
    return client.post(reverse("account_reset_password"), {"email": email})


def type_code(client: Client, view: str, code: str, **more: Any) -> Any:
    return client.post(reverse(view), {"code": code, **more})


def mailed_code() -> str:
    """The code in the latest mail."""
    found = CODE.search(str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[0]


def who(client: Client) -> str:
    """Who is signed in; nobody is an empty text."""
    return client.session.get("_auth_user_id", "")


def without_random(content: bytes, *typed: str) -> bytes:
    """A page without its random tokens and without what the visitor typed."""
    for pattern, replacement in RANDOM:
        content = pattern.sub(replacement, content)
    for text in typed:
        content = content.replace(text.encode(), b"typed")
    return content


def set_up_app(user: User) -> Authenticator:
    """An authenticator app with a known secret, and recovery codes."""
    secret = encrypt(SECRET, purpose="accounts.second_factors")
    app = Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": secret}
    )
    RecoveryCodes.activate(user)
    return app


def app_code(*, secret: str = SECRET, periods: int = 0) -> str:
    """What the app shows now, or some periods from now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods)))


def recovery_codes(user: User) -> list[str]:
    codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return list(codes.wrap().get_unused_codes())


def prove_again(client: Client, password: str = PASSWORD) -> Any:
    """Type the password once more."""
    return client.post(reverse("account_reauthenticate"), {"password": password})
