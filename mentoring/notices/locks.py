"""A wish counts from the moment at which it was saved: no mail slips through meanwhile.

Whoever sends to an address holds it together with others who do; whoever changes what a
person wants holds all addresses of the person alone, and so waits for mails on their way.
"""

from collections.abc import Iterable

from django.db import connection

from mentoring.tenancy.scope import organization_in_scope

SHARED = "SELECT pg_advisory_xact_lock_shared(hashtextextended(a, 0)) FROM unnest(%s::text[]) AS a"
ALONE = "SELECT pg_advisory_xact_lock(hashtextextended(a, 0)) FROM unnest(%s::text[]) AS a"


def hold_for_sending(addresses: Iterable[str]) -> None:
    """Until the end of the transaction."""
    _hold(SHARED, addresses)


def hold_for_change(addresses: Iterable[str]) -> None:
    """Until the end of the transaction; waits for those who are sending."""
    _hold(ALONE, addresses)


def _hold(sql: str, addresses: Iterable[str]) -> None:
    # In one order for everybody, so that two of them wait for each other in turn.
    names = [f"{organization_in_scope()} {each}" for each in sorted(set(addresses))]
    with connection.cursor() as cursor:
        cursor.execute(sql, [names])
