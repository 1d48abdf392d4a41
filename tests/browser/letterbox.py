"""The mails that a running web process and its worker have written, each read once."""

import re
from email.utils import parseaddr
from pathlib import Path
from threading import Lock

from mentoring.outbox.mailbox import Mailbox, parsed, text_of
from tests.plugins.web import wait_for

CODE = re.compile(r"\b[A-Z]{4}-[A-Z]{4}\b")
LINK = re.compile(r"https?://\S+/invitations/\S+")
# The sweep looks each minute, should Redis have lost the word that there is something to do.
PATIENCE = 150.0


class Letterbox:
    """What came into a mail folder; several threads may wait for mails at once."""

    def __init__(self, folder: Path) -> None:
        self._mailbox = Mailbox(folder)
        self._read: dict[str, tuple[str, str]] = {}
        self._lock = Lock()

    def to(self, address: str) -> list[str]:
        """The texts of the mails to one address, oldest first."""
        with self._lock:
            for name in self._mailbox.names():
                if name not in self._read and (content := self._mailbox.read(name)):
                    mail = parsed(content)
                    self._read[name] = (str(mail["To"]), text_of(mail, "plain"))
            return [text for _name, (to, text) in sorted(self._read.items()) if address in to]

    def find(self, pattern: re.Pattern[str], address: str) -> str:
        """What the latest mail to the address that has it says, as soon as it has come."""
        found: list[str] = []

        def has_come() -> bool:
            found[:] = [hit[0] for text in self.to(address) if (hit := pattern.search(text))]
            return bool(found)

        wait_for(has_come, seconds=PATIENCE)
        return found[-1]

    def whose(self, part: str, *, seconds: float = PATIENCE) -> str:
        """The address to which a mail with this text has gone, as soon as it has come."""
        return self.all_whose(part, at_least=1, seconds=seconds)[-1]

    def all_whose(self, part: str, *, at_least: int, seconds: float = PATIENCE) -> list[str]:
        """The addresses of all mails with this text, as soon as so many have come."""
        found: list[str] = []

        def have_come() -> bool:
            self.to("")
            found[:] = [parseaddr(to)[1] for to, text in self._read.values() if part in text]
            return len(found) >= at_least

        wait_for(have_come, seconds=seconds)
        return found

    def code(self, address: str) -> str:
        return self.find(CODE, address)

    def invitation(self, address: str) -> str:
        return self.find(LINK, address)
