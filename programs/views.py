"""Programs, and who is responsible for them."""

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
from mentoring.lib.tables import Column, Search, Select, Table
from programs import operations, queries
from programs.enums import Kind, State
from programs.forms import ProgramForm, ReachForm

NAME_TAKEN = gettext_lazy("There is another program with this name.")


def _in_state(rows: Any, value: str) -> Any:
    return rows.in_state(State(value))


PROGRAMS = Table(
    key="programs",
    columns=(
        Column("name", gettext_lazy("Name"), order=("sort_name",)),
        Column("kind", gettext_lazy("Kind"), order=("kind",)),
        Column("created", gettext_lazy("Created"), order=("created_at",), descending_first=True),
        Column("state", gettext_lazy("State")),
    ),
    filters=(
        Search("q", gettext_lazy("Search"), fields=("name", "purpose")),
        Select("kind", gettext_lazy("Kind"), choices=Kind.choices, field="kind"),
        Select("state", gettext_lazy("State"), choices=State.choices, apply=_in_state),
    ),
    default_sort="name",
)


@member_view(Permission.PROGRAM_VIEW)
@require_safe
def programs(request: MemberRequest) -> HttpResponse:
    """The programs within the member's reach."""
    table = PROGRAMS.read(request.GET, queries.programs_of(request.member), path=request.path)
    context = {"programs": table, "may_create": request.member.may(Permission.PROGRAM_CREATE)}
    return page(request, "programs/programs.html", context, part="programs")


@member_view(Permission.PROGRAM_CREATE)
@require_http_methods(["GET", "HEAD", "POST"])
def program_new(request: MemberRequest) -> HttpResponse:
    """Add a program."""
    form = ProgramForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            created = operations.create_program(actor=request.member, **form.cleaned_data)
        except operations.NameTaken:
            form.add_error("name", NAME_TAKEN)
        else:
            messages.success(request, _("%(name)s is created.") % {"name": created})
            return redirect("program", request.organization.slug, created.pk)
    return page(request, "programs/program_new.html", {"form": form})


@member_view(Permission.PROGRAM_VIEW)
@require_safe
def program(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """One program."""
    found = get_object_or_404(queries.programs_of(request.member), pk=program_id)
    may_edit = queries.editable_programs_of(request.member).filter(pk=found.pk).exists()
    return page(request, "programs/program.html", {"program": found, "may_edit": may_edit})


@member_view(Permission.PROGRAM_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def program_edit(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Change a program's name, kind and purpose."""
    found = get_object_or_404(queries.editable_programs_of(request.member), pk=program_id)
    initial = {"name": found.name, "kind": found.kind, "purpose": found.purpose}
    form = ProgramForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_program(program=found, actor=request.member, **form.cleaned_data)
        except operations.NameTaken:
            form.add_error("name", NAME_TAKEN)
        else:
            messages.success(request, _("The program is saved."))
            return redirect("program", request.organization.slug, program_id)
    return page(request, "programs/program_edit.html", {"program": found, "form": form})


@member_view(Permission.PROGRAM_EDIT)
@require_POST
def program_archive(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Take a program out of use."""
    found = get_object_or_404(queries.editable_programs_of(request.member), pk=program_id)
    operations.archive(program=found, actor=request.member, now=timezone.now())
    messages.success(request, _("%(name)s is archived.") % {"name": found})
    return redirect("program", request.organization.slug, program_id)


@member_view(Permission.PROGRAM_EDIT)
@require_POST
def program_restore(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Take an archived program into use again."""
    found = get_object_or_404(queries.editable_programs_of(request.member), pk=program_id)
    operations.restore(program=found, actor=request.member)
    messages.success(request, _("%(name)s is in use again.") % {"name": found})
    return redirect("program", request.organization.slug, program_id)


@member_view(Permission.ROLES_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def program_reach(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """The programs that a narrowed program admin is responsible for; also a page part."""
    admin = get_object_or_404(queries.narrowed_admins_of(request.member), pk=member_id)
    form = ReachForm(
        request.POST if request.method == "POST" else None,
        programs=queries.programs_of(request.member),
        initial={"programs": queries.reach_of(admin)},
    )
    if request.method == "POST" and form.is_valid():
        operations.set_reach(
            member=admin, programs=form.cleaned_data["programs"], actor=request.member
        )
        messages.success(request, _("The programs of %(name)s are saved.") % {"name": admin})
        return redirect("person", request.organization.slug, member_id)
    return page(request, "programs/reach.html", {"person": admin, "form": form}, part="reach")
