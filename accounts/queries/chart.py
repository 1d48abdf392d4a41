"""Who reports to whom.

The line of managers is walked in SQL. Rows are the organization's twice over: by its own
column in every step, and by row-level security. Data may hold a circle, made by hands other
than ours; every walk visits a person once and ends.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from accounts.enums import Conflict
from accounts.models import Member
from accounts.models.member import MemberQuerySet
from accounts.queries.members import people_of
from mentoring.tenancy.scope import organization_in_scope

ABOVE = """
WITH RECURSIVE above AS (
    SELECT id AS start, id, manager_id, 0 AS steps FROM accounts_member
    WHERE organization_id = %(here)s AND id = ANY(%(ids)s::uuid[])
    UNION ALL
    SELECT above.start, member.id, member.manager_id, above.steps + 1
    FROM above JOIN accounts_member member
    ON member.id = above.manager_id AND member.organization_id = %(here)s
) CYCLE id SET is_circle USING path
SELECT start, id FROM above WHERE steps > 0 AND id <> start AND NOT is_circle
ORDER BY start, steps
"""
BELOW = """
WITH RECURSIVE below AS (
    SELECT id FROM accounts_member WHERE organization_id = %s AND manager_id = %s
    UNION
    SELECT member.id FROM below JOIN accounts_member member
    ON member.manager_id = below.id AND member.organization_id = %s
)
SELECT id FROM below
"""
CONFLICTS = """
WITH RECURSIVE pair AS (
    SELECT DISTINCT one, other FROM unnest(%(ones)s::uuid[], %(others)s::uuid[]) AS t (one, other)
), above AS (
    SELECT id AS start, manager_id AS id FROM accounts_member
    WHERE organization_id = %(here)s AND manager_id IS NOT NULL
    AND id IN (SELECT one FROM pair UNION SELECT other FROM pair)
    UNION
    SELECT above.start, member.manager_id FROM above JOIN accounts_member member
    ON member.id = above.id AND member.organization_id = %(here)s
    WHERE member.manager_id IS NOT NULL
), judged AS (
    SELECT one, other, CASE
        WHEN (other, one) IN (SELECT start, id FROM above) THEN 'above'
        WHEN (one, other) IN (SELECT start, id FROM above) THEN 'below'
        WHEN (SELECT manager_id FROM accounts_member WHERE organization_id = %(here)s AND id = one)
        = (SELECT manager_id FROM accounts_member WHERE organization_id = %(here)s AND id = other)
        THEN 'same_manager'
    END AS conflict
    FROM pair WHERE one <> other
)
SELECT one, other, conflict FROM judged WHERE conflict IS NOT NULL
"""


def chain_above(member: Member) -> list[Member]:
    """The manager, the manager's manager and so on; the nearest first."""
    return chains_above([member.pk])[member.pk]


def chains_above(member_ids: Collection[UUID]) -> dict[UUID, list[Member]]:
    """`chain_above` for many at once, in two queries."""
    found: dict[UUID, list[UUID]] = {member_id: [] for member_id in member_ids}
    for start, manager in _rows(ABOVE, {"ids": list(found)}):
        found[start].append(manager)
    managers = Member.objects.in_bulk({each for chain in found.values() for each in chain})
    return {start: [managers[each] for each in chain] for start, chain in found.items()}


def chain_below(member: Member) -> MemberQuerySet:
    """Everybody who reports to the member, directly or through others."""
    here = organization_in_scope()
    below = RawSQL(BELOW, (here, member.pk, here))  # noqa: S611  (a constant, with parameters)
    found: MemberQuerySet = Member.objects.filter(pk__in=below).exclude(pk=member.pk)
    return found


def in_same_chain(one: Member, other: Member) -> bool:
    """Whether one of the two stands above the other, however far."""
    return _conflict(one, other) in {Conflict.ABOVE, Conflict.BELOW}


def same_manager(one: Member, other: Member) -> bool:
    """Whether the two report to the same person."""
    rows = Member.objects.filter(pk__in=[one.pk, other.pk]).exclude(manager=None)
    managers = dict(rows.values_list("pk", "manager_id"))
    return len(managers) == 2 and len(set(managers.values())) == 1


def chain_conflicts(
    pairs: Iterable[tuple[UUID, UUID]],
) -> dict[tuple[UUID, UUID], Conflict]:
    """Those of the pairs of members who are too close in the hierarchy, and why. One query.

    The conflict says where the first of the two stands.
    """
    wanted = list(pairs)
    if not wanted:
        return {}
    ones, others = zip(*wanted, strict=True)
    rows = _rows(CONFLICTS, {"ones": list(ones), "others": list(others)})
    return {(one, other): Conflict(conflict) for one, other, conflict in rows}


def _conflict(one: Member, other: Member) -> Conflict | None:
    key = (one.pk, other.pk)
    return chain_conflicts([key]).get(key)


def chart_of(member: Member) -> MemberQuerySet:
    """The people on the chart whom a member may look at, with what the tree shows of each.

    ``report_count`` counts who reports to them directly.
    """
    people = people_of(member).on_chart().select_related("department", "grade")
    reports = Member.objects.on_chart().filter(manager=OuterRef("pk")).order_by()
    counted = reports.values("manager").annotate(number=Count("pk")).values("number")
    found: MemberQuerySet = people.annotate(report_count=Coalesce(Subquery(counted), 0))
    return found


def tops_of(member: Member) -> QuerySet[Member]:
    """The people on the chart without a manager; those with people below them come first."""
    tops = chart_of(member).filter(manager=None)
    return tops.order_by(F("report_count").desc(), "sort_name", "pk")


def reports_of(member: Member, manager: Member) -> QuerySet[Member]:
    """Who reports to the manager directly, by name."""
    return chart_of(member).filter(manager=manager).order_by("sort_name", "pk")


def in_circles(member: Member) -> list[Member]:
    """People who stand above themselves, so that no branch of the tree leads to them.

    The walk is not left to a join of the table with itself: right after a large import the
    planner knows nothing of the new rows and would compare each with each.
    """
    rows = Member.objects.exclude(manager=None).order_by()
    found = _circles(dict(rows.values_list("pk", "manager_id")))
    return list(people_of(member).filter(pk__in=found)) if found else []


@dataclass(frozen=True, slots=True)
class Size:
    """How many people the chart shows, and how many of them have no manager."""

    people: int
    tops: int


def size_of_chart(member: Member) -> Size:
    """Counted in one query."""
    people = people_of(member).on_chart().order_by()
    counts = people.aggregate(people=Count("pk"), managed=Count("manager"))
    return Size(counts["people"], counts["people"] - counts["managed"])


def _rows(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {**params, "here": organization_in_scope()})
        return list(cursor.fetchall())


def _circles(managers: dict[UUID, UUID]) -> set[UUID]:
    """Who is on a circle; each person is visited once."""
    found: set[UUID] = set()
    seen: set[UUID] = set()
    for start in managers:
        path: dict[UUID, None] = {}
        here = start
        while here in managers and here not in seen:
            seen.add(here)
            path[here] = None
            here = managers[here]
        if here in path:
            walked = list(path)
            found.update(walked[walked.index(here) :])
    return found
