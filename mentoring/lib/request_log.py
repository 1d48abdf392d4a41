"""One line in the log for each request, with ids and without secrets."""

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django_structlog.middlewares.request import RequestMiddleware


class RequestLogMiddleware(RequestMiddleware):
    """Names the route instead of the path: a path may hold a token, a query an address."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        try:
            route = resolve(request.path_info).route
        except Resolver404:
            route = "(no such page)"
        return f"{request.method} /{route}"
