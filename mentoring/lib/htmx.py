"""What htmx needs to hear instead of a redirect."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from mentoring.lib.errors import fragment, is_htmx


class HtmxRedirects:
    """Turns redirects that htmx would follow silently into ones the person sees.

    The browser would fetch the new page and htmx would put it inside the old one. A
    redirect to the sign-in page means that the session ended: nothing on the page is
    replaced, so what was typed is not lost, and a message offers to sign in again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not is_htmx(request) or response.status_code not in (301, 302, 303, 307, 308):
            return response
        target = response["Location"]
        if urlsplit(target).path == resolve_url(settings.LOGIN_URL):
            answer = fragment("components/signed_out.html", 401, {"sign_in": _sign_in(request)})
        else:
            answer = HttpResponse(headers={"HX-Redirect": target})
        answer.cookies = response.cookies
        return answer


def _sign_in(request: HttpRequest) -> str:
    """The sign-in page, leading back to the page the person is on."""
    here = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = f"{here.path}?{here.query}" if here.query else here.path
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back or '/'})}"
