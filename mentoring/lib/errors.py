"""Answers when something went wrong: friendly pages, and fragments for htmx.

They are rendered without the request, so they need neither database nor session, and an
identifier that is foreign and one that does not exist give the same bytes.
"""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

FALLBACK = "<!doctype html><title>500</title><h1>Something went wrong</h1>"


def handler400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400)


def handler403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403)


def handler404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, 403, template="403_csrf")


def handler500(request: HttpRequest) -> HttpResponse:
    """Never raises: when even the template fails, a bare page is sent."""
    with suppress(Exception):
        return error_page(request, 500)
    return HttpResponse(FALLBACK, status=500)


def error_page(request: HttpRequest, status: int, *, template: str = "") -> HttpResponse:
    name = f"{template or status}.html"
    if is_htmx(request):
        return fragment(f"{name}#fragment", status)
    return HttpResponse(render_to_string(name, _context()), status=status)


def fragment(template: str, status: int, context: dict[str, Any] | None = None) -> HttpResponse:
    """A toast that htmx adds to the page, which stays as it is."""
    response = HttpResponse(render_to_string(template, _context() | (context or {})), status=status)
    response["HX-Retarget"] = "#toasts"
    response["HX-Reswap"] = "beforeend"
    response["HX-Push-Url"] = "false"
    return response


def is_htmx(request: HttpRequest) -> bool:
    """Also true for answers given before the htmx middleware ran."""
    return request.headers.get("HX-Request") == "true"


def _context() -> dict[str, Any]:
    return {"PRODUCT_NAME": settings.PRODUCT_NAME}
