"""PostgreSQL and Valkey for a person: our own, or those that DATABASE_URL and REDIS_URL name."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from mentoring.local.folders import socket_folder
from mentoring.local.place import Place
from mentoring.local.postgres import MAJOR, start_postgres
from mentoring.local.processes import Children
from mentoring.local.roles import Urls, may_provision, provision
from mentoring.local.trouble import Trouble
from mentoring.local.valkey import start_valkey

DATABASE = "mentoring"


def start_services(
    children: Children, *, place: Place, given: Mapping[str, str], durable: bool = True
) -> dict[str, str]:
    """Start what is not given; return the four addresses as environment variables."""
    urls = database_urls(children, place=place, given=given, durable=durable)
    broker = given.get("REDIS_URL") or _own_broker(children, place=place, given=given)
    return {**urls.in_environment(), "REDIS_URL": broker}


def database_urls(
    children: Children, *, place: Place, given: Mapping[str, str], durable: bool
) -> Urls:
    """The three addresses, provisioned unless somebody else has done so."""
    url = given.get("DATABASE_URL")
    if url:
        return _given_database(children, url, place=place, given=given)
    with children.console.step(f"PostgreSQL {MAJOR}") as step:
        admin_url = start_postgres(
            children,
            folder=place.folder / "postgres",
            sockets=socket_folder(place.folder),
            environment=given,
            durable=durable,
        )
        urls = provision(admin_url, database=DATABASE, roles=place.roles(DATABASE))
        step.note = f"PostgreSQL {MAJOR} ready"
    return urls


def _given_database(
    children: Children, url: str, *, place: Place, given: Mapping[str, str]
) -> Urls:
    owner, system = given.get("OWNER_DATABASE_URL"), given.get("SYSTEM_DATABASE_URL")
    if owner and system:
        return Urls(app=url, owner=owner, system=system)
    with children.console.step("Database of DATABASE_URL") as step:
        try:
            may = may_provision(url)
        except psycopg.OperationalError as error:
            reason = str(error).strip().splitlines()[-1]
            raise Trouble(
                f"The database of DATABASE_URL cannot be reached ({reason}): correct the address,"
                " or unset it to use a database that is started for you."
            ) from None
        if not may:
            raise Trouble(
                "DATABASE_URL is a role that may not make roles: set OWNER_DATABASE_URL and"
                " SYSTEM_DATABASE_URL as well, or give the address of an administrator."
            )
        parts = conninfo_to_dict(url)
        database = str(parts.get("dbname") or parts.get("user"))
        urls = provision(url, database=database, roles=place.roles(database))
        step.note = f"Database “{database}” ready"
    return urls


def _own_broker(children: Children, *, place: Place, given: Mapping[str, str]) -> str:
    with children.console.step("Valkey") as step:
        url = start_valkey(children, folder=place.folder / "valkey", environment=given)
        step.note = "Valkey ready"
    return url


def has_users(urls: Mapping[str, str]) -> bool:
    """Whether anybody has used the database. Organizations would be hidden from every role."""
    with psycopg.connect(urls["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT EXISTS (SELECT FROM accounts_user)").fetchone()
    return bool(row and row[0])


def remove_sockets(folder: Path) -> None:
    """Remove the empty socket folder of a data folder that is about to go."""
    with suppress(OSError):
        socket_folder(folder).rmdir()
