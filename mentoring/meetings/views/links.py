"""Behind the links that work without signing in: a calendar, and noting a meeting."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import Request
from mentoring.lib.pages import page
from mentoring.lib.signed_links import BadLink
from mentoring.meetings import feeds, refusals
from mentoring.meetings.forms.meetings import LinkForm
from mentoring.meetings.operations.logs import hold
from mentoring.meetings.queries import mails as queries
from mentoring.meetings.tokens import read_log_link
from mentoring.tenancy.scope import within
from programs.post import reading_as

UNKNOWN = "meetings/link_unknown.html"


@never_cache
@require_safe
def calendar_feed(request: Request, organization: UUID, token: str) -> HttpResponse:
    """A member's meetings, for a calendar that subscribes; an old address reads nothing."""
    text = feeds.text_of(organization, token, now=timezone.now())
    if text is None:
        raise Http404
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="meetings.ics"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_log_link(request: Request, organization: UUID, token: str) -> HttpResponse:
    """Note a meeting from a mail. Shows dates only, and changes nothing before the POST."""
    now = timezone.now()
    try:
        link = read_log_link(organization, token)
    except BadLink:
        return page(request, UNKNOWN, status=404)
    with within(organization):
        meeting = queries.meeting_behind(link.meeting_id, link.side)
        if meeting is None:
            return page(request, UNKNOWN, status=404)
        initial = {"minutes": meeting.minutes}
        form = LinkForm(request.POST if request.method == "POST" else None, initial=initial)
        if request.method == "POST" and form.is_valid():
            minutes = form.cleaned_data["minutes"]
            with refusals.told(form):
                meeting = hold(meeting=meeting, side=link.side, minutes=minutes, now=now)
        context = {"meeting": meeting, "form": form, "is_ahead": meeting.starts_at > now}
        with reading_as(meeting.pairing.person(link.side).member, meeting.organization):
            return page(request, "meetings/link.html", context)
