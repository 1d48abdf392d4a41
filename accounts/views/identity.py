"""allauth's pages, where they have to answer a little differently."""

from http import HTTPStatus
from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.core.exceptions import RateLimited
from allauth.mfa.base import views as factors
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

TOO_OFTEN = {"too_many_login_attempts", "rate_limited"}


def was_too_often(form: BaseForm) -> bool:
    """Whether the form was refused because of too many attempts."""
    errors = form.errors.as_data().values()
    return any(error.code in TOO_OFTEN for field in errors for error in field)


def complain_of_passkey(request: HttpRequest) -> None:
    """Say it above the page: the field that is wrong is hidden."""
    messages.error(request, get_adapter().error_messages["unknown_passkey"])


class Patience:
    """Answers 429 on the page itself when there were too many attempts: nothing typed is lost."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if response.status_code == HTTPStatus.OK and was_too_often(form):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return response


class Resending:
    """Sends another code. Unlike allauth, it mails to unknown addresses this time, too.

    Otherwise the time that the mail takes would tell whether an account exists.
    """

    request: HttpRequest
    _process: Any
    resend_to: str

    def _resend_form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            self._process.generate_code()
            self._process.send()
        except RateLimited:
            messages.error(self.request, _("Please wait a minute before you ask for another code."))
        else:
            self._process.record_resend()
            self._process.persist()
        return HttpResponseRedirect(self.passthrough_next_url(reverse(self.resend_to)))  # type: ignore[attr-defined]


class Expiring:
    """Says why a code cannot be typed any more, instead of silently starting over."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if getattr(self, "_process", None) is None and not request.user.is_authenticated:
            messages.info(request, _("The code has expired. Please start again."))
        return response


class SignIn(Patience, account.LoginView):
    """E-mail address and password."""


class RequestCode(Patience, account.RequestLoginCodeView):
    """Ask for a sign-in code."""


class ConfirmCode(Expiring, Resending, account.ConfirmLoginCodeView):
    """Sign in with the code."""

    resend_to = "account_confirm_login_code"


class ConfirmAddress(Expiring, Resending, account.ConfirmEmailVerificationCodeView):
    """Prove an address with the code."""

    resend_to = "account_email_verification_sent"


class ConfirmReset(Expiring, account.ConfirmPasswordResetCodeView):
    """Go on to a new password with the code."""


class ConfirmPassword(Patience, account.ReauthenticateView):
    """The password once more."""


class SecondFactor(Patience, factors.AuthenticateView):
    """The second step of signing in."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        if "credential" in form.fields:
            complain_of_passkey(self.request)
        return super().form_invalid(form)


class ConfirmFactor(Patience, factors.ReauthenticateView):
    """The second step once more."""


class ActivateApp(Patience, app.ActivateTOTPView):
    """Set up an authenticator app, then always see the recovery codes that stand in for it."""

    def get_success_url(self) -> str:
        return reverse("mfa_view_recovery_codes")


class AddPasskey(Patience, passkeys.AddWebAuthnView):
    """Add a passkey that opens the account alone: kept by the device, and it checks the person.

    Recovery codes are of no use for it, so they are not shown.
    """

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data() | kwargs
        options = begin_registration(self.request.user, passwordless=True)
        return {**context, "js_data": {"creation_options": options}}

    def get_success_url(self) -> str:
        return reverse("mfa_list_webauthn")


class SignInByPasskey(passkeys.LoginWebAuthnView):
    """Sign in with a passkey alone."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        complain_of_passkey(self.request)
        return redirect("account_login")


class ConfirmPasskey(passkeys.ReauthenticateWebAuthnView):
    """A passkey once more."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        complain_of_passkey(self.request)
        here = reverse("mfa_reauthenticate_webauthn")
        return HttpResponseRedirect(self.passthrough_next_url(here))
