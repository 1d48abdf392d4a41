"""Turning mails off from a mail, without signing in (RFC 8058).

Mail programs and scanners fetch the address, so only a POST changes anything. It brings no
cookie and no session, follows no redirect, and the address itself is the proof of who asks.
"""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.reaching import reading_as
from accounts.requests import Request
from mentoring.lib.pages import page
from mentoring.notices.operations.settings import turn_off, turn_on
from mentoring.notices.queries import settings as queries
from mentoring.notices.tokens import BadLink, read_link
from mentoring.tenancy.scope import within

FIELD, ONE_CLICK = "List-Unsubscribe", "One-Click"


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: Request, organization: UUID, token: str) -> HttpResponse:
    """Show what can be turned off, and turn it off by the one word that RFC 8058 knows."""
    is_wish = request.method == "POST" and request.POST.get(FIELD) == ONE_CLICK
    return _answer(request, organization, token, wish="off" if is_wish else "")


@never_cache
@require_POST
def unsubscribe_undo(request: Request, organization: UUID, token: str) -> HttpResponse:
    """Turn the mails on again."""
    return _answer(request, organization, token, wish="on")


def _answer(request: Request, organization_id: UUID, token: str, *, wish: str) -> HttpResponse:
    try:
        link = read_link(organization_id, token)
    except BadLink:
        return page(request, "notices/link_unknown.html", status=404)
    kind = queries.switch_named(link.kind)
    with within(organization_id):
        member = queries.member_behind(link.member_id)
        if member is None or kind is None:
            return page(request, "notices/link_over.html")
        if wish == "off":
            turn_off(member=member, kind=kind.name)
        elif wish == "on":
            turn_on(member=member, kind=kind.name)
        context = {
            "organization": member.organization,
            "token": token,
            "kind": kind,
            "is_on": queries.wants_mail(member, kind.name),
            "is_done": bool(wish),
        }
        with reading_as(member, member.organization):
            return page(request, "notices/unsubscribe.html", context)
