"""The headers of a mail: what they say, and who may receive it."""

from collections.abc import Mapping
from email.errors import HeaderParseError
from email.headerregistry import Address, HeaderRegistry
from email.policy import EmailPolicy
from email.utils import parseaddr
from functools import lru_cache
from typing import Any

from django.conf import settings

from mentoring.outbox.brand import Brand
from mentoring.outbox.plain import header_text

UNSUBSCRIBE = "List-Unsubscribe"
NAME_LIMIT = 100
# More than one mail has, so that what all mails say alike is never forgotten.
REMEMBERED = 128

type Headers = Mapping[str, str]


class NotAnAddress(ValueError):
    """This is not one e-mail address, or it would smuggle something into a header."""


class Unfolded(str):
    """The value of a header that goes over the wire as it is, on one line.

    Python breaks long words of a header into encoded ones, which no mail program takes for an
    address any more.
    """

    __slots__ = ("name",)
    name: str

    def fold(self, *, policy: EmailPolicy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class RememberedHeaders(HeaderRegistry):
    """Reads a header that says the same as one before only once.

    Python makes a class for every header of every mail and parses its value; most of them are the
    same in all mails, and that took longer than anything else in writing one.
    """

    __getitem__ = lru_cache(REMEMBERED)(HeaderRegistry.__getitem__)
    _read = lru_cache(REMEMBERED)(HeaderRegistry.__call__)

    def __call__(self, name: str, value: Any) -> Any:
        """The header; addresses may come as lists, which nobody can look up."""
        return self._read(name, value) if isinstance(value, str) else super().__call__(name, value)


_remembered = RememberedHeaders()


def remembering(policy: EmailPolicy) -> EmailPolicy:
    """The same policy, with such headers."""
    return policy.clone(header_factory=_remembered)


def recipient(to: str | tuple[str, str]) -> str:
    """The value of a ``To`` header. Raises NotAnAddress."""
    name, address = to if isinstance(to, tuple) else ("", to)
    try:
        parsed = Address(display_name=header_text(name)[:NAME_LIMIT], addr_spec=address)
    except (IndexError, AttributeError, ValueError, HeaderParseError) as error:
        raise NotAnAddress from error
    if not parsed.username or not parsed.domain or parsed.addr_spec != address:
        raise NotAnAddress
    return str(parsed)


def unsubscribe_headers(url: str) -> dict[str, str]:
    """What lets a mail program turn such mails off in one click (RFC 8058).

    The server that signs our mails (DKIM) has to sign these two headers as well.
    """
    if not url:
        return {}
    return {UNSUBSCRIBE: f"<{url}>", f"{UNSUBSCRIBE}-Post": f"{UNSUBSCRIBE}=One-Click"}


def sender_address() -> str:
    """The address that our mails come from, without a name."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def sender_domain() -> str:
    """The domain after the @ of that address."""
    return sender_address().rpartition("@")[2] or "localhost"


def usual_headers(brand: Brand, message_id: str | None, more: Headers | None) -> dict[str, str]:
    """Headers that say: a machine wrote this, do not answer it with another machine."""
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if brand.slug:
        headers["List-Id"] = f"<{brand.slug}.{sender_domain()}>"
    if message_id:
        headers["Message-ID"] = message_id
    return {**headers, **(more or {})}
