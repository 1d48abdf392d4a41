"""Connections are shared by requests; scopes are not."""

import psycopg
import pytest
from django.db import connection, connections, transaction

from mentoring.tenancy.backend.base import DatabaseWrapper
from mentoring.tenancy.scope import within
from tests.tenancy.conftest import House

pytestmark = pytest.mark.usefixtures("committed_db")

ROUNDS = 10
END_OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""


def backend_and_organization() -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), current_setting('app.organization_id', true)")
        pid, organization_id = cursor.fetchone()
        return pid, organization_id or ""


def test_a_pooled_connection_comes_back_without_the_scope_it_was_used_in(
    ours: House, theirs: House
) -> None:
    inside, outside = set(), set()
    for house in (ours, theirs) * ROUNDS:
        with within(house.organization), transaction.atomic():
            pid, heard = backend_and_organization()
        assert heard == str(house.organization.pk)
        inside.add(pid)
        connection.close()
        # Twice, because the pool hands its two connections out in turns.
        for _ in range(2):
            pid, heard = backend_and_organization()
            assert heard == ""
            outside.add(pid)
            connection.close()
    assert inside & outside, "no connection was used twice, so this run proved nothing"


def test_a_transaction_that_fails_leaves_nothing_on_the_connection(ours: House) -> None:
    with pytest.raises(ZeroDivisionError), within(ours.organization), transaction.atomic():
        backend_and_organization()
        raise ZeroDivisionError
    assert backend_and_organization()[1] == ""


def test_a_connection_that_postgresql_has_ended_is_replaced_before_anybody_gets_it() -> None:
    ended, _ = backend_and_organization()
    connection.close()
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        assert other.execute(END_OTHERS).fetchall()

    assert backend_and_organization()[0] != ended


def test_the_default_connection_is_pooled() -> None:
    assert isinstance(connections["default"], DatabaseWrapper)
    assert connections["default"].pool is not None
