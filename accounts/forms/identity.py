"""Forms of signing in and up, and of the own addresses and password.

What they do is allauth's; here they get our words, and the few rules it lacks.
"""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.signup import prevent_enumeration
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NameField
from accounts.models import User
from accounts.zones import zones

LONG_ENOUGH = _("At least 10 characters. A few words in a row are easy to remember.")
PASSWORD_LENGTH = 256


def reword(
    form: forms.BaseForm, name: str, label: Any, *, help_text: Any = "", **attrs: Any
) -> None:
    """Give a field of allauth our words, and no placeholder: it would vanish while typing."""
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


def limit_password(form: forms.BaseForm, name: str) -> None:
    """Hashing takes time: nobody shall keep the server busy with a book for a password."""
    field = form.fields[name]
    field.widget.attrs["maxlength"] = PASSWORD_LENGTH
    field.validators.append(MaxLengthValidator(PASSWORD_LENGTH))


class SignInForm(allauth.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "login", _("E-mail address"), autocomplete="username")
        reword(self, "password", _("Password"))
        limit_password(self, "password")


class SignUpForm(allauth.SignupForm):
    """A new person. The password counts only once the address is proven to be the person's.

    Until then it waits in the session of the browser that typed it, as a hash. So an
    account that a stranger starts with somebody's address never opens with the stranger's
    password, and trying to sign in with it tells nothing about the address.
    """

    field_order = ("name", "email", "password1", "time_zone")

    name = NameField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("As your colleagues know you."),
    )
    time_zone = forms.CharField(
        required=False, widget=forms.HiddenInput({"data-guess": "time-zone"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "email", _("E-mail address"), help_text=_("Best the one you use at work."))
        reword(self, "password1", _("Password"), help_text=LONG_ENOUGH)
        limit_password(self, "password1")

    def clean_time_zone(self) -> str:
        guess: str = self.cleaned_data["time_zone"]
        return guess if guess in zones() else ""

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        # Hashed for known addresses too, so that the answer takes as long.
        password = make_password(self.cleaned_data["password1"])
        user = self._new_user(request) or self._unproven_user()
        if user is None:
            return None, prevent_enumeration(request, email=self.cleaned_data["email"])
        get_adapter().keep_password(request, user, password)
        return user, None

    def _new_user(self, request: HttpRequest) -> User | None:
        if self.account_already_exists:
            return None
        try:
            with transaction.atomic():
                user: User = self.save(request)
                return user
        except IntegrityError:  # the same address signed up at the same moment
            return None

    def _unproven_user(self) -> User | None:
        user: User | None = get_adapter().start_over(
            email=self.cleaned_data["email"],
            name=self.cleaned_data["name"],
            language=get_language() or "",
            time_zone=self.cleaned_data["time_zone"],
        )
        return user


class RequestCodeForm(allauth.RequestLoginCodeForm):
    """The address to mail a sign-in code to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "email", _("E-mail address"), autocomplete="username")

    def clean_email(self) -> str:
        self.cleaned_data["email"] = get_adapter().clean_email(self.cleaned_data["email"])
        email: str = super().clean_email()
        return email


class ResetPasswordForm(allauth.ResetPasswordForm):
    """The address to mail a code for a new password to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "email", _("E-mail address"), autocomplete="username")


class AddAddressForm(allauth.AddEmailForm):
    """One more address of the own account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "email", _("Another e-mail address"))


class CodeForm(forms.Form):
    """The code that we mailed. Lower case and missing hyphens are fine."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"autocapitalize": "characters", "spellcheck": "false", "class": "input-code"}
        reword(self, "code", _("Code"), **words)


class SignInCodeForm(CodeForm, allauth.ConfirmLoginCodeForm):
    """The code that signs in."""


class AddressCodeForm(CodeForm, allauth.ConfirmEmailVerificationCodeForm):
    """The code that proves an address, also against an account that a stranger began with it."""

    def clean_code(self) -> str:
        allauth.BaseConfirmCodeForm.clean_code(self)
        if self.user:
            get_adapter().give_way(self.email, self.user)
        code: str = super().clean_code()
        return code


class ResetCodeForm(CodeForm, allauth.ConfirmPasswordResetCodeForm):
    """The code that lets choose a new password."""


class OnePasswordForm(forms.Form):
    """Asks for a new password once: it can be made visible, so it need not be repeated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        reword(self, "password1", _("New password"), help_text=LONG_ENOUGH)
        limit_password(self, "password1")


class NewPasswordForm(OnePasswordForm, allauth.ResetPasswordKeyForm):
    """A new password after the code."""


class SetPasswordForm(OnePasswordForm, allauth.SetPasswordForm):
    """The first password of an account that had none."""


class ChangePasswordForm(OnePasswordForm, allauth.ChangePasswordForm):
    """Another password, by who knows the one in use."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "oldpassword", _("Current password"))
        limit_password(self, "oldpassword")


class ConfirmPasswordForm(allauth.ReauthenticateForm):
    """The own password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "password", _("Password"))
        limit_password(self, "password")
