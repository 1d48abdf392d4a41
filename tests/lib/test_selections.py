"""Rows picked from a list: some of a page, or all that match."""

import pytest
from django.contrib.auth.models import Group
from django.http import QueryDict

from mentoring.lib.ids import uuid7
from mentoring.lib.selections import MOST, Selection
from mentoring.lib.tables import Column, Search, Table
from tests.lib.test_components import render

GROUPS = Table(
    key="groups",
    columns=(Column("name", "Name", order=("name",)),),
    filters=(Search("q", "Search", fields=("name",)),),
    page_size=10,
)


def select(query: str) -> Selection:
    return Selection.of(QueryDict(query))


def test_what_is_no_key_is_ignored_and_a_key_counts_once():
    key = uuid7()
    assert select(f"selected={key}&selected=x&selected={key}").ids == [key]
    assert select("selected=x").is_empty
    assert not select("all=on").is_empty


def test_a_choice_of_thousands_fits_into_one_field():
    keys = [uuid7() for _ in range(5_000)]
    assert select("selected=" + ",".join(map(str, keys))).ids == keys
    assert len(select("selected=" + ",".join(str(uuid7()) for _ in range(MOST + 5))).ids) == MOST


@pytest.mark.django_db
def test_all_means_every_page_of_the_filter_as_it_is_now():
    for number in range(30):
        Group.objects.create(name=f"{'even' if number % 2 == 0 else 'odd'} {number}")

    picked = select("all=on&filter=q%3Deven%26page%3D2").pick(GROUPS, Group.objects.all())

    assert picked.count() == 15
    assert {group.name.split()[0] for group in picked} == {"even"}


@pytest.mark.django_db
def test_the_list_offers_all_only_when_there_is_more_than_one_page():
    def shown(count: int) -> str:
        Group.objects.all().delete()
        Group.objects.bulk_create(Group(name=f"group {number:03}") for number in range(count))
        view = GROUPS.read(QueryDict("q=group"), Group.objects.all())
        return render('<c-selection :table="table" action="/act/">x</c-selection>', table=view)

    assert 'name="all"' not in shown(10)
    many = shown(11)
    assert 'name="all"' in many
    assert 'name="filter" value="q=group"' in many
    assert 'id="groups-selection"' in many
