"""Finding people of the other side who want to be found."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Search, Select, Table
from mentoring.profiles.languages import languages_to_choose
from mentoring.profiles.queries import discover as queries
from programs.enums import MeetingForm
from programs.queries.enrollment import today_of
from programs.queries.topics import topics_to_choose

COLUMNS = (
    Column("person", _("Person")),
    Column("topics", _("Topics")),
    Column("when", _("How to talk")),
)
FORMS = [pair for pair in MeetingForm.choices if pair[0] != MeetingForm.ANY]


@member_view(Permission.TAKE_PART)
@require_safe
def discover(request: MemberRequest) -> HttpResponse:
    """The people whom the member may find, those with shared topics first."""
    today = today_of(request.member, timezone.now())
    mine = queries.looking_as(request.member)
    topics = queries.topics_of(request.member)
    found = queries.people_to_find(request.member, mine, topics, today=today)
    table = _table(request).read(request.GET, found, path=request.path)
    context = {
        "mine": mine,
        "sides": sorted({each.side for each in mine}),
        "people": table,
        "found": queries.describe(table.rows, topics),
        "may_ask": any(each.cohort.state in queries.ASKING for each in mine),
        "in_many": len({each.cohort_id for each in mine}) > 1,
    }
    return page(request, "profiles/discover.html", context, part="people")


def _table(request: MemberRequest) -> Table:
    """Made for each request, because its choices are the organization's own."""
    families = topics_to_choose()
    topics: Any = [(topic.pk, topic) for family in families for topic in family.topics.all()]
    return Table(
        key="people",
        columns=COLUMNS,
        filters=(
            Search("q", _("Search"), fields=("member__name", "member__job_title")),
            Select(
                "family",
                _("Family of topics"),
                choices=[(each.pk, each) for each in families],
                apply=queries.with_family,
            ),
            Select("topic", _("Topic"), choices=topics, apply=queries.with_topic),
            Select(
                "language",
                _("Language"),
                choices=languages_to_choose(request.member.languages),
                apply=queries.with_language,
            ),
            Select("form", _("Form of meeting"), choices=FORMS, apply=queries.with_form),
            Select(
                "location",
                _("Location"),
                choices=queries.locations(),
                field="member__location",
            ),
        ),
    )
