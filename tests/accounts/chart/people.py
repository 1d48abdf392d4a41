"""Organizations with a tree of people."""

from collections.abc import Mapping
from typing import Any

from accounts.models import Member, Organization
from tests.factories import create_listed, inside


def create_tree(
    organization: Organization, managers: Mapping[str, str | None], **fields: Any
) -> dict[str, Member]:
    """People by name, each with the manager named; circles are possible."""
    people = {
        name: create_listed(organization, name=name, email=f"{name.lower()}@example.org", **fields)
        for name in managers
    }
    with inside(organization):
        for name, manager in managers.items():
            people[name].manager = people[manager] if manager else None
        Member.objects.bulk_update(people.values(), ["manager"])
    return people
