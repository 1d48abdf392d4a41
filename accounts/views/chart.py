"""The org chart as a tree, opened branch by branch."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts import queries
from accounts.access import member_view
from accounts.permissions import Permission
from accounts.queries import chart as of_chart
from accounts.queries.finding import fitting
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Search, Table

BRANCH = 50
CIRCLE = 10

FOUND = Table(
    key="found",
    columns=(Column("name", "", order=("sort_name",)),),
    filters=(Search("q", "", apply=fitting),),
    default_sort="name",
)


@dataclass(frozen=True, slots=True)
class Branch:
    """Some of the people at one place of the tree, and where the next ones are."""

    people: list[Any]
    start: int
    total: int
    more_url: str

    @property
    def left(self) -> int:
        """How many are still to come."""
        return self.total - self.start - len(self.people)


@member_view(Permission.PEOPLE_VIEW)
@require_safe
def chart(request: MemberRequest) -> HttpResponse:
    """The people without a manager as the tree's tops, or those a search has found."""
    context: dict[str, Any] = {
        "may_edit": request.member.may(Permission.CHART_EDIT),
        "query": FOUND.filters[0].clean(request.GET.get("q", "")),
    }
    if context["query"]:
        found = FOUND.read(request.GET, of_chart.chart_of(request.member), path=request.path)
        chains = of_chart.chains_above([person.pk for person in found.rows])
        rows = [(person, chains[person.pk][::-1]) for person in found.rows]
        return page(request, "accounts/chart/chart.html", context | _hits(found, rows), part="hits")
    size = of_chart.size_of_chart(request.member)
    tops = _branch(request, of_chart.tops_of(request.member), total=size.tops)
    part = "branch" if "page" in request.GET else "hits"
    if tops.start == 0:
        context["circle"] = of_chart.in_circles(request.member)[:CIRCLE]
    context |= {"branch": tops, "size": size}
    return page(request, "accounts/chart/chart.html", context, part=part)


@member_view(Permission.PEOPLE_VIEW)
@require_safe
def chart_person(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """One person between the managers above and the reports below; for htmx the latter only."""
    person: Any = get_object_or_404(of_chart.chart_of(request.member), pk=member_id)
    reports = of_chart.reports_of(request.member, person)
    context = {"branch": _branch(request, reports, total=person.report_count), "person": person}
    if not request.htmx:
        context["above"] = of_chart.chain_above(person)[::-1]
    return page(request, "accounts/chart/person.html", context, part="branch")


@member_view(Permission.CHART_EDIT)
@require_safe
def chart_suggestions(request: MemberRequest) -> HttpResponse:
    """Whom somebody may mean who types a name; part of a page."""
    people = queries.suggest_people(request.member, request.GET.get("manager", "")[:300])
    return page(request, "accounts/chart/suggestions.html", {"people": people})


def _hits(found: Any, rows: list[Any]) -> dict[str, Any]:
    return {"found": found, "rows": rows}


def _branch(request: MemberRequest, people: QuerySet[Any], *, total: int) -> Branch:
    """The page of them that the address asks for; an unknown page is the first."""
    wanted = request.GET.get("page", "")
    pages = max(1, -(-total // BRANCH))
    known = wanted.isascii() and wanted.isdigit() and len(wanted) < 6
    number = min(max(int(wanted), 1), pages) if known else 1
    start = (number - 1) * BRANCH
    more = f"{request.path}?{urlencode({'page': number + 1})}" if number < pages else ""
    return Branch(list(people[start : start + BRANCH]), start, total, more)
