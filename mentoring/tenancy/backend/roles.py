"""Refuse to work as a role that row-level security would not hold back."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

POWERS = """
SELECT role.rolsuper, role.rolbypassrls, role.rolcreaterole, EXISTS (
    SELECT FROM pg_class
    WHERE relowner = role.oid AND relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
)
FROM pg_roles AS role
WHERE pg_has_role(session_user, role.oid, 'MEMBER')
"""
REASONS = (
    "is a superuser",
    "has BYPASSRLS",
    "may create roles",
    "owns tables",
)


class PowerfulRole(ImproperlyConfigured):
    """The connection's role could see or change other organizations' rows."""


def refuse_powerful_role(connection: Any, *, alias: str) -> None:
    """Raise PowerfulRole when the login, or a role it may become, stands above the policies."""
    with connection.cursor() as cursor:
        cursor.execute(POWERS)
        powers = [any(column) for column in zip(*cursor.fetchall(), strict=True)]
    connection.rollback()
    found = [reason for reason, power in zip(REASONS, powers, strict=True) if power]
    if found:
        raise PowerfulRole(
            f"The database role of “{alias}” {' and '.join(found)}, so row-level security would"
            " not protect organizations from each other. Use the role made by"
            " “manage.py provision_roles”."
        )
