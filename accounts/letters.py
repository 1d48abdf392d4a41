"""The mails about an account: which template, and in which words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


@dataclass(frozen=True, slots=True)
class Letter:
    """One kind of mail. ``template`` has the files .subject, .txt and .html in templates/mail."""

    template: str
    subject: "Text"
    text: "Text"


def _code(subject: "Text", text: "Text") -> Letter:
    return Letter("mail/account_code", subject, text)


def _notice(subject: "Text", text: "Text") -> Letter:
    return Letter("mail/account_notice", subject, text)


LETTERS = {
    "login_code": _code(
        _("Your sign-in code"), _("Type this code on the page where you asked for it.")
    ),
    "email_confirmation_signup": _code(
        _("Confirm your e-mail address"),
        _("Welcome! Type this code on the page where you signed up."),
    ),
    "email_confirmation": _code(
        _("Confirm your e-mail address"),
        _("Type this code on the page where you entered this address."),
    ),
    "password_reset_code": _code(
        _("Your code for a new password"),
        _("Type this code on the page where you asked for it, then choose a new password."),
    ),
    "unknown_account": Letter(
        "mail/account_unknown",
        _("No account with this address"),
        _(
            "Somebody, probably you, wanted to sign in with this address."
            " There is no account with it."
        ),
    ),
    "account_already_exists": Letter(
        "mail/account_exists",
        _("You already have an account"),
        _(
            "Somebody, probably you, wanted to sign up with this address."
            " It already has an account."
        ),
    ),
    "password_changed": _notice(
        _("Your password was changed"), _("The password of your account was changed.")
    ),
    "password_set": _notice(
        _("Your account has a password now"), _("A password was set for your account.")
    ),
    "password_reset": _notice(
        _("Your password was changed"),
        _("A new password was chosen for your account with a code sent by mail."),
    ),
    "email_changed": _notice(
        _("Your main e-mail address was changed"),
        _("The main address of your account was changed from %(from_email)s to %(to_email)s."),
    ),
    "email_deleted": _notice(
        _("An e-mail address was removed"),
        _("The address %(deleted_email)s was removed from your account."),
    ),
    "totp_activated": _notice(
        _("Two-step sign-in is on"),
        _("An authenticator app was set up. Signing in asks for its code from now on."),
    ),
    "totp_deactivated": _notice(
        _("Two-step sign-in is off"), _("The authenticator app was removed from your account.")
    ),
    "recovery_codes_generated": _notice(
        _("You have new recovery codes"),
        _("New recovery codes were made for your account. The old ones count no more."),
    ),
    "webauthn_added": _notice(
        _("A passkey was added"), _("A passkey that opens your account was added.")
    ),
    "webauthn_removed": _notice(
        _("A passkey was removed"), _("A passkey was removed from your account.")
    ),
}


def letter_of(template_prefix: str) -> Letter:
    """The letter for allauth's name of a mail, such as ``account/email/login_code``."""
    return LETTERS[template_prefix.rpartition("/")[2]]
