"""Cohorts: the list, the overview, setting one up and taking it on."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.clock import day_at, zone_named
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Search, Select, Table
from programs.enums import CohortState
from programs.forms.cohorts import CohortForm
from programs.operations import cohorts as operations
from programs.overview import overview_of
from programs.preflight import errors_in, hints_in, preflight_of
from programs.proposals import proposal_for
from programs.queries import cohorts as queries
from programs.queries.programs import editable_programs_of, programs_of

NAME_TAKEN = gettext_lazy("The program has another cohort with this name.")
FINISHED = gettext_lazy("This cohort is closed and stays as it is.")
MOVED = gettext_lazy("Somebody else was faster: the cohort is in another state now.")
COLUMNS = (
    Column("name", gettext_lazy("Name"), order=("sort_name",)),
    Column("program", gettext_lazy("Program"), order=("program_name", "sort_name")),
    Column("state", gettext_lazy("State")),
    Column("enrolled", gettext_lazy("Enrolled"), order=("enrolled",), descending_first=True),
    Column("closes", gettext_lazy("Enrollment closes"), order=("enrollment_closes_on",)),
    Column("starts", gettext_lazy("Starts"), order=("starts_on",), descending_first=True),
)


@member_view(Permission.PROGRAM_VIEW)
@require_safe
def cohorts(request: MemberRequest) -> HttpResponse:
    """The cohorts of all programs that the member may look at."""
    programs = [(str(each.pk), each.name) for each in programs_of(request.member)]
    startable = editable_programs_of(request.member).in_use()
    table = Table(
        key="cohorts",
        columns=COLUMNS,
        filters=(
            Search("q", gettext_lazy("Search"), fields=("name", "program__name")),
            Select("program", gettext_lazy("Program"), choices=programs, field="program"),
            Select("state", gettext_lazy("State"), choices=CohortState.choices, field="state"),
        ),
        default_sort="-starts",
    )
    rows = queries.for_the_list(queries.cohorts_of(request.member))
    context = {
        "cohorts": table.read(request.GET, rows, path=request.path),
        "startable": list(startable[:20]) if request.member.may(Permission.COHORT_MANAGE) else [],
    }
    return page(request, "programs/cohorts/cohorts.html", context, part="cohorts")


@member_view(Permission.PROGRAM_VIEW)
@require_safe
def cohort(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """How a cohort stands, in numbers; for those who run it also what to do next."""
    own = queries.whole(queries.manageable_cohorts_of(request.member)).filter(pk=cohort_id).first()
    seen = queries.whole(queries.cohorts_of(request.member))
    found, may_manage = own or get_object_or_404(seen, pk=cohort_id), own is not None
    overview = overview_of(
        found, member=request.member, today=_today(request), may_manage=may_manage
    )
    context = {"cohort": found, "may_manage": may_manage, "overview": overview}
    return page(request, "programs/cohorts/cohort.html", context)


@member_view(Permission.COHORT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_new(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Add a cohort to a program, starting from a proposal."""
    programs = editable_programs_of(request.member).in_use()
    program = get_object_or_404(programs, pk=program_id)
    today = _today(request)
    proposal = proposal_for(program, today=today, taken=queries.names_in(program))
    initial = {**asdict(proposal), "needs_approval": True}
    form = _form(request, today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            details = operations.Details(**form.cleaned_data)
            made = operations.create_cohort(program=program, details=details, actor=request.member)
        except operations.NameTaken:
            form.add_error("name", NAME_TAKEN)
        else:
            messages.success(request, _("%(name)s is created as a draft.") % {"name": made})
            return redirect("cohort", request.organization.slug, made.pk)
    return page(request, "programs/cohorts/new.html", {"program": program, "form": form})


@member_view(Permission.COHORT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_edit(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Change a cohort's name, days and places."""
    found = get_object_or_404(queries.manageable_cohorts_of(request.member), pk=cohort_id)
    state = CohortState(found.state)
    initial = {name: getattr(found, name) for name in CohortForm.base_fields}
    form = _form(request, _today(request), initial=initial, state=state)
    if request.method == "POST" and form.is_valid():
        try:
            details = operations.Details(**form.cleaned_data)
            operations.change_cohort(
                cohort=found, details=details, actor=request.member, now=timezone.now()
            )
        except operations.NameTaken:
            form.add_error("name", NAME_TAKEN)
        except operations.PlacesTaken as taken:
            form.add_error("places", _places_taken(taken.count))
        except operations.Finished:
            form.add_error(None, FINISHED)
        else:
            messages.success(request, _("The cohort is saved."))
            return redirect("cohort", request.organization.slug, cohort_id)
    context = {"cohort": found, "form": form, "may_delete": queries.is_untouched(found)}
    return page(request, "programs/cohorts/edit.html", context)


@member_view(Permission.COHORT_MANAGE)
@require_POST
def cohort_delete(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Remove a draft that nobody has to do with."""
    found = get_object_or_404(queries.manageable_cohorts_of(request.member), pk=cohort_id)
    try:
        operations.delete_cohort(cohort=found, actor=request.member)
    except operations.InUse:
        messages.error(request, _("Only a draft that nobody was invited to can be deleted."))
        return redirect("cohort", request.organization.slug, cohort_id)
    messages.success(request, _("%(name)s is deleted.") % {"name": found})
    return redirect("cohorts", request.organization.slug)


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_preflight(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """What the cohort still lacks before people may enroll."""
    own = queries.whole(queries.manageable_cohorts_of(request.member))
    found = get_object_or_404(own, pk=cohort_id)
    today = _today(request)
    checks = preflight_of(found, member=request.member, today=today)
    errors, hints = errors_in(checks), hints_in(checks)
    context = {
        "cohort": found,
        "groups": [errors, hints, [each for each in checks if each not in errors + hints]],
        "is_ready": not errors,
    }
    return page(request, "programs/cohorts/preflight.html", context)


@member_view(Permission.COHORT_MANAGE)
@require_POST
def cohort_advance(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Take the cohort on, or back."""
    found = get_object_or_404(queries.manageable_cohorts_of(request.member), pk=cohort_id)
    to, seen = _state(request.POST.get("to", "")), _state(request.POST.get("seen", ""))
    if to is None:
        raise BadRequest
    try:
        moved = operations.advance(
            cohort=found, to=to, seen=seen, actor=request.member, now=timezone.now()
        )
    except operations.Moved:
        messages.error(request, MOVED)
    except operations.NotAllowed as refused:
        messages.error(request, _refused([check.title for check in refused.checks]))
        if found.state == CohortState.DRAFT:
            return redirect("cohort_preflight", request.organization.slug, cohort_id)
    else:
        words = {"name": moved, "state": moved.get_state_display()}
        messages.success(request, _("%(name)s: %(state)s.") % words)
    return redirect("cohort", request.organization.slug, cohort_id)


def _today(request: MemberRequest) -> date:
    return day_at(timezone.now(), zone_named(request.organization.time_zone))


def _form(request: MemberRequest, today: date, **options: Any) -> CohortForm:
    zone = request.organization.time_zone
    return CohortForm(request.POST or None, today=today, zone=zone, **options)


def _state(value: str) -> CohortState | None:
    return CohortState(value) if value in CohortState.values else None


def _places_taken(count: int) -> str:
    return ngettext(
        "%(count)d person is approved already.", "%(count)d people are approved already.", count
    ) % {"count": count}


def _refused(titles: list[str]) -> str:
    if not titles:
        return _("The cohort cannot go there from where it is.")
    return _("Not yet. Look at: %(titles)s.") % {"titles": ", ".join(titles)}
