"""What was told about groups, and what was not and why."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Select, Table
from mentoring.reports.queries.told import told_to
from mentoring.reports.showing.told import measure_choices, of_measure, shown

TOLD = Table(
    key="told",
    columns=(
        Column("day", _("As of"), order=("as_of",), descending_first=True),
        Column("what", _("What"), order=("measure",)),
        Column("whom", _("Of whom")),
        Column("people", pgettext_lazy("numbers", "People"), order=("people",), align="end"),
        Column("figure", _("Figure, or why there is none")),
    ),
    filters=(
        Select("measure", _("What"), choices=measure_choices, apply=of_measure),
        Select(
            "outcome",
            _("Outcome"),
            choices=[("told", _("Told")), ("refused", _("Not told"))],
            apply=lambda rows, value: (
                rows.filter(refusal="") if value == "told" else rows.exclude(refusal="")
            ),
        ),
    ),
    default_sort="-day",
)


@member_view(Permission.REPORTS_VIEW)
@require_safe
def reports_told(request: MemberRequest) -> HttpResponse:
    """Every decision about a figure out of answers, the latest first."""
    table = TOLD.read(request.GET, told_to(request.member), path=request.path)
    context = {"told": table, "rows": shown(table.rows, request.organization)}
    return page(request, "reports/told.html", context, part="told")
