"""The org chart as people read it: a tree that opens branch by branch, and a search."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Reach, Role
from accounts.models import Member
from tests.accounts.chart.people import create_tree
from tests.factories import (
    create_listed,
    create_member,
    create_organization,
    create_owner,
    inside,
    login,
    url,
)

pytestmark = pytest.mark.django_db
TREE = {"Ada": None, "Ben": "Ada", "Cyd": "Ada", "Dan": "Ben", "Eve": "Dan", "Flo": None}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def owner():
    return create_owner(name="Olga Owner", email="olga@example.org")


def shown(page: str) -> list[str]:
    """The names in the tree, in order."""
    names = ["Ada", "Ben", "Cyd", "Dan", "Eve", "Flo", "Olga Owner", "Gus"]
    found = [name for name in names if f"data-tree-link>{name}</a>" in page]
    return sorted(found, key=lambda name: page.index(f"data-tree-link>{name}</a>"))


def test_it_begins_with_those_without_a_manager_the_heads_of_branches_first(client, owner):
    people = create_tree(owner.organization, TREE)
    login(client, owner)

    page = client.get(url(owner, "chart")).text

    assert shown(page) == ["Ada", "Flo", "Olga Owner"]
    assert "2 reports" in page
    assert "7 people" in page
    assert "3 without a manager" in page
    assert f'href="{url(owner, "chart_person", people["Ada"].pk)}"' in page


def test_a_branch_is_a_part_for_htmx_and_a_page_without_it(client, owner):
    people = create_tree(owner.organization, TREE)
    login(client, owner)
    address = url(owner, "chart_person", people["Ben"].pk)

    branch, page = client.get(address, headers=HTMX).text, client.get(address).text

    assert shown(branch) == shown(page) == ["Dan"]
    assert "<html" not in branch
    assert branch.strip().startswith("<li")
    assert page.index(">Ada</a>") < page.index(">Ben</a>") < page.index("data-tree-link>Dan</a>")


def test_whoever_left_is_shown_as_long_as_somebody_reports_to_them(client, owner):
    people = create_tree(owner.organization, TREE)
    with inside(owner.organization):
        gone = [people["Ben"].pk, people["Eve"].pk]
        Member.objects.filter(pk__in=gone).update(deactivated_at=owner.joined_at)
    login(client, owner)

    below_ada = client.get(url(owner, "chart_person", people["Ada"].pk), headers=HTMX).text
    below_dan = client.get(url(owner, "chart_person", people["Dan"].pk), headers=HTMX).text

    assert shown(below_ada) == ["Ben", "Cyd"]
    assert "Deactivated" in below_ada
    assert shown(below_dan) == []
    assert client.get(url(owner, "chart_person", people["Eve"].pk)).status_code == 404


def test_a_search_shows_each_person_with_the_managers_above(client, owner):
    create_tree(owner.organization, TREE)
    login(client, owner)

    page = client.get(url(owner, "chart"), {"q": "eve@"}).text
    part = client.get(url(owner, "chart"), {"q": "nobody like this"}, headers=HTMX).text

    assert "1 person found" in page
    above = [page.index(f">{name}</a>") for name in ("Ada", "Ben", "Dan", "Eve")]
    assert above == sorted(above)
    assert ">Cyd</a>" not in page
    assert part.strip().startswith('<section id="hits"')
    assert "Nothing matches" in part


def test_people_in_a_circle_are_named_because_no_branch_leads_to_them(client, owner):
    create_tree(owner.organization, {"Ada": "Ben", "Ben": "Ada", "Gus": "Ben"})
    login(client, owner)

    page = client.get(url(owner, "chart")).text

    assert "Some people manage each other in a circle" in page
    for name in ("Ada", "Ben"):
        assert f">{name}</a></li>" in page
    assert ">Gus</a></li>" not in page
    assert shown(page) == ["Olga Owner"]


def test_long_branches_come_in_pieces(client, owner):
    ada = create_listed(owner.organization, name="Ada")
    with inside(owner.organization):
        Member.objects.bulk_create(
            Member(name=f"Report {number:03}", email=f"r{number}@example.org", manager=ada)
            for number in range(120)
        )
    login(client, owner)
    address = url(owner, "chart_person", ada.pk)

    first, last = client.get(address).text, client.get(address, {"page": 3}, headers=HTMX).text

    assert first.count("data-tree-link>Report") == 50
    assert "Show more, 70 are left" in first
    assert f'href="{address}?page=2"' in first
    assert last.count("data-tree-link>Report") == 20
    assert 'data-position="101"' in last
    assert "Show more" not in last
    assert client.get(address, {"page": "9" * 30}).status_code == 200


@pytest.mark.parametrize("count", [3, 300])
def test_the_chart_costs_the_same_however_many(client, owner, count):
    ada = create_listed(owner.organization, name="Ada")
    with inside(owner.organization):
        Member.objects.bulk_create(
            Member(name=f"Hit {number}", email=f"h{number}@example.org", manager=ada)
            for number in range(count)
        )
        Member.objects.bulk_create(
            Member(name=f"Top {number}", email=f"t{number}@example.org") for number in range(count)
        )
    login(client, owner)
    pages = [
        (url(owner, "chart"), {}),
        (url(owner, "chart"), {"q": "hit"}),
        (url(owner, "chart_person", ada.pk), {}),
        (url(owner, "person", ada.pk), {}),
    ]
    counts = []
    for address, query in pages:
        client.get(address, query)
        with CaptureQueriesContext(connection) as queries:
            client.get(address, query)
        counts.append(len(queries))

    assert counts == [12, 13, 12, 12]


def test_only_who_may_look_at_people_sees_the_chart(client, owner):
    member = create_member(owner.organization)
    admin = create_member(
        owner.organization, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS, name="Nia Narrow"
    )

    assert login(client, member).get(url(owner, "chart")).status_code == 403
    page = login(client, admin).get(url(owner, "departments"))
    assert page.status_code == 200
    assert "Add a department" not in page.text
    assert client.post(url(owner, "departments"), {"name": "Mine"}).status_code == 403


def test_an_empty_chart_says_what_is_missing(client):
    owner = create_owner(create_organization())
    login(client, owner)

    assert "No departments yet" in client.get(url(owner, "departments")).text
    assert "No locations yet" in client.get(url(owner, "locations")).text
    assert "No grades yet" in client.get(url(owner, "grades")).text
