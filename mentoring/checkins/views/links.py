"""Behind the links of a check-in's mail: one answer, without signing in."""

from contextlib import ExitStack
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from mentoring.checkins.desk import Desk, desk_for
from mentoring.checkins.enums import Said
from mentoring.checkins.operations.answering import Voice
from mentoring.checkins.queries.checkins import check_in_with_key, said_in
from mentoring.checkins.tokens import read_link
from mentoring.lib.pages import page
from mentoring.lib.signed_links import BadLink
from mentoring.tenancy.scope import within
from programs.enums import Side
from programs.post import reading_as

UNKNOWN = "checkins/link_unknown.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_link(request: Request, organization: UUID, token: str, said: str) -> HttpResponse:
    """Show one answer and its button; shows no names, and changes nothing before the POST."""
    now = timezone.now()
    try:
        link = read_link(organization, token)
        answer = Said(said)
    except (BadLink, ValueError):
        return page(request, UNKNOWN, status=404)
    with ExitStack() as stack:
        stack.enter_context(within(organization, member_id=link.member_id))
        check_in = check_in_with_key(link.check_in_id, link.member_id)
        if check_in is None:
            return page(request, UNKNOWN, status=404)
        pairing, side = check_in.pairing, Side(check_in.side)
        stack.enter_context(reading_as(pairing.person(side).member, pairing.organization))
        voice = Voice(pairing, side, timezone.localtime(now).date(), check_in)
        data = request.POST if request.method == "POST" else None
        desk = desk_for(voice, answer, data, now=now)
        if request.method == "POST" and desk.accept(now=now):
            return redirect(request.path)
        return page(request, "checkins/link.html", _context(desk, said_in(check_in)))


def _context(desk: Desk, said: Said | None) -> dict[str, object]:
    """``is_said`` when this very answer is kept already."""
    pairing = desk.voice.pairing
    return {
        "desk": desk,
        "pairing": pairing,
        "organization": pairing.organization,
        "said": said,
        "is_said": said == desk.said,
    }
