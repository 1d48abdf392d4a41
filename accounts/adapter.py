"""Where our rules differ from allauth's."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from anymail.exceptions import AnymailError
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.mail import EmailMultiAlternatives
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.devices import name_of_device
from accounts.letters import letter_of
from accounts.models import User
from accounts.operations import sign_up
from accounts.operations.secrets import SECOND_FACTORS
from mentoring.lib.encryption import decrypt, encrypt
from mentoring.lib.pages import page
from mentoring.outbox.headers import recipient
from mentoring.outbox.mail import compose

logger = structlog.get_logger(__name__)
PROOFS = {
    "reauthenticate": {"description": _("Use your password"), "icon": "lock"},
    "mfa_reauthenticate": {"description": _("Use your authenticator app"), "icon": "smartphone"},
    "mfa_reauthenticate:webauthn": {"description": _("Use a passkey"), "icon": "fingerprint"},
}


def mail_failed(request: HttpRequest) -> HttpResponse:
    """A page that sends the same once more at a click, unless that would repeat a password."""
    typed = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    is_secret = any("password" in name for name in typed)
    context = {"again": {} if is_secret else typed}
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return page(request, "account/mail_failed.html", context, status=status)


class AccountAdapter(DefaultAccountAdapter):
    """Signing in and up, in our words, with our mails, and telling strangers nothing."""

    error_messages = {
        "account_inactive": _("The e-mail address or the password is not right."),
        "cannot_remove_primary_email": _("Your main address cannot be removed."),
        "code_used": _("This code was used already. Wait for the next one."),
        "duplicate_email": _("Your account already has this address."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "email_taken": _("Another account has this address."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This code is not right. Compare it once more."),
        "incorrect_password": _("This is not your password."),
        "invalid_email": _("Enter an e-mail address such as you@example.org."),
        "invalid_login": _("The e-mail address or the password is not right."),
        "invalid_or_expired_key": _("The code has expired. Please ask for a new one."),
        "invalid_password_reset": _("The code has expired. Please ask for a new one."),
        "max_email_addresses": _("An account can have %d addresses. Remove one first."),
        "rate_limited": _("That was too often in a short time. Wait a minute, then try again."),
        "same_as_current": _("This is the address as it was."),
        "select_only_one": _("Please choose only one."),
        "too_many_login_attempts": _(
            "That was too often in a short time. Wait a few minutes, then try again."
        ),
        "unknown_passkey": _("This passkey opens no account here. Please choose another way."),
        "unverified_primary_email": _("Confirm the address before you make it your main one."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Form, commit: bool = True) -> User:
        """A new user without a password; `operations.sign_up` says when it gets one."""
        user.email = form.cleaned_data["email"]
        user.name = form.cleaned_data["name"]
        user.language = get_language() or ""
        user.time_zone = form.cleaned_data["time_zone"]
        user.set_unusable_password()
        user.save()
        return user

    def keep_password(self, request: HttpRequest, user: User, password: str) -> None:
        sign_up.keep_password(session=request.session, user=user, password=password)

    def start_over(self, **values: str) -> User | None:
        return sign_up.start_over(**values)

    def give_way(self, email: str, to: User) -> None:
        sign_up.give_way(email=email, to=to)

    def clean_email(self, email: str) -> str:
        try:
            recipient(email)
        except ValueError as error:
            raise self.validation_error("invalid_email") from error
        return email

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The user with this password, counted as a failure if there is none.

        A person who was shut out is no user: the answer is that of a wrong password.
        """
        self.pre_authenticate(request, **credentials)
        user = authenticate(request, **credentials)
        AuthenticationBackend.unstash_authenticated_user()
        if user is None:
            self.authentication_failed(request, **credentials)
        else:
            self._rollback_login_failed_rl_usage()
        return user

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """The answer to a passkey that nobody knows."""
        messages.error(request, self.error_messages["unknown_passkey"])
        return redirect("account_login")

    def login(self, request: HttpRequest, user: User) -> None:
        sign_up.adopt_password(session=request.session, user=user)
        super().login(request, user)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        return [{**method, **PROOFS[method["id"]]} for method in methods]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_security")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("account_email")

    def render_mail(
        self,
        template_prefix: str,
        email: str,
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMultiAlternatives:
        letter = letter_of(template_prefix)
        context |= {
            "letter": letter,
            "text": letter.text % context,
            "device": name_of_device(context.get("user_agent", "")),
        }
        return compose(
            template=letter.template,
            to=email,
            context=context,
            language=get_language() or settings.LANGUAGE_CODE,
            headers=headers,
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send at once. A mail server that is down ends the request with a page that says so."""
        try:
            self.render_mail(template_prefix, email, context).send(using="default")
        except (OSError, AnymailError) as error:
            logger.warning("account_mail_failed", mail=template_prefix, error=type(error).__name__)
            raise ImmediateHttpResponse(mail_failed(current.request)) from error

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """News about the account, after the fact: a mail server that is down undoes nothing."""
        with suppress(ImmediateHttpResponse):
            super().send_notification_mail(*args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets encrypted, and asked for only by who wants two steps."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("Set up an authenticator app first."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Confirm all of your e-mail addresses first, or remove them."),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text, purpose=SECOND_FACTORS)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text, purpose=SECOND_FACTORS)

    def is_mfa_enabled(self, user: Any, types: list[str] | None = None) -> bool:
        """Whether the user has a passkey, when asked for that, and else an authenticator app.

        Only an app makes signing in two steps. A passkey alone does not: it would shut
        people out on devices that do not have it.
        """
        kind = Authenticator.Type.WEBAUTHN
        if types != [kind]:
            kind = Authenticator.Type.TOTP
        return bool(super().is_mfa_enabled(user, types=[kind]))

    def generate_authenticator_name(self, user: User, kind: str) -> str:
        return name_of_device(current.request.headers.get("User-Agent", ""))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.PRODUCT_NAME}
