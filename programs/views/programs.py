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
from programs.enums import WAVES, Kind, State
from programs.forms.programs import ReachForm
from programs.operations import programs as operations
from programs.operations.duplicates import duplicate
from programs.queries import programs as queries
from programs.queries.cohorts import cohorts_of
from programs.queries.preparation import items_of
from programs.queries.questions import newest_forms
from programs.words import seniority_of, side_choices


def _in_state(rows: Any, value: str) -> Any:
    return rows.in_state(State(value))


PROGRAMS = Table(
    key="programs",
    columns=(
        Column("name", gettext_lazy("Name"), order=("sort_name",)),
        Column("kind", gettext_lazy("Kind"), order=("kind",)),
        Column("sponsor", gettext_lazy("Sponsor"), order=("sponsor__sort_name",)),
        Column("cohorts", gettext_lazy("Cohorts"), order=("cohort_count",), descending_first=True),
        Column("created", gettext_lazy("Created"), order=("created_at",), descending_first=True),
        Column("state", gettext_lazy("State")),
    ),
    filters=(
        Search("q", gettext_lazy("Search"), fields=("name", "purpose", "sponsor__name")),
        Select("kind", gettext_lazy("Kind"), choices=Kind.choices, field="kind"),
        Select("state", gettext_lazy("State"), choices=State.choices, apply=_in_state),
    ),
    default_sort="name",
)


@member_view(Permission.PROGRAM_VIEW)
@require_safe
def programs(request: MemberRequest) -> HttpResponse:
    """The programs within the member's reach."""
    table = PROGRAMS.read(
        request.GET, queries.listed_programs_of(request.member), path=request.path
    )
    context = {"programs": table, "may_create": request.member.may(Permission.PROGRAM_CREATE)}
    return page(request, "programs/programs.html", context, part="programs")


@member_view(Permission.PROGRAM_VIEW)
@require_safe
def program(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """One program: its settings by section, its cohorts, and what is missing before launch."""
    found = get_object_or_404(queries.whole_programs_of(request.member), pk=program_id)
    may_edit = queries.editable_programs_of(request.member).filter(pk=found.pk).exists()
    kind, terms = Kind(found.kind), request.organization.terms
    items = [item for item in items_of(found) if not item.archived_at]
    context = {
        "program": found,
        "may_edit": may_edit,
        "may_duplicate": may_edit and request.member.may(Permission.PROGRAM_CREATE),
        "may_run": may_edit and request.member.may(Permission.COHORT_MANAGE),
        "seniority": seniority_of(kind, found.grade_gap, queries.levels(), terms),
        "scheduling": dict(side_choices(kind, terms))[found.scheduling_owed_by],
        "items": items,
        "forms": newest_forms(found).values(),
        "waves": [each.label for each in WAVES if each in found.waves],
        "cohorts": cohorts_of(request.member).filter(program=found).order_by("-created_at"),
        "missing": queries.missing_for_launch(found) if may_edit else [],
    }
    return page(request, "programs/program.html", context)


@member_view(Permission.PROGRAM_EDIT)
@require_POST
def program_archive(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Take a program out of use, unless cohorts of it are on their way."""
    found = get_object_or_404(queries.editable_programs_of(request.member), pk=program_id)
    try:
        operations.archive(program=found, actor=request.member, now=timezone.now())
    except operations.StillRunning as still:
        text = _("%(name)s is not archived: these cohorts are not closed yet: %(cohorts)s.")
        messages.error(request, text % {"name": found, "cohorts": ", ".join(still.names)})
    else:
        messages.success(request, _("%(name)s is archived.") % {"name": found})
    return redirect("program", request.organization.slug, program_id)


@member_view(Permission.PROGRAM_CREATE)
@require_POST
def program_duplicate(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Start a program from this one."""
    found = get_object_or_404(queries.editable_programs_of(request.member), pk=program_id)
    copy = duplicate(program=found, actor=request.member)
    text = _("This is the copy. Everything can be changed; the original stays as it is.")
    messages.success(request, text)
    return redirect("program", request.organization.slug, copy.pk)


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
