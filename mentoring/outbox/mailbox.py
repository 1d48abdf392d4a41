"""Mail kept as files: a backend that writes them, and a reader for the development page."""

import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

NAME = re.compile(r"\A[0-9]{20}-[0-9a-f]{16}\.eml\Z")
READ_AT_MOST = 2000


class FolderBackend(BaseEmailBackend):
    """Keeps every mail as a file of its own that appears whole or not at all.

    Only the owner of the process can read them: mails carry secrets.
    """

    def __init__(self, *, folder: str, **options: Any) -> None:
        super().__init__(**options)
        self.folder = Path(folder)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            content = message.message(policy=policy.SMTP).as_bytes()
            name = f"{time.time_ns():020d}-{secrets.token_hex(8)}.eml"
            unfinished = self.folder / f".{name}"
            unfinished.touch(mode=0o600)
            unfinished.write_bytes(content)
            unfinished.rename(self.folder / name)
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A line of the list."""

    name: str
    at: datetime
    to: str
    sender: str
    subject: str


class Mailbox:
    """The mails in a folder, latest first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        if not self.folder.is_dir():
            return []
        names = [each.name for each in self.folder.iterdir() if NAME.match(each.name)]
        return sorted(names, reverse=True)

    def envelopes(self, names: Sequence[str]) -> list[Envelope]:
        """Who wrote what to whom; mails that vanished meanwhile are left out."""
        found = (self._envelope(name) for name in names)
        return [each for each in found if each is not None]

    def search(self, words: str) -> list[Envelope]:
        """Among the newest, those whose recipient or subject contains the words."""
        wanted = words.casefold()
        return [
            each
            for each in self.envelopes(self.names()[:READ_AT_MOST])
            if wanted in f"{each.to}\n{each.subject}".casefold()
        ]

    def read(self, name: str) -> bytes | None:
        """The mail as it was sent; None when there is none of that name."""
        if not NAME.match(name):
            return None
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def clear(self) -> int:
        """Remove all mails; return how many."""
        names = self.names()
        for name in names:
            (self.folder / name).unlink(missing_ok=True)
        return len(names)

    def _envelope(self, name: str) -> Envelope | None:
        content = self.read(name)
        if content is None:
            return None
        headers = BytesHeaderParser(policy=policy.default).parsebytes(content)
        return Envelope(
            name=name,
            at=datetime.fromtimestamp(int(name[:20]) / 1e9, tz=UTC),
            to=str(headers.get("To", "")),
            sender=str(headers.get("From", "")),
            subject=str(headers.get("Subject", "")),
        )


def parsed(content: bytes) -> Parsed:
    """The mail as an object."""
    return message_from_bytes(content, policy=policy.default)


def text_of(message: Parsed, kind: str) -> str:
    """The part of that kind, ``plain`` or ``html``; empty when there is none."""
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""


def pictures_of(message: Parsed) -> dict[str, tuple[str, bytes]]:
    """Inline pictures by their Content-ID: type and bytes."""
    return {
        str(part["Content-ID"]).strip(" <>"): (part.get_content_type(), part.get_content())
        for part in message.walk()
        if part.get_content_maintype() == "image" and part["Content-ID"]
    }
