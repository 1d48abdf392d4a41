"""Services for a person: our own, or those of the environment."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from mentoring.local.place import Place
from mentoring.local.processes import Children
from mentoring.local.roles import Role, drop, url_as
from mentoring.local.stack import database_urls, remove_sockets, start_services
from mentoring.local.trouble import Trouble
from tests.plugins.databases import ADMIN_URL

NOBODY = 65534


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    yield Place(tmp_path / "data")
    remove_sockets(tmp_path / "data")


@pytest.fixture
def given() -> dict[str, str]:
    return {"PATH": os.environ["PATH"]}


def who(url: str) -> tuple[object, ...]:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT current_user, current_database()").fetchone() or ()


def test_everything_is_started_and_the_roles_stay_the_same(
    children: Children, place: Place, given: dict[str, str]
) -> None:
    urls = start_services(children, place=place, given=given, durable=False)
    assert who(urls["DATABASE_URL"]) == ("mentoring_app", "mentoring")
    assert who(urls["OWNER_DATABASE_URL"]) == ("mentoring_owner", "mentoring")
    assert who(urls["SYSTEM_DATABASE_URL"]) == ("mentoring_system", "mentoring")
    assert urls["REDIS_URL"].startswith("redis://:")
    children.stop()
    again = start_services(children, place=place, given=given, durable=False)
    assert again["DATABASE_URL"] == urls["DATABASE_URL"]


def test_given_addresses_win_and_nothing_is_started(children: Children, place: Place) -> None:
    given = {
        name: f"redis://{name}" if name == "REDIS_URL" else f"postgresql://{name}"
        for name in ("DATABASE_URL", "OWNER_DATABASE_URL", "SYSTEM_DATABASE_URL", "REDIS_URL")
    }
    assert start_services(children, place=place, given=given) == given
    assert children.started == []


def test_an_administrators_address_gets_roles_named_after_its_database(
    children: Children, place: Place
) -> None:
    name = f"company_{uuid4().hex[:8]}"
    admin_url = url_as(os.environ[ADMIN_URL], database=name)
    with psycopg.connect(os.environ[ADMIN_URL], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        urls = database_urls(children, place=place, given={"DATABASE_URL": admin_url}, durable=True)
        assert who(urls.app) == (f"{name}_app", name)
        assert who(urls.owner) == (f"{name}_owner", name)
    finally:
        drop(os.environ[ADMIN_URL], database=name)


def test_an_ordinary_address_alone_is_not_enough(
    children: Children, place: Place, django_db_setup: None
) -> None:
    with pytest.raises(Trouble, match="set OWNER_DATABASE_URL and SYSTEM_DATABASE_URL as well"):
        database_urls(
            children,
            place=place,
            given={"DATABASE_URL": os.environ["OWNER_DATABASE_URL"]},
            durable=True,
        )


def test_a_database_that_cannot_be_reached_is_told_in_one_sentence(
    children: Children, place: Place
) -> None:
    url = url_as(os.environ[ADMIN_URL], role=Role("stranger", "guess"))
    with pytest.raises(Trouble, match="of DATABASE_URL cannot be reached .*unset it") as caught:
        database_urls(children, place=place, given={"DATABASE_URL": url}, durable=True)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_where_namespaces_are_forbidden_root_runs_the_database_as_nobody(
    children: Children, given: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mentoring.local.postgres.unprivileged", lambda: str(NOBODY))
    place = Place(Path("/tmp") / f"mentoring-{uuid4().hex[:8]}")
    try:
        with place.held():
            urls = start_services(children, place=place, given=given, durable=False)
            assert who(urls["DATABASE_URL"]) == ("mentoring_app", "mentoring")
            assert (place.folder / "postgres" / "data").stat().st_uid == NOBODY
            children.stop()
            monkeypatch.undo()
            urls = start_services(children, place=place, given=given, durable=False)
            assert who(urls["DATABASE_URL"]) == ("mentoring_app", "mentoring")
            assert (place.folder / "postgres" / "data").stat().st_uid == os.geteuid()
    finally:
        children.stop()
        shutil.rmtree(place.folder)
        remove_sockets(place.folder)
