"""One way to answer with a page, or with one part of it."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page, or the template partial ``part`` when htmx asked.

    Pending messages travel with a part, because no page will come to show them.
    """
    is_part = part is not None and wants_part(request)
    name = f"{template}#{part}" if is_part else template
    content = render_to_string(name, context, request)
    if is_part and len(get_messages(request)):
        content += render_to_string("components/toasts_part.html", None, request)
    response = HttpResponse(content, status=status)
    if part is not None:
        patch_vary_headers(response, ["HX-Request"])
    return response


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx will put the answer into a page that is already there."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return bool(htmx and not htmx.boosted and not htmx.history_restore_request)
