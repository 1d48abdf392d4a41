"""Importing people from a spreadsheet: hand in, say what columns mean, look, apply."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.access import member_view
from accounts.enums import ImportMode, ImportState, LineKind
from accounts.forms.imports import ColumnsForm, UploadForm
from accounts.importing import error_file
from accounts.importing.ends import WITHOUT_FILE
from accounts.operations import imports as operations
from accounts.permissions import Permission
from accounts.queries import imports as queries
from accounts.requests import MemberRequest
from accounts.roster.difference import deactivates_many
from accounts.roster.findings import Unreadable
from accounts.roster.sample import sample_csv
from accounts.roster.showing import changes_of, remarks_of
from accounts.roster.wording import sentence
from mentoring.lib.pages import page, wants_part
from mentoring.lib.tables import Column, Search, Table
from mentoring.tenancy.streams import stream_within

IMPORTS = Table(
    key="imports",
    columns=(
        Column("file", gettext_lazy("List")),
        Column("state", gettext_lazy("State")),
        Column("who", gettext_lazy("By")),
        Column("when", gettext_lazy("When"), order=("uploaded_at",), descending_first=True),
        Column("totals", gettext_lazy("What it changed")),
    ),
    default_sort="-when",
)
LINES = Table(
    key="lines",
    columns=(
        Column("number", gettext_lazy("Row"), order=("number",)),
        Column("person", gettext_lazy("Person"), order=("name",)),
        Column("changes", gettext_lazy("What happens")),
    ),
    filters=(Search("q", gettext_lazy("Search"), fields=("name", "email")),),
    default_sort="number",
    keep=("kind",),
)
WORKING = {ImportState.CHECKING, ImportState.QUEUED, ImportState.APPLYING}
TONES = {
    ImportState.CHECKED: "info",
    ImportState.APPLIED: "success",
    ImportState.FAILED: "danger",
    **dict.fromkeys(WORKING, "info"),
}
COUNTED = (LineKind.NEW, LineKind.CHANGED, LineKind.BACK, LineKind.GONE)


@member_view(Permission.PEOPLE_IMPORT)
@require_safe
def people_imports(request: MemberRequest) -> HttpResponse:
    """Earlier imports, latest first."""
    table = IMPORTS.read(request.GET, queries.imports_of(request.member), path=request.path)
    rows = [(each, _tone(each), _counts(each, COUNTED)) for each in table.rows]
    context = {"imports": table, "rows": rows}
    return page(request, "accounts/imports/imports.html", context, part="imports")


@member_view(Permission.PEOPLE_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def people_import_new(request: MemberRequest) -> HttpResponse:
    """Hand in a list."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            people_import = operations.upload(
                file=upload.file,
                name=upload.name,
                mode=form.cleaned_data["mode"],
                actor=request.member,
                now=timezone.now(),
            )
        except Unreadable as unreadable:
            form.add_error("file", sentence(unreadable.finding.as_json()))
        else:
            return redirect("people_import", request.organization.slug, people_import.pk)
    return page(request, "accounts/imports/new.html", {"form": form})


