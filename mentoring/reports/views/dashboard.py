"""Reports on the screen: numbers of a day, and what they mean."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.reports.grouped import GROUPED
from mentoring.reports.metrics import METRICS
from mentoring.reports.queries.asking import PERIODS, asked
from mentoring.reports.showing.dashboard import dashboard_of
from mentoring.reports.showing.groups import groups_of


@member_view(Permission.REPORTS_VIEW)
@require_safe
def reports(request: MemberRequest) -> HttpResponse:
    """What the address asks about: a day, cohorts, people, and how far back."""
    question = asked(request.member, request.GET)
    context: dict[str, Any] = {"asked": question, "periods": PERIODS}
    if question and question.cohorts:
        context |= {
            "dashboard": dashboard_of(question),
            "groups": groups_of(question, request.member),
            "may_export": request.member.may(Permission.REPORTS_EXPORT),
            "export_query": urlencode(question.export_words),
        }
    return page(request, "reports/dashboard.html", context, part="dashboard")


@member_view(Permission.REPORTS_VIEW)
@require_safe
def report_metrics(request: MemberRequest) -> HttpResponse:
    """The metric dictionary."""
    context = {"metrics": METRICS.values(), "measures": GROUPED}
    return page(request, "reports/metrics.html", context)
