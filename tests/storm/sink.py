"""``python -m tests.storm.sink PORT FILE``: an SMTP server that notes what it takes over."""

import asyncio
import sys
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP


class Notes:
    """One line for each mail: recipient and Message-ID. It is written before the answer."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("a", encoding="utf-8", buffering=1)
        self.parser = BytesHeaderParser()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        head = envelope.content.split(b"\r\n\r\n", 1)[0]
        key = self.parser.parsebytes(head)["Message-ID"]
        self.file.write(f"{envelope.rcpt_tos[0]} {key}\n")
        return "250 OK"


async def main(port: int, path: Path) -> None:
    """Serve until killed."""
    notes = Notes(path)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(notes, hostname="sink", enable_SMTPUTF8=True), "127.0.0.1", port
    )
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
