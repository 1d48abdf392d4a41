"""Through the pages: nothing of another organization, with both layers and with either alone."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connections, models
from django.test import Client

from mentoring.console.inventory import Facts, inventory
from mentoring.lib.ids import uuid7
from mentoring.tenancy.models import TenantManager
from tests.factories import login
from tests.tenancy.conftest import House, tenant_models

pytestmark = pytest.mark.usefixtures("committed_db")

INSIDE = [route for route in inventory()["routes"] if route["inside_organization"]]
PAGES = [route for route in INSIDE if "GET" in route["methods"]]
ABOUT_ONE_ROW = [route for route in INSIDE if route["id_parameters"]]
FILES = {
    "case": "usual",
    "color": "b4552d",
    "digest": "0" * 64,
    "direction": "sought",
    "kind": "pairings.began",
    "language": "en",
    "moment": "introduction",
    "said": "well",
    "side": "mentee",
    "step": "aims",
    "what": "archive",
}


def address(route: Facts, house: House, **ids: UUID) -> str:
    """The route's address in the house's organization."""
    path: str = route["path"].replace("<slug:organization>", house.organization.slug)
    for name, value in {**house.ids, **ids}.items():
        path = path.replace(f"<uuid:{name}>", str(value))
    for name, example in FILES.items():
        path = path.replace(f"<{name}:{name}>", example).replace(f"<str:{name}>", example)
    assert "<" not in path, f"no example for {path}"
    return path


@pytest.fixture(params=["both layers", "the manager alone", "the database alone"])
def layers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes one of the two layers away."""
    if request.param == "the database alone":
        monkeypatch.setattr(TenantManager, "get_queryset", models.Manager.get_queryset)
    if request.param == "the manager alone":
        with connections["owner"].cursor() as cursor:
            for model in tenant_models():
                cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE ROW LEVEL SECURITY")


def answers(client: Client, route: Facts, path: str) -> Iterator[Any]:
    if "GET" in route["methods"]:
        yield client.get(path)
    if "POST" in route["methods"]:
        yield client.post(path)


def test_no_page_shows_anything_of_another_organization(
    ours: House, theirs: House, layers: None, client: Client
) -> None:
    login(client, ours.owner)
    seen = []
    for route in PAGES:
        answer = client.get(address(route, ours))
        assert answer.status_code in (200, 302, 404), route["path"]
        content = answer.getvalue()
        assert b"Theirs" not in content, route["path"]
        assert b"theirs" not in content, route["path"]
        seen += [name for name in (b"Ours Member", b"Ours Program") if name in content]
    assert {b"Ours Member", b"Ours Program"} == set(seen)


def test_another_organizations_key_answers_like_one_that_does_not_exist(
    ours: House, theirs: House, layers: None, client: Client
) -> None:
    login(client, ours.owner)
    for route in ABOUT_ONE_ROW:
        names = [name for name in route["id_parameters"] if name in ours.ids]
        foreign = address(route, ours, **{name: theirs.ids[name] for name in names})
        missing = address(route, ours, **{name: uuid7() for name in names})
        strange, absent = answers(client, route, foreign), answers(client, route, missing)
        for one, other in zip(strange, absent, strict=True):
            assert (one.status_code, other.status_code) == (404, 404), route["path"]
            assert one.content == other.content, route["path"]


def test_a_strange_organization_answers_like_one_that_does_not_exist(
    ours: House, theirs: House, layers: None, client: Client
) -> None:
    login(client, ours.owner)
    for route in INSIDE:
        strange = answers(client, route, address(route, theirs))
        nowhere = address(route, theirs).replace("/o/theirs/", "/o/nowhere/")
        for one, other in zip(strange, answers(client, route, nowhere), strict=True):
            assert (one.status_code, other.status_code) == (404, 404), route["path"]
            assert one.content == other.content, route["path"]
