"""``python -m tests.storm.sink PORT FILE``: an SMTP server that notes what it takes over.

As small as can be, because it shares the processors with what is measured.
"""

import asyncio
import re
import sys
from pathlib import Path
from typing import TextIO

END = b"\r\n.\r\n"
KEY = re.compile(rb"^Message-ID: *(\S+)\r$", re.IGNORECASE | re.MULTILINE)
ANSWERS = {
    b"EHLO": b"250-sink\r\n250-8BITMIME\r\n250-PIPELINING\r\n250 SMTPUTF8\r\n",
    b"HELO": b"250 sink\r\n",
    b"DATA": b"354 End with a dot\r\n",
    b"QUIT": b"221 Bye\r\n",
}


class Sink(asyncio.Protocol):
    """One line for each mail: recipient and Message-ID. It is written before the answer."""

    def __init__(self, notes: TextIO) -> None:
        self.notes = notes
        self.read = b""
        self.answers = b""
        self.recipient = ""
        self.is_mail = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.read += data
        while self.take_mail() if self.is_mail else self.take_command():
            pass
        # All that was asked at once is answered at once, and written down before.
        self.transport.write(self.answers)
        self.answers = b""

    def take_mail(self) -> bool:
        mail, end, rest = self.read.partition(END)
        if not end:
            return False
        key = KEY.search(mail[: mail.index(b"\r\n\r\n") + 2])
        self.notes.write(f"{self.recipient} {key[1].decode() if key else '?'}\n")
        self.read, self.is_mail = rest, False
        self.answers += b"250 OK\r\n"
        return True

    def take_command(self) -> bool:
        line, end, rest = self.read.partition(b"\r\n")
        if not end:
            return False
        self.read = rest
        verb = line[:4].upper()
        if verb == b"RCPT":
            self.recipient = line[line.index(b"<") + 1 : line.index(b">")].decode()
        self.is_mail = verb == b"DATA"
        self.answers += ANSWERS.get(verb, b"250 OK\r\n")
        return True


async def main(port: int, path: Path) -> None:
    """Serve until killed."""
    notes = path.open("a", encoding="utf-8", buffering=1)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Sink(notes), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
