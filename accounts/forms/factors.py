"""Forms of the second step: authenticator app, recovery codes, passkeys."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa import app_settings
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NameField
from accounts.forms.identity import reword
from accounts.models import User

NAME_LENGTH = 60
DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input-code"}


def use_up(user: User, code: str) -> bool:
    """Remember an app's code as used for as long as it is valid; False if it was used before.

    allauth remembers it for one period only, but accepts it a period early and late, too.
    """
    seconds = app_settings.TOTP_PERIOD * (1 + 2 * app_settings.TOTP_TOLERANCE)
    digits = "".join(digit for digit in code if digit.isdigit())
    return bool(cache.add(f"accounts.totp:{user.pk}:{digits}", True, timeout=seconds))


class OnceOnly(forms.Form):
    """Refuses an app's code that was already used, here or anywhere else."""

    user: User
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "code", _("Code"), **DIGITS)

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        is_app = self.authenticator.type == Authenticator.Type.TOTP
        if is_app and not use_up(self.user, code):
            raise get_adapter().validation_error("code_used")
        return code


class SecondFactorForm(OnceOnly, base.AuthenticateForm):
    """The second step of signing in."""


class ConfirmFactorForm(OnceOnly, base.ReauthenticateForm):
    """The second step once more, before something that matters."""


class ActivateAppForm(ActivateTOTPForm):
    """The first code of an authenticator app proves that it was set up right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "code", _("Code that the app shows"), **DIGITS)

    def clean_code(self) -> str:
        code: str = super().clean_code()
        use_up(self.user, code)
        return code


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey: kept by the device, opened by finger, face or PIN, no password needed."""

    name = NameField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_("So that you recognize it later, such as “Laptop at work”."),
    )
    passwordless = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "credential", _("Passkey"))
        self.fields["credential"].error_messages["required"] = _("Passkeys need JavaScript.")

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError as error:
            raise ValidationError(_("The passkey was not added. Please try again.")) from error
        return cleaned


class RenamePasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = NameField(label=_("Name"), max_length=NAME_LENGTH)
