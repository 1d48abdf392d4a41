"""A mail server that follows a script word by word, for what well-behaved ones never do."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

CLOSE = b""
GREETING = b"220 script\r\n"

# What to wait for, and what to say then; CLOSE hangs up instead.
type Turn = tuple[bytes, bytes]


@dataclass
class Script:
    """What was read before each answer, one list for each connection."""

    turns: Sequence[Turn]
    port: int = 0
    heard: list[list[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def follow(self, connection: socket.socket) -> None:
        """The turns are one script over all connections: the next one goes on where it was."""
        heard: list[bytes] = []
        self.heard.append(heard)
        connection.sendall(GREETING)
        while self.turns:
            (awaited, answer), *self.turns = self.turns
            read = b""
            while not read.endswith(awaited):
                if not (more := connection.recv(65536)):
                    self.turns = [(awaited, answer), *self.turns]
                    return
                read += more
            heard.append(read)
            if answer == CLOSE:
                return
            connection.sendall(answer)


@contextmanager
def open_script(turns: Sequence[Turn]) -> Iterator[Script]:
    """Serve until the test is over, one connection after the other."""
    script = Script(turns)
    with socket.create_server(("127.0.0.1", 0)) as server:
        script.port = server.getsockname()[1]

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection:
                        script.follow(connection)

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield script
        finally:
            server.shutdown(socket.SHUT_RDWR)
