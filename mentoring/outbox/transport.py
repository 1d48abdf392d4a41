"""Hand over one mail at a time, and understand what the mail server says about it."""

import smtplib
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend

from mentoring.outbox.enums import Reason

CLOSING = 421


class NotSent(Exception):
    """The message was not sent: why, and whether trying again is useless.

    ``detail`` holds a code, never words of the server, because they may quote the address.
    """

    def __init__(
        self,
        reason: Reason,
        detail: str = "",
        *,
        for_good: bool = False,
        breaks_connection: bool = False,
    ) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail
        self.for_good = for_good
        self.breaks_connection = breaks_connection


class Unreachable(NotSent):
    """There is no connection to the mail server, so no other mail would go out either."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(Reason.UNREACHABLE, detail)


class Postman:
    """One connection to the mail server for many mails; it opens with the first one."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend = mailers.default

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._close()

    def send(self, mail: EmailMessage) -> None:
        """Return when the mail server has taken the mail over. Raises NotSent, Unreachable."""
        self._open()
        try:
            self._connection.send_messages([mail])
        except Exception as error:
            failure = understood(error)
            if failure is None:
                raise
            if failure.breaks_connection:
                self._close()
            raise failure from error

    def _open(self) -> None:
        try:
            self._connection.open()
        except OSError as error:
            code = getattr(error, "smtp_code", None)
            raise Unreachable(str(code or type(error).__name__)) from error

    def _close(self) -> None:
        """Close whatever is open; a server that is gone needs no goodbye."""
        try:
            self._connection.close()
        except OSError:
            self._connection = mailers.default


def understood(error: Exception) -> NotSent | None:
    """What an error of the mail backend means for the mail; None for a fault of our own."""
    for kind, meaning in MEANINGS:
        if isinstance(error, kind):
            return meaning(error)
    return None


def _answer(code: int, *, final: Reason, for_good: bool) -> NotSent:
    is_error = 500 <= code < 600
    return NotSent(
        final if is_error else Reason.DELAYED,
        str(code),
        for_good=is_error and for_good,
        breaks_connection=code == CLOSING,
    )


def _about_recipient(error: smtplib.SMTPRecipientsRefused) -> NotSent:
    code, _words = next(iter(error.recipients.values()))
    return _answer(code, final=Reason.REFUSED, for_good=True)


def _about_sender(error: smtplib.SMTPSenderRefused) -> NotSent:
    """The server wants no mail from us at all, which is not the recipient's fault."""
    return _answer(error.smtp_code, final=Reason.SENDER, for_good=False)


def _about_mail(error: smtplib.SMTPResponseException) -> NotSent:
    return _answer(error.smtp_code, final=Reason.REFUSED, for_good=True)


def _from_provider(error: AnymailError) -> NotSent:
    code = getattr(error, "status_code", None)
    return NotSent(Reason.DELAYED, str(code or type(error).__name__))


def _broken_connection(error: OSError) -> NotSent:
    return NotSent(Reason.DELAYED, type(error).__name__, breaks_connection=True)


# In this order: the later ones are more general.
MEANINGS: list[tuple[type[Exception], Callable[[Any], NotSent]]] = [
    (smtplib.SMTPRecipientsRefused, _about_recipient),
    (smtplib.SMTPSenderRefused, _about_sender),
    (smtplib.SMTPResponseException, _about_mail),
    (AnymailRecipientsRefused, lambda _: NotSent(Reason.REFUSED, for_good=True)),
    (AnymailError, _from_provider),
    (OSError, _broken_connection),
    (ValueError, lambda _: NotSent(Reason.ADDRESS, for_good=True)),
]
