"""What operators ask across organizations; answered to the system role alone."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connections


def organization_called(slug: str) -> UUID | None:
    """The organization with this address."""
    with connections["system"].cursor() as cursor:
        cursor.execute("SELECT id FROM accounts_organization WHERE slug = %s", [slug])
        found = cursor.fetchone()
    return found[0] if found else None


def every_organization() -> list[UUID]:
    """The keys of all organizations."""
    with connections["system"].cursor() as cursor:
        cursor.execute("SELECT id FROM accounts_organization ORDER BY id")
        return [organization_id for (organization_id,) in cursor.fetchall()]


def addresses_of(organization_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The addresses of organizations, as in ``/o/…/``."""
    with connections["system"].cursor() as cursor:
        keys = list(organization_ids)
        cursor.execute("SELECT id, slug FROM accounts_organization WHERE id = ANY(%s)", [keys])
        return dict(cursor.fetchall())
