"""Departments, locations and grades, and finding people by what others call them."""

import re
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.enums import ChartPart
from accounts.models import Department, Grade, Location, Member
from accounts.permissions import Permission
from accounts.queries.finding import fitting, words_of
from accounts.queries.members import people_of

ANGLED = re.compile(r"<([^<>]*)>\s*\Z")
SUGGESTIONS = 8


def parts_of(member: Member, kind: ChartPart) -> QuerySet[Any]:
    """The organization's departments or locations by name, or its grades from the top.

    ``active`` counts the people in each, ``everybody`` also those who are gone.
    """
    parts = _in_order(kind)
    if not member.may(Permission.PEOPLE_VIEW):
        parts = parts.none()
    here = Q(members__deactivated_at=None)
    counted: QuerySet[Any] = parts.annotate(
        everybody=Count("members"), active=Count("members", filter=here)
    )
    return counted


def part_choices(kind: ChartPart) -> list[tuple[str, str]]:
    """Keys and names, in order, for a filter."""
    return [(str(key), name) for key, name in _in_order(kind).values_list("pk", "name")]


def departments() -> QuerySet[Department]:
    return _in_order(ChartPart.DEPARTMENT)


def locations() -> QuerySet[Location]:
    return _in_order(ChartPart.LOCATION)


def grades() -> QuerySet[Grade]:
    return _in_order(ChartPart.GRADE)


def find_people(member: Member, text: str) -> list[Member]:
    """Who is meant by an address, an employee number or a whole name; several when unclear.

    Only people who are with the organization.
    """
    word = " ".join(text.split())
    angled = ANGLED.search(word)
    address = (angled[1] if angled else word).strip()
    people = people_of(member).active()
    exact = list(people.filter(Q(email__iexact=address) | Q(employee_number=address))[:2])
    return exact or list(people.filter(name__iexact=word)[:SUGGESTIONS])


def suggest_people(member: Member, text: str) -> list[Member]:
    """A few people who fit what somebody has typed so far."""
    people = people_of(member).active()
    return list(fitting(people, text)[:SUGGESTIONS]) if words_of(text) else []


def _in_order(kind: ChartPart) -> QuerySet[Any]:
    match kind:
        case ChartPart.DEPARTMENT:
            return Department.objects.by_name()
        case ChartPart.LOCATION:
            return Location.objects.by_name()
        case ChartPart.GRADE:
            return Grade.objects.from_junior_to_senior().reverse()
