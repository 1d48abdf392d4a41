"""The migration that gave members a name and an address of their own took them from the user."""

from importlib import import_module

import pytest
from django.db import connections, transaction

from tests.factories import create_member, create_organization, create_user, inside, reload

pytestmark = pytest.mark.usefixtures("committed_db")
TAKE_FROM_USER = import_module("accounts.migrations.0002_member_record").TAKE_FROM_USER


def test_names_and_addresses_of_all_organizations_are_taken_over():
    user = create_user("Ada Old", email="Ada@Example.org")
    members = [create_member(create_organization(), user=user) for _ in range(2)]
    for member in members:
        with inside(member.organization):
            type(member).objects.filter(pk=member.pk).update(name="", email="")

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(TAKE_FROM_USER)

    for member in members:
        found = reload(member)
        assert (found.name, found.email) == ("Ada Old", "ada@example.org")
        assert found.created_at == found.joined_at
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT relforcerowsecurity FROM pg_class WHERE relname='accounts_member'")
        assert cursor.fetchone() == (True,)
