"""The three database roles, made by somebody who may make roles.

``owner`` owns the database and its tables and migrates; ``app`` reads and writes rows;
``system`` gets what the migrations grant it. None of them stands above row-level security.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, LiteralString, Self
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from mentoring.local.trouble import Trouble

MAY_LOG_IN = sql.SQL("LOGIN PASSWORD {}")
DATABASE_RIGHTS: tuple[LiteralString, ...] = (
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT ON DATABASE {database} TO {app}, {system}",
)
SCHEMA_RIGHTS: tuple[LiteralString, ...] = (
    "ALTER SCHEMA public OWNER TO {owner}",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO {app}, {system}",
    (
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
        " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}"
    ),
    (
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
        " GRANT USAGE, SELECT ON SEQUENCES TO {app}"
    ),
)


@dataclass(frozen=True)
class Role:
    """A database login."""

    name: str
    password: str


@dataclass(frozen=True, kw_only=True)
class Roles:
    """The logins of one installation."""

    owner: Role
    app: Role
    system: Role

    def __iter__(self) -> Iterator[Role]:
        return iter((self.owner, self.app, self.system))


@dataclass(frozen=True, kw_only=True)
class Urls:
    """The addresses of one database for the three roles."""

    app: str
    owner: str
    system: str

    def in_environment(self) -> dict[str, str]:
        """As the environment variables that the settings read."""
        return {
            "DATABASE_URL": self.app,
            "OWNER_DATABASE_URL": self.owner,
            "SYSTEM_DATABASE_URL": self.system,
        }

    def roles(self) -> Roles:
        """The logins in the addresses; Trouble when one has no name or no password."""
        found = {}
        for kind, url in (("owner", self.owner), ("app", self.app), ("system", self.system)):
            parts = conninfo_to_dict(url)
            if not parts.get("user") or not parts.get("password"):
                raise Trouble(f"The database address of the {kind} role needs a name and password.")
            found[kind] = Role(str(parts["user"]), str(parts["password"]))
        return Roles(**found)

    @classmethod
    def of(cls, admin_url: str, *, database: str, roles: Roles) -> Self:
        """The addresses on the administrator's server."""
        return cls(
            app=url_as(admin_url, database=database, role=roles.app),
            owner=url_as(admin_url, database=database, role=roles.owner),
            system=url_as(admin_url, database=database, role=roles.system),
        )

    def renamed(self, database: str) -> Self:
        """The same logins in another database of the same server."""
        return replace(
            self,
            **{
                kind: url_as(getattr(self, kind), database=database)
                for kind in ("app", "owner", "system")
            },
        )


def url_as(url: str, *, database: str | None = None, role: Role | None = None) -> str:
    """The address with another database or another login, everything else kept."""
    parts: dict[str, Any] = conninfo_to_dict(url)
    user = role.name if role else parts.get("user") or ""
    password = role.password if role else parts.get("password") or ""
    name = database or parts.get("dbname") or user
    rest = {key: value for key, value in parts.items() if key not in {"user", "password", "dbname"}}
    host, port = str(rest.pop("host", "")), rest.pop("port", "")
    if host.startswith("/"):
        rest["host"] = host
        host = ""
    place = f"{host}:{port}" if port else host
    login = f"{quote(str(user), safe='')}:{quote(str(password), safe='')}"
    query = f"?{urlencode(rest, safe='/', quote_via=quote)}" if rest else ""
    return f"postgresql://{login}@{place}/{quote(name, safe='')}{query}"


def provision(admin_url: str, *, database: str, roles: Roles) -> Urls:
    """Make the roles, the database and the rights between them true; repeatable.

    The administrator needs SUPERUSER, or CREATEROLE and CREATEDB. Raises Trouble when a role
    of that name exists and stands above row-level security, or a right is missing.
    """
    try:
        with psycopg.connect(admin_url, autocommit=True) as connection:
            for role in roles:
                _make_role(connection, role)
            _make_database(connection, database=database, roles=roles)
            _share(connection, DATABASE_RIGHTS, database=database, roles=roles)
        with psycopg.connect(url_as(admin_url, database=database), autocommit=True) as connection:
            _share(connection, SCHEMA_RIGHTS, database=database, roles=roles)
    except psycopg.errors.InsufficientPrivilege as error:
        raise Trouble(
            f"The database administrator lacks a right ({error.diag.message_primary}): use a role"
            " that is SUPERUSER, or that has CREATEROLE and CREATEDB and owns the database."
        ) from None
    return Urls.of(admin_url, database=database, roles=roles)


def clone(admin_url: str, *, source: str, target: str, roles: Roles) -> None:
    """Replace the target database by a copy of the source, rights included.

    Nobody may be connected to the source; who is connected to the target loses the connection.
    """
    names = {
        "source": sql.Identifier(source),
        "target": sql.Identifier(target),
        "owner": sql.Identifier(roles.owner.name),
    }
    with psycopg.connect(admin_url, autocommit=True) as connection:
        for statement in (
            "DROP DATABASE IF EXISTS {target} WITH (FORCE)",
            "CREATE DATABASE {target} OWNER {owner} TEMPLATE {source} STRATEGY FILE_COPY",
        ):
            connection.execute(sql.SQL(statement).format(**names))
        _share(connection, DATABASE_RIGHTS, database=target, roles=roles)


def drop(admin_url: str, *, database: str) -> None:
    """Remove the database, whoever is connected to it."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(statement.format(sql.Identifier(database)))


def may_provision(url: str) -> bool:
    """Whether the login may make roles."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    return bool(row and row[0])


def _make_role(connection: psycopg.Connection[Any], role: Role) -> None:
    found = connection.execute(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication"
        " FROM pg_roles WHERE rolname = %s",
        [role.name],
    ).fetchone()
    if found and found[0]:
        raise Trouble(
            f"The database role “{role.name}” exists and has more rights than the application may"
            " have: choose another name in the address, or take the rights away."
        )
    verb = sql.SQL("ALTER ROLE" if found else "CREATE ROLE")
    # Encrypted here, so that no server log ever shows the password.
    encrypted = connection.pgconn.encrypt_password(
        role.password.encode(), role.name.encode(), b"scram-sha-256"
    )
    name = sql.Identifier(role.name)
    connection.execute(
        sql.SQL("{} {} {}").format(verb, name, MAY_LOG_IN.format(sql.Literal(encrypted.decode())))
    )


def _make_database(connection: psycopg.Connection[Any], *, database: str, roles: Roles) -> None:
    """The database, owned by the owner role, which the administrator must be able to act as."""
    name, owner = sql.Identifier(database), sql.Identifier(roles.owner.name)
    is_super = connection.execute(
        "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if not (is_super and is_super[0]):
        connection.execute(
            sql.SQL("GRANT {} TO CURRENT_USER WITH SET TRUE, INHERIT TRUE").format(owner)
        )
    found = connection.execute(
        "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [database]
    ).fetchone()
    if found is None:
        connection.execute(
            sql.SQL(
                "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
                " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
            ).format(name, owner)
        )
    elif found[0] != roles.owner.name:
        connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, owner))


def _share(
    connection: psycopg.Connection[Any],
    statements: Iterable[LiteralString],
    *,
    database: str,
    roles: Roles,
) -> None:
    names = {
        "database": sql.Identifier(database),
        "owner": sql.Identifier(roles.owner.name),
        "app": sql.Identifier(roles.app.name),
        "system": sql.Identifier(roles.system.name),
    }
    for statement in statements:
        connection.execute(sql.SQL(statement).format(**names))
