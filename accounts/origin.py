"""Where the current request came from, for the audit log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import get_contextvars


@dataclass(frozen=True, slots=True)
class Origin:
    """The sender's address, and the id that ties an event to the log's lines."""

    address: str | None = None
    request_id: str = ""


NOWHERE = Origin()
_current: ContextVar[Origin] = ContextVar("accounts_origin", default=NOWHERE)


def current_origin() -> Origin:
    """The request being answered; ``NOWHERE`` in background work."""
    return _current.get()


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """Record events as coming from there."""
    token = _current.set(origin)
    try:
        yield
    finally:
        _current.reset(token)


class OriginMiddleware:
    """Remembers where a request came from; operations never see the request itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = str(get_contextvars().get("request_id", ""))
        with coming_from(Origin(address=_address(request), request_id=request_id)):
            return self.get_response(request)


def _address(request: HttpRequest) -> str | None:
    """The client behind the trusted proxies, as the rate limits see it; None if unknown."""
    try:
        return str(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):
        return None