@member_view(Permission.PEOPLE_IMPORT)
@require_safe
def people_import_sample(request: MemberRequest) -> HttpResponse:
    """A list to start from."""
    headers = {"Content-Disposition": content_disposition_header(True, "people.csv")}
    text = "\ufeff" + sample_csv()
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@member_view(Permission.PEOPLE_IMPORT)
@require_safe
def people_import(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """One import, wherever it stands."""
    found = get_object_or_404(queries.imports_of(request.member), pk=import_id)
    if found.state == ImportState.UPLOADED:
        return _columns(request, found, _columns_form(found))
    return _import(request, found)


@member_view(Permission.PEOPLE_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def people_import_columns(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Say what the columns mean, and have the list checked."""
    found = get_object_or_404(queries.imports_of(request.member), pk=import_id)
    form = _columns_form(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.choose_columns(people_import=found, now=timezone.now(), **form.cleaned_data)
        except operations.NotOpen:
            messages.info(request, _("This list is being worked on, or has been applied already."))
        return redirect("people_import", request.organization.slug, import_id)
    if found.state not in operations.OPEN:
        return _import(request, found)
    return _columns(request, found, form)


@member_view(Permission.PEOPLE_IMPORT)
@require_safe
def people_import_progress(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """How far the worker has come; once it is done, the page is loaded anew."""
    found = get_object_or_404(queries.imports_of(request.member), pk=import_id)
    if found.state not in WORKING and wants_part(request):
        return HttpResponseClientRefresh()
    return page(request, "accounts/imports/_progress.html", _progress(found))


@member_view(Permission.PEOPLE_IMPORT)
@require_POST
def people_import_apply(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Apply the list as it was shown."""
    found = get_object_or_404(queries.imports_of(request.member), pk=import_id)
    try:
        operations.apply(
            people_import=found,
            is_confirmed=request.POST.get("confirmed") == "on",
            actor=request.member,
            now=timezone.now(),
        )
    except operations.DeactivatesMany:
        messages.error(request, _("Please tick that these people are to be deactivated."))
    except operations.HasErrors:
        messages.error(request, _("Please correct the errors first; nothing was changed."))
    except operations.NotOpen:
        messages.error(request, _("This list cannot be applied any more."))
    return redirect("people_import", request.organization.slug, import_id)


@member_view(Permission.PEOPLE_IMPORT)
@require_POST
def people_import_discard(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Give the list up."""
    found = get_object_or_404(queries.imports_of(request.member), pk=import_id)
    try:
        operations.discard(people_import=found, now=timezone.now())
    except operations.NotOpen:
        messages.error(request, _("This list is being applied or has ended."))
        return redirect("people_import", request.organization.slug, import_id)
    messages.success(request, _("The list was discarded. Nothing was changed."))
    return redirect("people_imports", request.organization.slug)


@member_view(Permission.PEOPLE_IMPORT)
@require_safe
def people_import_errors(request: MemberRequest, import_id: UUID) -> HttpResponseBase:
    """The list with what is wrong in each row, to correct and hand in again."""
    found = get_object_or_404(queries.imports_of(request.member), pk=import_id)
    name = f"{found.file_name.rpartition('.')[0] or found.file_name}-errors.csv"
    return StreamingHttpResponse(
        stream_within(request.organization, partial(error_file.chunks, found)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


def _columns_form(found: Any, data: Any = None) -> ColumnsForm:
    initial = {f"column_{column}": field for column, field in found.mapping.items()}
    initial |= {"mode": found.mode, "creates_grades": found.creates_grades}
    return ColumnsForm(data, headings=found.headers, samples=found.samples, initial=initial)


def _columns(request: MemberRequest, found: Any, form: ColumnsForm) -> HttpResponse:
    return page(request, "accounts/imports/columns.html", {"import": found, "form": form})


def _import(request: MemberRequest, found: Any) -> HttpResponse:
    kinds = [kind for kind in LineKind if found.totals.get(kind)]
    wanted = request.GET.get("kind", "")
    kind = wanted if wanted in LineKind.values else queries.first_kind(found)
    lines = queries.lines_of(request.member, found).filter(kind=kind)
    table = LINES.read(request.GET, lines, path=request.path)
    context = {
        "import": found,
        "tone": _tone(found),
        "is_working": found.state in WORKING,
        "is_open": found.state in operations.OPEN,
        "is_roster": found.mode == ImportMode.ROSTER,
        "counts": _counts(found, COUNTED),
        "kinds": [(each, found.totals[each], each == kind) for each in kinds],
        "remarks": remarks_of(found.findings),
        "lines": table,
        "rows": [
            (each, changes_of(each.changes), remarks_of(each.findings)) for each in table.rows
        ],
        "needs_confirmation": deactivates_many(found.totals),
        "has_changes": any(found.totals.get(each) for each in COUNTED),
        "has_file": found.state not in WITHOUT_FILE
        and bool(found.totals.get("errors") or found.totals.get("warnings")),
        **_progress(found),
    }
    return page(request, "accounts/imports/import.html", context, part="lines")


def _progress(found: Any) -> dict[str, Any]:
    is_working = found.state in WORKING
    return {"import": found, "percent": queries.percent_of(found) if is_working else 0}


def _counts(found: Any, kinds: Any) -> list[tuple[Any, int]]:
    return [(kind.label, found.totals[kind]) for kind in kinds if found.totals.get(kind)]


def _tone(found: Any) -> str:
    return TONES.get(ImportState(found.state), "neutral")
