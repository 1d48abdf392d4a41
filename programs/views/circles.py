"""Peer circles of a cohort."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Table
from programs.forms.circles import AttendanceForm, CircleForm
from programs.operations import circles as operations
from programs.queries import circles as queries
from programs.queries.cohorts import manageable_cohorts_of

CIRCLES = Table(
    key="circles",
    columns=(
        Column("title", gettext_lazy("Title"), order=("title",)),
        Column("starts", gettext_lazy("Starts"), order=("starts_at",), descending_first=True),
        Column("place", gettext_lazy("Place or link")),
        Column("came", gettext_lazy("Came"), order=("attended",), align="end"),
    ),
    default_sort="-starts",
)
FIELDS = ("title", "starts_at", "minutes", "place")


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_circles(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """The cohort's circles."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    table = CIRCLES.read(request.GET, queries.circles_in(cohort), path=request.path)
    context = {"cohort": cohort, "may_manage": True, "circles": table, "now": timezone.now()}
    return page(request, "programs/people/circles.html", context, part="circles")


@member_view(Permission.COHORT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_circle_new(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Plan a circle; the mentors hear of it."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    now = timezone.now()
    form = CircleForm(request.POST or None, now=now)
    if request.method == "POST" and form.is_valid():
        circle = operations.plan_circle(
            cohort=cohort, actor=request.member, now=now, **form.cleaned_data
        )
        messages.success(request, _("“%(title)s” is planned.") % {"title": circle})
        return redirect("cohort_circle", request.organization.slug, cohort_id, circle.pk)
    context = {"cohort": cohort, "may_manage": True, "form": form}
    return page(request, "programs/people/circle_edit.html", context)


@member_view(Permission.COHORT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_circle(request: MemberRequest, cohort_id: UUID, circle_id: UUID) -> HttpResponse:
    """One circle, and who came."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    circle = get_object_or_404(queries.circles_in(cohort), pk=circle_id)
    form = AttendanceForm(
        request.POST if request.method == "POST" else None,
        mentors=queries.could_attend(circle),
        initial={"came": queries.attendance_at(circle)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_attendance(circle=circle, participants=form.cleaned_data["came"])
        except operations.IsCanceled:
            return _canceled(request, cohort_id, circle_id)
        messages.success(request, _("Attendance is saved."))
        return redirect("cohort_circle", request.organization.slug, cohort_id, circle_id)
    context = {
        "cohort": cohort,
        "may_manage": True,
        "circle": circle,
        "form": form,
        "has_begun": circle.starts_at <= timezone.now(),
        "has_mentors": bool(form.fields["came"].choices),  # type: ignore[attr-defined]
    }
    return page(request, "programs/people/circle.html", context)


@member_view(Permission.COHORT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_circle_edit(request: MemberRequest, cohort_id: UUID, circle_id: UUID) -> HttpResponse:
    """Change a circle; the mentors hear of another time or place."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    circle = get_object_or_404(queries.circles_in(cohort), pk=circle_id)
    now = timezone.now()
    initial = {name: getattr(circle, name) for name in FIELDS}
    form = CircleForm(request.POST or None, now=now, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_circle(
                circle=circle, actor=request.member, now=now, **form.cleaned_data
            )
        except operations.IsCanceled:
            return _canceled(request, cohort_id, circle_id)
        messages.success(request, _("The circle is saved."))
        return redirect("cohort_circle", request.organization.slug, cohort_id, circle_id)
    context: dict[str, Any] = {
        "cohort": cohort,
        "may_manage": True,
        "form": form,
        "circle": circle,
    }
    return page(request, "programs/people/circle_edit.html", context)


@member_view(Permission.COHORT_MANAGE)
@require_POST
def cohort_circle_cancel(request: MemberRequest, cohort_id: UUID, circle_id: UUID) -> HttpResponse:
    """Call a circle off."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    circle = get_object_or_404(queries.circles_in(cohort), pk=circle_id)
    try:
        operations.cancel_circle(circle=circle, actor=request.member, now=timezone.now())
    except operations.IsCanceled:
        return _canceled(request, cohort_id, circle_id)
    messages.success(request, _("“%(title)s” is called off.") % {"title": circle})
    return redirect("cohort_circles", request.organization.slug, cohort_id)


def _canceled(request: MemberRequest, cohort_id: UUID, circle_id: UUID) -> HttpResponse:
    messages.error(request, _("This circle was called off. Please plan another one."))
    return redirect("cohort_circle", request.organization.slug, cohort_id, circle_id)
