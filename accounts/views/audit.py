"""What happened in the organization, for its owners."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts import queries
from accounts.access import member_view
from accounts.actions import action_choices
from accounts.descriptions import describe
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Search, Select, Table

PERIODS = {
    "day": (_("Last 24 hours"), timedelta(days=1)),
    "week": (_("Last 7 days"), timedelta(days=7)),
    "month": (_("Last 30 days"), timedelta(days=30)),
    "year": (_("Last 365 days"), timedelta(days=365)),
}


def _since(events: QuerySet[Any], period: str) -> QuerySet[Any]:
    _label, length = PERIODS[period]
    return events.filter(at__gte=timezone.now() - length)


def _table(request: MemberRequest) -> Table:
    """The list, with the organization's own people to choose from."""
    return Table(
        key="events",
        columns=(
            Column("at", _("When"), order=("at",), descending_first=True),
            Column("actor", _("Who"), order=("actor_name",)),
            Column("action", _("What"), order=("action",)),
            Column("subject", _("About"), order=("subject_name",)),
            Column("address", _("From where")),
        ),
        filters=(
            Search("q", _("Search"), fields=("actor_name", "subject_name")),
            Select("who", _("Who"), choices=queries.actors_of(request.member), field="actor"),
            Select("what", _("What"), choices=action_choices, field="action"),
            Select(
                "period",
                _("Period"),
                choices=[(key, label) for key, (label, _length) in PERIODS.items()],
                apply=_since,
            ),
        ),
        default_sort="-at",
    )


@member_view(Permission.AUDIT_VIEW)
@require_safe
def audit_log(request: MemberRequest) -> HttpResponse:
    """Events, latest first."""
    events = queries.audit_of(request.member)
    table = _table(request).read(request.GET, events, path=request.path)
    rows = [(event, describe(event)) for event in table.rows]
    context = {"events": table, "rows": rows}
    return page(request, "accounts/audit_log.html", context, part="events")
