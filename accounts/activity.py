"""Remembers when and from where each session was last seen."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils import timezone

from accounts.operations import account
from accounts.origin import current_origin
from accounts.requests import Request


class ActivityMiddleware:
    """In place of allauth's, which writes with every request. Comes after OriginMiddleware."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        address = current_origin().address
        if request.user.is_authenticated and request.session.session_key and address:
            account.note_activity(
                user=request.user,
                session_key=request.session.session_key,
                address=address,
                user_agent=request.headers.get("User-Agent", ""),
                now=timezone.now(),
            )
        return self.get_response(request)
