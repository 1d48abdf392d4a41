"""The own profile."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.profiles.enums import Direction
from mentoring.profiles.forms.own import ProfileForm
from mentoring.profiles.forms.topics import TopicsForm
from mentoring.profiles.operations import profiles as operations
from mentoring.profiles.queries import own as queries
from programs.queries.topics import topics_to_choose


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def own_profile(request: MemberRequest) -> HttpResponse:
    """How the member introduces themselves."""
    profile = queries.profile_of(request.member)
    initial = {
        "about": profile.about,
        "languages": request.member.languages,
        "availability": profile.availability,
        "meeting_form": profile.meeting_form,
    }
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        operations.save_profile(member=request.member, **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("own_profile", request.organization.slug)
    offered = queries.choices_of(request.member, Direction.OFFERED)
    sought = queries.choices_of(request.member, Direction.SOUGHT)
    context = {
        "form": form,
        "offered": offered,
        "sought": sought,
        "hint": _hint(initial, has_topics=bool(offered or sought)),
    }
    return page(request, "profiles/own_profile.html", context)


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def own_topics(request: MemberRequest, direction: str) -> HttpResponse:
    """The topics that the member offers or seeks."""
    chosen = queries.choices_of(request.member, Direction(direction))
    form = TopicsForm(
        request.POST if request.method == "POST" else None,
        families=topics_to_choose(),
        chosen=chosen,
        is_draft=True,
    )
    if request.method == "POST" and form.is_valid():
        picks = form.cleaned_data["picks"]
        try:
            operations.save_topics(
                member=request.member, direction=Direction(direction), picks=picks
            )
        except operations.TopicMissing:
            form.add_error("pick", _("Keep at least one topic while you take part."))
        else:
            messages.success(request, _("Your topics are saved."))
            return redirect("own_profile", request.organization.slug)
    return page(request, "profiles/own_topics.html", {"form": form, "direction": direction})


def _hint(said: dict[str, Any], *, has_topics: bool) -> str:
    """The one thing that would help most; never a score."""
    hints = (
        (said["about"], _("One line about yourself helps people to find you.")),
        (has_topics, _("A topic or two tells people what they can talk about with you.")),
        (said["languages"], _("Say in which languages you can talk well.")),
        (said["availability"], _("With a few half days, finding a time gets easier.")),
    )
    return next((hint for is_there, hint in hints if not is_there), "")
