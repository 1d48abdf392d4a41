"""The org chart and the records of people, inside an organization."""

from django.urls import path

from accounts.enums import ChartPart
from accounts.views import chart, chart_parts, records


def _pages(kind: ChartPart, folder: str) -> list[object]:
    """The addresses of departments, locations or grades; each names its key after the kind."""
    one = f"chart/{folder}/<uuid:{kind}_id>/"
    extra = {"kind": kind}
    return [
        path(f"chart/{folder}/", chart_parts.parts, extra, name=folder),
        path(one, chart_parts.part_edit, extra, name=f"{kind}_edit"),
        path(f"{one}merge/", chart_parts.part_merge, extra, name=f"{kind}_merge"),
        path(f"{one}delete/", chart_parts.part_delete, extra, name=f"{kind}_delete"),
    ]


urlpatterns = [
    path("chart/", chart.chart, name="chart"),
    path("chart/suggestions/", chart.chart_suggestions, name="chart_suggestions"),
    path("chart/people/<uuid:member_id>/", chart.chart_person, name="chart_person"),
    *_pages(ChartPart.DEPARTMENT, "departments"),
    *_pages(ChartPart.LOCATION, "locations"),
    *_pages(ChartPart.GRADE, "grades"),
    path("chart/grades/turn/", chart_parts.grades_turn, name="grades_turn"),
    path("chart/grades/<uuid:grade_id>/move/", chart_parts.grade_move, name="grade_move"),
    path("people/new/", records.person_new, name="person_new"),
    path("people/<uuid:member_id>/edit/", records.person_edit, name="person_edit"),
    path("people/<uuid:member_id>/invite/", records.person_invite, name="person_invite"),
]
