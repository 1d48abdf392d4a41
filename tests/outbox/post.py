"""A real SMTP server on loopback that keeps what it is given and refuses what it is told to."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Post:
    """What arrived, in order, and how to answer. Answers are looked up by recipient."""

    port: int = 0
    refuse: dict[str, str] = field(default_factory=dict)
    refuse_data: dict[str, str] = field(default_factory=dict)
    refuse_sender: str = ""
    extensions: tuple[str, ...] = ("250-PIPELINING",)
    on_mail: Callable[[str], None] | None = None
    connections: int = 0
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        name, *others = responses
        return [name, *self.extensions, *others]

    async def handle_MAIL(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.refuse_sender:
            return self.refuse_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if answer := self.refuse.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        if answer := self.refuse_data.get(address):
            return answer
        with self._lock:
            mail = message_from_bytes(envelope.content, policy=policy.default)
            self.mails.append((address, mail))
        if self.on_mail:
            self.on_mail(address)
        return "250 OK"

    @property
    def recipients(self) -> list[str]:
        return [address for address, _ in self.mails]

    @property
    def counts(self) -> Counter[str]:
        return Counter(self.recipients)

    def mail_to(self, address: str) -> EmailMessage:
        """The only mail that this address got."""
        (mail,) = (mail for to, mail in self.mails if to == address)
        return mail

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def open_post(port: int, **tls: Any) -> Iterator[Post]:
    """Serve at the port; ``tls`` is what the server library wants to know about it."""
    post = Post(port)
    controller = Controller(post, hostname="127.0.0.1", port=port, **tls)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()
