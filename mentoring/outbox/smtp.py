"""SMTP with half the waiting: sender, recipient and DATA in one go (RFC 2920).

Each wait lasts as long as the way to the mail server and back, and Python's smtplib waits four
times for a mail. Servers that do not announce PIPELINING are talked to as smtplib does.
"""

import re
import smtplib
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.core.mail.backends import smtp

ACCEPTED = 250
FORWARDED = 251
GO_AHEAD = 354
CLOSING = 421
NEW_LINE = "\r\n"
END = b".\r\n"
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)

type Reply = tuple[int, bytes]


class PipeliningSMTP(smtplib.SMTP):
    """Sends a mail to one recipient with two waits, where the server allows it."""

    def sendmail(
        self,
        from_addr: str,
        to_addrs: str | Sequence[str],
        msg: Any,
        mail_options: Sequence[str] = (),
        rcpt_options: Sequence[str] = (),
    ) -> dict[str, Reply]:
        """As smtplib's, with the same errors; mails to several, or with options, go its way."""
        self.ehlo_or_helo_if_needed()
        is_usual = len(to_addrs) == 1 and isinstance(msg, bytes)
        if not is_usual or mail_options or rcpt_options or not self.has_extn("pipelining"):
            return super().sendmail(from_addr, to_addrs, msg, mail_options, rcpt_options)
        self._open_envelope(from_addr, to_addrs[0], len(msg))
        self._hand_over(msg)
        return {}

    def _open_envelope(self, sender: str, recipient: str, size: int) -> None:
        """Return when the server waits for the mail itself. Raises what it refused first."""
        options = f" SIZE={size}" if self.has_extn("size") else ""
        commands = [
            f"MAIL FROM:{smtplib.quoteaddr(sender)}{options}",
            f"RCPT TO:{smtplib.quoteaddr(recipient)}",
            "DATA",
        ]
        if any(set(NEW_LINE) & set(each) for each in commands):
            raise ValueError("An address has a line break in it.")
        self.send("".join(each + NEW_LINE for each in commands))
        mail = self.getreply()
        if mail[0] != ACCEPTED:
            self._take_back(mail, unread=2)
            raise smtplib.SMTPSenderRefused(*mail, sender)
        rcpt = self.getreply()
        if rcpt[0] not in (ACCEPTED, FORWARDED):
            self._take_back(rcpt, unread=1)
            raise smtplib.SMTPRecipientsRefused({recipient: rcpt})
        data = self.getreply()
        if data[0] != GO_AHEAD:
            self._take_back(data, unread=0)
            raise smtplib.SMTPDataError(*data)

    def _hand_over(self, mail: bytes) -> None:
        text = LEADING_DOT.sub(b"..", mail)
        end = END if text.endswith(NEW_LINE.encode()) else NEW_LINE.encode() + END
        self.send(text + end)
        taken = self.getreply()
        if taken[0] != ACCEPTED:
            self._take_back(taken, unread=0)
            raise smtplib.SMTPDataError(*taken)

    def _take_back(self, refusal: Reply, *, unread: int) -> None:
        """Make ready for the next mail.

        Some servers want the mail although they refused whom it is for; they get an empty one,
        which they may send to nobody. Others close: what counts is what they said before.
        """
        if refusal[0] == CLOSING:
            self.close()
            return
        with suppress(smtplib.SMTPServerDisconnected):
            codes = [self.getreply()[0] for _ in range(unread)]
            if GO_AHEAD in codes:
                self.send(END)
                self.getreply()
            self.rset()


class PipeliningSSL(PipeliningSMTP, smtplib.SMTP_SSL):
    """The same over TLS from the first byte on."""


class EmailBackend(smtp.EmailBackend):
    """Django's, with such connections; one that the server has closed is opened anew."""

    @property
    def connection_class(self) -> type[PipeliningSMTP]:
        return PipeliningSSL if self.use_ssl else PipeliningSMTP

    def open(self) -> bool | None:
        if self.connection and not self.connection.sock:
            self.connection = None
        is_new: bool | None = super().open()
        return is_new
