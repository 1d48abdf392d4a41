"""What somebody takes part in, and stepping out of it for a while or for good."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.profiles.forms.own import PauseForm
from mentoring.profiles.operations import enrollment as operations
from mentoring.profiles.queries import taking_part as queries
from programs.operations import enrollment
from programs.operations.preparations import mark_done, mark_open
from programs.queries.enrollment import live_participations_of, today_of


@member_view(Permission.TAKE_PART)
@require_safe
def taking_part(request: MemberRequest) -> HttpResponse:
    """The own participations and what else one may join; also a part of the home page."""
    today = today_of(request.member, timezone.now())
    context = {
        "participations": queries.shown_to(request.member, today=today),
        "invitations": queries.joinable_by(request.member, today=today),
        "today": today,
    }
    return page(request, "profiles/taking_part.html", context, part="participations")


@member_view(Permission.TAKE_PART)
@require_POST
def participation_withdraw(request: MemberRequest, participant_id: UUID) -> HttpResponse:
    """Step out for good; nobody asks why."""
    mine = get_object_or_404(live_participations_of(request.member), pk=participant_id)
    operations.withdraw(participant=mine, now=timezone.now())
    text = _("You do not take part in %(cohort)s any more. What you wrote for it is deleted.")
    messages.success(request, text % {"cohort": mine.cohort})
    return redirect("taking_part", request.organization.slug)


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def participation_pause(request: MemberRequest, participant_id: UUID) -> HttpResponse:
    """Take a break until a day."""
    mine = get_object_or_404(live_participations_of(request.member), pk=participant_id)
    now = timezone.now()
    today = today_of(request.member, now)
    form = PauseForm(request.POST or None, today=today, initial={"until": mine.paused_until})
    if request.method == "POST" and form.is_valid():
        try:
            enrollment.pause(participant=mine, today=today, now=now, **form.cleaned_data)
        except enrollment.BadPause:
            form.add_error("until", _("You can pause once you have enrolled."))
        else:
            messages.success(request, _("You have a break. Nobody is told why."))
            return redirect("taking_part", request.organization.slug)
    context = {"participant": mine, "form": form}
    return page(request, "profiles/pause.html", context)


@member_view(Permission.TAKE_PART)
@require_POST
def participation_resume(request: MemberRequest, participant_id: UUID) -> HttpResponse:
    """End the break today."""
    mine = get_object_or_404(live_participations_of(request.member), pk=participant_id)
    now = timezone.now()
    enrollment.resume(participant=mine, today=today_of(request.member, now), now=now)
    messages.success(request, _("Welcome back."))
    return redirect("taking_part", request.organization.slug)


@member_view(Permission.TAKE_PART)
@require_POST
def preparation_done(request: MemberRequest, participant_id: UUID, item_id: UUID) -> HttpResponse:
    """Mark an own preparation item as done, or as open again."""
    mine = get_object_or_404(live_participations_of(request.member), pk=participant_id)
    item = get_object_or_404(queries.items_of(mine), pk=item_id)
    if "undo" in request.POST:
        mark_open(participant=mine, item=item, actor=request.member)
    else:
        mark_done(participants=[mine], item=item, actor=request.member, done_at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("taking_part", request.organization.slug)
