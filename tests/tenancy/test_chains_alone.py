"""With every policy dropped, the walks along managers still stay in one organization."""

from typing import Any

import pytest
from django.db import connections

from accounts.models import Member
from accounts.queries.chart import ABOVE, BELOW, CONFLICTS
from tests.factories import inside
from tests.tenancy.conftest import House

pytestmark = pytest.mark.usefixtures("committed_db")


def rows(alias: str, sql: str, params: Any) -> list[tuple[Any, ...]]:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


@pytest.fixture
def managed(ours: House, theirs: House) -> None:
    """In both houses the member reports to the owner."""
    for house in (ours, theirs):
        with inside(house.organization):
            Member.objects.filter(pk=house.member.pk).update(manager=house.owner)


def test_no_walk_leaves_the_organization(
    ours: House, theirs: House, managed: None, without_policies: str
) -> None:
    def walks(here: House, whose: House) -> list[list[tuple[Any, ...]]]:
        key, pair = here.organization.pk, ([whose.owner.pk], [whose.member.pk])
        above = {"here": key, "ids": [whose.member.pk]}
        between = {"here": key, "ones": pair[0], "others": pair[1]}
        return [
            rows(without_policies, ABOVE, above),
            rows(without_policies, BELOW, (key, whose.owner.pk, key)),
            rows(without_policies, CONFLICTS, between),
        ]

    assert walks(ours, theirs) == [[], [], []]
    assert walks(ours, ours) == [
        [(ours.member.pk, ours.owner.pk)],
        [(ours.member.pk,)],
        [(ours.owner.pk, ours.member.pk, "above")],
    ]
