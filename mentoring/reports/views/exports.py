"""Exports: the list, asking for one, its progress, and its file."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page, wants_part
from mentoring.lib.tables import Column, Table
from mentoring.reports.enums import ExportState
from mentoring.reports.exporting.naming import content_type
from mentoring.reports.exporting.orders import order_of
from mentoring.reports.exporting.pieces import pieces_of
from mentoring.reports.exporting.registry import tables_for
from mentoring.reports.exporting.scope import NoSnapshot, NotAllowed
from mentoring.reports.exporting.showing import shown
from mentoring.reports.forms.exports import ExportForm, initial_of, wanted
from mentoring.reports.operations import exports as operations
from mentoring.reports.queries import exports as queries
from mentoring.tenancy.streams import stream_within

EXPORTS = Table(
    key="exports",
    columns=(
        Column("tables", gettext_lazy("Tables")),
        Column("state", gettext_lazy("State")),
        Column("as_of", gettext_lazy("As of"), order=("as_of",), descending_first=True),
        Column("who", gettext_lazy("By")),
        Column("when", gettext_lazy("Asked for"), order=("requested_at",), descending_first=True),
        Column("expires", gettext_lazy("File until")),
    ),
    default_sort="-when",
)


@member_view(Permission.REPORTS_EXPORT)
@require_safe
def exports(request: MemberRequest) -> HttpResponse:
    """Earlier exports, latest first."""
    table = EXPORTS.read(request.GET, queries.exports_of(request.member), path=request.path)
    context = {"exports": table, "rows": [shown(each) for each in table.rows]}
    return page(request, "reports/exports.html", context, part="exports")


@member_view(Permission.REPORTS_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def export_new(request: MemberRequest) -> HttpResponse:
    """Choose what it is to hold and say what it is for.

    ``like`` names an earlier one; else the address may say whom it is to tell of, as a page does.
    """
    form = ExportForm(
        request.POST or None,
        offer=queries.offer_to(request.member),
        tables=tables_for(request.member),
        initial=_like(request) or wanted(request.GET),
    )
    if request.method == "POST" and form.is_valid():
        try:
            export = operations.request(
                order=form.order,
                as_of=form.cleaned_data["as_of"],
                member=request.member,
                clock=timezone.now,
            )
        except NotAllowed:
            form.add_error("cohort", _("No cohort of this program is among those you may see."))
        except NoSnapshot:
            form.add_error("as_of", _("Figures of that day are not kept any more."))
        except operations.TooManyWaiting:
            form.add_error(None, _("Some of your exports are not ready yet. Please wait for them."))
        else:
            return redirect("export", request.organization.slug, export.pk)
    return page(request, "reports/export_new.html", {"form": form, "has_days": queries.days()})


@member_view(Permission.REPORTS_EXPORT)
@require_safe
def export(request: MemberRequest, export_id: UUID) -> HttpResponse:
    """How far it is, why it could not be made, or where to fetch it."""
    found = get_object_or_404(queries.exports_of(request.member), pk=export_id)
    view = shown(found)
    if not view.is_working and wants_part(request):
        return HttpResponseClientRefresh()
    context = {
        "shown": view,
        "export": found,
        "percent": queries.percent_of(found),
        "may_fetch": queries.may_fetch(request.member, found, now=timezone.now()),
        "cohorts": queries.cohorts_named(found.cohorts),
    }
    return page(request, "reports/export.html", context, part="progress")


@member_view(Permission.REPORTS_EXPORT)
@require_POST
def export_cancel(request: MemberRequest, export_id: UUID) -> HttpResponse:
    """Give it up; one that has ended stays as it is."""
    found = operations.cancel(
        export=get_object_or_404(queries.exports_of(request.member), pk=export_id),
        actor=request.member,
        now=timezone.now(),
    )
    if found.state == ExportState.CANCELED:
        messages.success(request, _("The export is canceled."))
    else:
        messages.info(request, _("The export had ended already."))
    return redirect("export", request.organization.slug, export_id)


@member_view(Permission.REPORTS_EXPORT)
@require_safe
def export_file(request: MemberRequest, export_id: UUID) -> HttpResponseBase:
    """The file, a piece at a time, for whoever may still see what is in it."""
    found = get_object_or_404(queries.exports_of(request.member), pk=export_id)
    if not queries.may_fetch(request.member, found, now=timezone.now()):
        raise Http404
    if request.method == "GET":
        operations.note_download(export=found, actor=request.member)
    return StreamingHttpResponse(
        stream_within(request.organization, partial(pieces_of, found.pk)),
        content_type=content_type(found.file_name),
        headers={
            "Content-Disposition": content_disposition_header(True, found.file_name),
            "Content-Length": str(found.size),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _like(request: MemberRequest) -> dict[str, Any]:
    """The choices of an earlier export; none when there is no such one."""
    try:
        key = UUID(request.GET.get("like", ""))
    except ValueError:
        return {}
    found = queries.exports_of(request.member).filter(pk=key).first()
    return initial_of(order_of(found)) if found else {}
