"""The own calendar, and an assistant who moves meetings."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.meetings import refusals
from mentoring.meetings.forms.meetings import TimeForm
from mentoring.meetings.forms.people import AssistantForm
from mentoring.meetings.operations import people as operations
from mentoring.meetings.operations.planning import move
from mentoring.meetings.queries import people as queries
from mentoring.meetings.tokens import feed_url

NOT_AN_ASSISTANT = {
    False: gettext_lazy("Nobody of this organization has this address."),
    True: gettext_lazy(
        "This person cannot move your meetings: it is you, or one of your partners."
    ),
}


@never_cache
@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def own_calendar(request: MemberRequest) -> HttpResponse:
    """The private address of the own calendar, and who may move the own meetings."""
    form = AssistantForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            named = operations.name_assistant(
                member=request.member, now=timezone.now(), **form.cleaned_data
            )
        except operations.CannotAssist as refused:
            form.add_error("email", NOT_AN_ASSISTANT[refused.is_known])
        else:
            text = _("%(name)s can move your meetings now.") % {"name": named.assistant}
            messages.success(request, text)
            return redirect("own_calendar", request.organization.slug)
    feed = queries.feed_of(request.member)
    context = {
        "form": form,
        "feed_url": feed_url(feed) if feed else "",
        "assistant": queries.assistant_of(request.member),
        "chiefs": queries.chiefs_of(request.member),
    }
    return page(request, "meetings/calendar.html", context)


@member_view(Permission.TAKE_PART)
@require_POST
def calendar_address(request: MemberRequest) -> HttpResponse:
    """Make the address, make another one, or take it away."""
    now, what = timezone.now(), request.POST.get("what")
    if what == "open":
        operations.open_feed(member=request.member, now=now)
        messages.success(request, _("Here is your address. Treat it like a password."))
    elif what == "renew" and queries.feed_of(request.member):
        operations.renew_feed(member=request.member, now=now)
        messages.success(request, _("Here is another address. The old one shows nothing now."))
    else:
        operations.close_feed(member=request.member)
        messages.success(request, _("Your calendar has no address any more."))
    return redirect("own_calendar", request.organization.slug)


@member_view(Permission.TAKE_PART)
@require_POST
def assistant_dismiss(request: MemberRequest) -> HttpResponse:
    """Nobody but the two may move meetings any more."""
    operations.dismiss_assistant(member=request.member)
    messages.success(request, _("Nobody moves your meetings for you any more."))
    return redirect("own_calendar", request.organization.slug)


@member_view(Permission.TAKE_PART)
@require_safe
def assisted_meetings(request: MemberRequest) -> HttpResponse:
    """The times that an assistant may change: whose, when and how, and nothing else."""
    now = timezone.now()
    context = {
        "chiefs": queries.chiefs_of(request.member),
        "meetings": queries.times_looked_after_by(request.member, now=now),
    }
    return page(request, "meetings/assisted.html", context)


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def assisted_move(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Move a meeting in somebody's name; the new time comes in the same step."""
    now = timezone.now()
    time = _time_or_404(request, meeting_id, now=now)
    initial = {
        "starts_at": timezone.localtime(time.meeting.starts_at),
        "seen": time.meeting.sequence,
    }
    form = TimeForm(request.POST if request.method == "POST" else None, now=now, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals.told(form):
            move(
                meeting=time.meeting,
                side=time.side,
                assistant=request.member,
                now=now,
                **form.cleaned_data,
            )
            messages.success(request, _("Moved. Both people get it for their calendars."))
            return redirect("assisted_meetings", request.organization.slug)
        time = _time_or_404(request, meeting_id, now=now)
    return page(request, "meetings/assisted_move.html", {"time": time, "form": form})


def _time_or_404(request: MemberRequest, meeting_id: UUID, *, now: datetime) -> queries.Time:
    times = queries.times_looked_after_by(request.member, now=now)
    found = next((each for each in times if each.meeting.pk == meeting_id), None)
    if found is None:
        raise Http404
    return found
