"""Departments, locations and grades: one set of pages for the three of them."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts import queries
from accounts.access import member_view
from accounts.enums import ChartPart
from accounts.forms.chart import MergeForm, PartForm, StepForm
from accounts.operations import chart as operations
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page

LISTS = {
    ChartPart.DEPARTMENT: "departments",
    ChartPart.LOCATION: "locations",
    ChartPart.GRADE: "grades",
}
NAME_TAKEN = gettext_lazy("There is another one with this name.")


@member_view(Permission.PEOPLE_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def parts(request: MemberRequest, kind: ChartPart) -> HttpResponse:
    """All of them with how many people are in each; sending the form adds one."""
    may_edit = request.member.may(Permission.CHART_EDIT)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    form = PartForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            added = operations.add(kind=kind, values=form.cleaned_data, actor=request.member)
        except operations.NameTaken:
            form.add_error("name", NAME_TAKEN)
        else:
            messages.success(request, _("%(name)s is added.") % {"name": added})
            return _back(request, kind)
    context = {
        **_about(kind),
        "parts": queries.parts_of(request.member, kind),
        "form": form,
        "may_edit": may_edit,
    }
    return page(request, "accounts/chart/parts.html", context)


@member_view(Permission.CHART_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def part_edit(request: MemberRequest, /, kind: ChartPart, **key: UUID) -> HttpResponse:
    """Rename one, or say where a location is; from here it can be merged or deleted."""
    part = _part(request, kind, key)
    initial = {"name": part.name, "time_zone": getattr(part, "time_zone", "")}
    form = PartForm(request.POST or None, kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change = partial(operations.change, actor=request.member, now=timezone.now())
            change(part=part, values=form.cleaned_data)
        except operations.NameTaken:
            form.add_error("name", NAME_TAKEN)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
            return _back(request, kind)
    others = queries.parts_of(request.member, kind).exclude(pk=part.pk)
    context = {**_about(kind), "part": part, "form": form, "may_merge": others.exists()}
    return page(request, "accounts/chart/part.html", context)


@member_view(Permission.CHART_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def part_merge(request: MemberRequest, /, kind: ChartPart, **key: UUID) -> HttpResponse:
    """Move everybody into another one; the page says how many before it happens."""
    part = _part(request, kind, key)
    targets = queries.parts_of(request.member, kind).exclude(pk=part.pk)
    form = MergeForm(request.POST or None, targets=targets)
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["target"]
        merge = partial(operations.merge, actor=request.member, now=timezone.now())
        try:
            moved = merge(source=part, target=target)
        except operations.CannotMerge:
            form.add_error("target", _("Somebody else has just removed one of the two."))
        else:
            messages.success(request, _moved(moved, target))
            return _back(request, kind)
    return page(request, "accounts/chart/merge.html", {**_about(kind), "part": part, "form": form})


@member_view(Permission.CHART_EDIT)
@require_POST
def part_delete(request: MemberRequest, /, kind: ChartPart, **key: UUID) -> HttpResponse:
    """Remove one that is not in use."""
    part = _part(request, kind, key)
    try:
        operations.delete(part=part, actor=request.member, now=timezone.now())
    except operations.StillUsed:
        text = _("%(name)s is in use: by people, or by the rules of a cohort. Merge it instead.")
        messages.error(request, text % {"name": part})
    else:
        messages.success(request, _("%(name)s is deleted.") % {"name": part})
    return _back(request, kind)


@member_view(Permission.CHART_EDIT)
@require_POST
def grade_move(request: MemberRequest, grade_id: UUID) -> HttpResponse:
    """One grade further up or down."""
    grade = _part(request, ChartPart.GRADE, {"grade_id": grade_id})
    form = StepForm(request.POST)
    if form.is_valid():
        step = form.cleaned_data["step"]
        operations.move_grade(grade=grade, step=step, actor=request.member, now=timezone.now())
    return redirect(f"{reverse('grades', args=[request.organization.slug])}#part-{grade.pk}")


@member_view(Permission.CHART_EDIT)
@require_POST
def grades_turn(request: MemberRequest) -> HttpResponse:
    """All grades the other way around."""
    operations.turn_grades_around(actor=request.member, now=timezone.now())
    messages.success(request, _("The order is turned around."))
    return _back(request, ChartPart.GRADE)


def _moved(count: int, target: Any) -> str:
    text = ngettext(
        "%(count)d person moved to %(name)s.", "%(count)d people moved to %(name)s.", count
    )
    return text % {"count": count, "name": target}


def _part(request: MemberRequest, kind: ChartPart, key: dict[str, UUID]) -> Any:
    """The one that the address names, by whatever name the address has for its key."""
    (part_id,) = key.values()
    return get_object_or_404(queries.parts_of(request.member, kind), pk=part_id)


def _about(kind: ChartPart) -> dict[str, Any]:
    """What templates need to know to speak of the right kind."""
    return {"kind": kind, "list_view": LISTS[kind]}


def _back(request: MemberRequest, kind: ChartPart) -> HttpResponse:
    return redirect(LISTS[kind], request.organization.slug)
