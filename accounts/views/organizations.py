"""Making an organization, and its first page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import queries
from accounts.access import member_view
from accounts.checklist import Facts, checklist_of
from accounts.enums import Role
from accounts.forms.organizations import OrganizationForm
from accounts.homepage import sections_for
from accounts.operations.organizations import SlugTaken, create_organization
from accounts.permissions import Permission
from accounts.requests import MemberRequest, Request
from mentoring.lib.pages import page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organization_new(request: Request) -> HttpResponse:
    """Make an organization and become its first owner."""
    initial = {"language": get_language(), "time_zone": timezone.get_current_timezone_name()}
    form = OrganizationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        slug = form.cleaned_data["slug"]
        try:
            create_organization(user=request.user, **form.cleaned_data)
        except SlugTaken as taken:
            if queries.is_own_slug(slug):
                messages.info(request, _("You already have this organization. Here it is."))
                return redirect("organization", slug)
            form.refuse_slug(free=taken.free)
        else:
            messages.success(request, _("Your organization is ready."))
            return redirect("organization", slug)
    context = {"form": form, "is_first": not request.memberships}
    return page(request, "accounts/organization_new.html", context)


@member_view(Permission.ORGANIZATION_VIEW)
@require_safe
def organization(request: MemberRequest) -> HttpResponse:
    """What to do next, by role."""
    now = timezone.now()
    people = queries.headcount(now=now)
    steps = checklist_of(request.member, Facts(request.organization, people))
    context = {
        "people": people,
        "sections": sections_for(request.member, now=now),
        "steps": steps,
        "total": len(steps),
        "done": sum(step.state == "done" for step in steps),
        "is_analyst": Role.HR_ANALYST in request.member.roles,
    }
    return page(request, "accounts/organization.html", context)
