"""Mail that is kept in a folder."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from mentoring.outbox.mailbox import Mailbox, parsed


@pytest.fixture
def mails(tmp_path: Path, settings) -> Callable[[], list[EmailMessage]]:
    """What was sent so far, in the order of the addresses."""
    settings.MAILERS = {
        "default": {
            "BACKEND": "mentoring.outbox.mailbox.FolderBackend",
            "OPTIONS": {"folder": str(tmp_path)},
        }
    }
    box = Mailbox(tmp_path)

    def read() -> list[EmailMessage]:
        found = [parsed(box.read(name) or b"") for name in box.names()]
        return sorted(found, key=lambda mail: str(mail["To"]))

    return read
