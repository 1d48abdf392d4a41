"""A list reads an address that anybody may have edited, and costs two queries."""

import pytest
from django.contrib.auth.models import Group
from django.db.models.functions import Upper
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from mentoring.lib.tables import Column, Search, Select, Table
from mentoring.lib.tableview import TableView

pytestmark = pytest.mark.django_db

GROUPS = Table(
    key="groups",
    columns=(
        Column("name", "Name", order=("name",)),
        Column("number", "Number", order=("pk",), descending_first=True),
        Column("note", "Note"),
    ),
    filters=(
        Search("q", "Search", fields=("name",)),
        Select(
            "start",
            "Start",
            choices=(("a", "A"), ("b", "B")),
            apply=lambda rows, value: rows.filter(name__startswith=value),
        ),
    ),
    default_sort="name",
    page_size=10,
    keep=("tab",),
)


def create_groups(*names: str) -> None:
    Group.objects.bulk_create(Group(name=name) for name in names)


def read(query: str = "") -> TableView[Group]:
    return GROUPS.read(QueryDict(query), Group.objects.all(), path="/groups/")


def names(view: TableView[Group]) -> list[str]:
    return [group.name for group in view.rows]


def numbered(count: int) -> None:
    create_groups(*(f"group {number:05}" for number in range(1, count + 1)))


@pytest.mark.parametrize("count", [1, 3, 10_000])
def test_a_list_costs_two_queries_however_long(
    django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    numbered(count)
    with django_assert_num_queries(2):
        view = read("sort=-name&page=2")
    assert view.total == count


def test_an_empty_list_costs_one_query_and_has_one_page(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        view = read()
    assert (view.rows, view.total, view.page, view.pages) == ([], 0, 1, 1)
    assert (view.first, view.last) == (0, 0)


def test_the_second_page_goes_on_where_the_first_ended() -> None:
    numbered(12)
    view = read("page=2")
    assert names(view) == ["group 00011", "group 00012"]
    assert (view.first, view.last, view.total) == (11, 12, 12)
    assert view.previous_url == "/groups/"
    assert view.next_url == ""


@pytest.mark.parametrize(
    ("number", "shown"),
    [("0", 1), ("-1", 1), ("two", 1), ("", 1), ("1.5", 1), ("²", 1), ("99", 3), ("9" * 5000, 3)],
)
def test_a_page_that_does_not_exist_becomes_the_nearest(number: str, shown: int) -> None:
    numbered(25)
    assert read(f"page={number}").page == shown


def test_rows_are_sorted_by_a_known_column_only() -> None:
    create_groups("b", "a", "c")
    assert names(read("sort=-name")) == ["c", "b", "a"]
    assert names(read("sort=-number")) == ["c", "a", "b"]
    for unknown in ("password", "permissions__name", "--name", "note", "?", "-", "name, pk"):
        assert names(read(f"sort={unknown}")) == ["a", "b", "c"]


def test_rows_that_sort_alike_are_on_one_page_only() -> None:
    column = Column("n", "N", order=("permissions__pk",))
    alike = Table(key="x", columns=(column,), default_sort="n", page_size=10)
    numbered(20)
    # What was written last lies last on the disk, which is the order without any other.
    Group.objects.filter(name__lt="group 00006").update(name=Upper("name"))
    rows = [
        row
        for number in (1, 2)
        for row in alike.read(QueryDict(f"page={number}"), Group.objects.all()).rows
    ]
    assert [row.pk for row in rows] == sorted(row.pk for row in rows)
    assert len(rows) == 20


def test_a_search_finds_every_word_in_any_case() -> None:
    create_groups("Anna O'Hara", "O'Hara, Bernd", "Anna Schmidt")
    assert names(read("q=o%27hara+ANNA")) == ["Anna O'Hara"]


@pytest.mark.parametrize("text", ["%25", "_", "%00", "\\", "'; drop table", "(", "x" * 5000])
def test_a_strange_search_finds_nothing_and_breaks_nothing(text: str) -> None:
    create_groups("a")
    view = GROUPS.read(QueryDict(mutable=False, query_string=f"q={text}"), Group.objects.all())
    expected = ["a"] if text == "%00" else []
    assert names(view) == expected


def test_an_unknown_choice_and_an_unknown_size_are_ignored() -> None:
    numbered(12)
    view = read("start=zzz&size=7")
    assert (view.total, view.size, view.is_filtered) == (12, 10, False)
    assert read("size=25").size == 25


def test_links_keep_filters_and_order_and_clearing_keeps_the_order() -> None:
    create_groups(*(f"a{number:02}" for number in range(30)), "b")
    view = read("start=a&sort=-name&tab=old&other=1&page=2")
    assert view.next_url == "/groups/?tab=old&start=a&sort=-name&page=3"
    assert view.clear_url == "/groups/?tab=old&sort=-name"
    assert view.kept == {"tab": "old"}


def test_a_header_says_its_direction_and_turns_it_around() -> None:
    create_groups("a")
    name, number, note = read("sort=name").headers
    assert (name.direction, name.url) == ("ascending", "/groups/?sort=-name")
    assert (number.direction, number.url) == ("", "/groups/?sort=-number")
    assert note.url == ""


@pytest.mark.parametrize(
    ("number", "numbers"),
    [
        (1, [1, 2, None, 20]),
        (4, [1, 2, 3, 4, 5, None, 20]),
        (10, [1, None, 9, 10, 11, None, 20]),
        (20, [1, None, 19, 20]),
    ],
)
def test_far_pages_are_left_out_of_the_links(number: int, numbers: list[int | None]) -> None:
    numbered(200)
    assert [link.number for link in read(f"page={number}").links] == numbers


def test_of_a_repeated_parameter_the_last_counts() -> None:
    create_groups("a", "b")
    assert names(read("q=a&q=b")) == ["b"]
