"""Exports that come every month: the list, setting one up, changing and ending it."""

from typing import Any
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
from mentoring.reports.exporting.facts import subject_of
from mentoring.reports.exporting.orders import order_of
from mentoring.reports.exporting.registry import tables_for
from mentoring.reports.forms.exports import initial_of
from mentoring.reports.forms.schedules import ScheduleForm
from mentoring.reports.operations import schedules as operations
from mentoring.reports.queries import exports as exported
from mentoring.reports.queries import schedules as queries


@member_view(Permission.REPORTS_EXPORT)
@require_safe
def export_schedules(request: MemberRequest) -> HttpResponse:
    """What comes every month."""
    found = queries.schedules_of(request.member).order_by("-created_at", "pk")
    context = {"schedules": [(each, subject_of(each)) for each in found]}
    return page(request, "reports/export_schedules.html", context)


@member_view(Permission.REPORTS_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def export_schedule_new(request: MemberRequest) -> HttpResponse:
    """Have an export made every month."""
    form = _form(request, initial={"recipients": [str(request.member.pk)]})
    if request.method == "POST" and form.is_valid():
        try:
            operations.create(
                order=form.order,
                recipients=form.members,
                actor=request.member,
                now=timezone.now(),
            )
        except operations.MayNotHave as strangers:
            _add_strangers(form, strangers)
        else:
            messages.success(request, _("Set up. The first comes after the end of this month."))
            return redirect("export_schedules", request.organization.slug)
    return page(request, "reports/export_schedule_form.html", {"form": form})


@member_view(Permission.REPORTS_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def export_schedule(request: MemberRequest, schedule_id: UUID) -> HttpResponse:
    """Change what comes, and for whom."""
    found = get_object_or_404(queries.schedules_of(request.member), pk=schedule_id)
    people = [str(each.member_id) for each in found.recipients.all()]
    form = _form(request, initial={**initial_of(order_of(found)), "recipients": people})
    if request.method == "POST" and form.is_valid():
        try:
            operations.change(
                schedule=found, order=form.order, recipients=form.members, actor=request.member
            )
        except operations.MayNotHave as strangers:
            _add_strangers(form, strangers)
        else:
            messages.success(request, _("Saved. It holds for all that is made from now on."))
            return redirect("export_schedules", request.organization.slug)
    context = {"form": form, "schedule": found, "title": subject_of(found)}
    return page(request, "reports/export_schedule_form.html", context)


@member_view(Permission.REPORTS_EXPORT)
@require_POST
def export_schedule_pause(request: MemberRequest, schedule_id: UUID) -> HttpResponse:
    """Pause it, or let it go on."""
    found = get_object_or_404(queries.schedules_of(request.member), pk=schedule_id)
    if request.POST.get("what") == "resume":
        operations.resume(schedule=found, actor=request.member)
        messages.success(
            request, _("It goes on. If the last month end is missing, it is made tonight.")
        )
    else:
        operations.pause(schedule=found, actor=request.member, now=timezone.now())
        messages.success(request, _("Paused. Nothing is made until you let it go on."))
    return redirect("export_schedules", request.organization.slug)


@member_view(Permission.REPORTS_EXPORT)
@require_POST
def export_schedule_delete(request: MemberRequest, schedule_id: UUID) -> HttpResponse:
    """Let it end."""
    found = get_object_or_404(queries.schedules_of(request.member), pk=schedule_id)
    operations.delete(schedule=found, actor=request.member)
    messages.success(request, _("Deleted. Files that were made stay for their seven days."))
    return redirect("export_schedules", request.organization.slug)


def _form(request: MemberRequest, *, initial: dict[str, Any]) -> ScheduleForm:
    return ScheduleForm(
        request.POST or None,
        offer=exported.offer_to(request.member),
        tables=tables_for(request.member),
        people=queries.analysts(),
        initial=initial,
    )


def _add_strangers(form: ScheduleForm, strangers: operations.MayNotHave) -> None:
    names = ", ".join(str(each) for each in strangers.members)
    said = _("%(names)s may not see all of these tables. Leave out the person, or the table.")
    form.add_error("recipients", said % {"names": names})
