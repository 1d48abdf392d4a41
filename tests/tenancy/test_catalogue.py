"""After every step of the migrations, the database's own catalogue shows no gap."""

import os
from collections.abc import Iterator

import pytest
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from mentoring.local.roles import Urls, drop, provision
from mentoring.tenancy.catalogue import exposures, violations
from mentoring.tenancy.reviewed import GLOBAL_TABLES, POLICIES
from tests.plugins.databases import ADMIN_URL, name_of, own_purpose, own_urls
from tests.tenancy.conftest import ask


@pytest.fixture
def empty_database(committed_db: Urls) -> Iterator[None]:
    """The owner's connection, pointed at a database without any table."""
    owner = connections["owner"]
    name, usual = name_of(f"empty_{own_purpose()}"), owner.settings_dict["NAME"]
    provision(os.environ[ADMIN_URL], database=name, roles=own_urls().roles())
    owner.close()
    owner.settings_dict["NAME"] = name
    yield
    owner.close()
    owner.settings_dict["NAME"] = usual
    drop(os.environ[ADMIN_URL], database=name)


def test_every_migration_leaves_a_catalogue_without_gaps(empty_database: None) -> None:
    executor = MigrationExecutor(connections["owner"])
    leaves = executor.loader.graph.leaf_nodes()
    steps = [migration for migration, _ in executor.migration_plan(leaves)]
    gaps = {}
    for migration in steps:
        MigrationExecutor(connections["owner"]).migrate([(migration.app_label, migration.name)])
        if found := violations(connections["owner"]):
            gaps[str(migration)] = found
    assert gaps == {}
    assert exposures(connections["owner"]) == []
    assert len(steps) > 10


def test_every_reviewed_exception_is_still_needed(db: None) -> None:
    policies = ask(
        "SELECT polrelid::regclass::text, polname FROM pg_policy WHERE polname <> 'tenant'"
    )
    tables = ask("SELECT relname FROM pg_class WHERE relname = ANY(%s)", list(GLOBAL_TABLES))
    assert set(policies) == set(POLICIES)
    assert {name for (name,) in tables} == set(GLOBAL_TABLES)


FAULTS = {
    "ALTER TABLE accounts_member DISABLE ROW LEVEL SECURITY": (
        "Row-level security is not enabled and forced on accounts_member."
    ),
    "ALTER TABLE accounts_member NO FORCE ROW LEVEL SECURITY": (
        "Row-level security is not enabled and forced on accounts_member."
    ),
    "DROP POLICY tenant ON accounts_member": "accounts_member has no policy named tenant.",
    "ALTER POLICY tenant ON accounts_member WITH CHECK (true)": (
        "The policy tenant on accounts_member is not the usual one."
    ),
    "ALTER POLICY tenant ON accounts_member USING (true)": (
        "The policy tenant on accounts_member is not the usual one."
    ),
    "CREATE POLICY more ON accounts_invitation FOR SELECT USING (true)": (
        "The policy more on accounts_invitation is not on the reviewed list."
    ),
    "ALTER TABLE accounts_invitation ADD CONSTRAINT plain FOREIGN KEY (invited_by_id)"
    " REFERENCES accounts_member (id)": (
        "accounts_invitation.plain refers to a tenant table without the organization."
    ),
    "ALTER TABLE accounts_invitation ADD CONSTRAINT falls FOREIGN KEY"
    " (organization_id, invited_by_id) REFERENCES accounts_member (organization_id, id)"
    " ON DELETE CASCADE": (
        "accounts_invitation.falls cascades in the database, past the policies."
    ),
    "CREATE UNIQUE INDEX probe ON accounts_invitation (email)": (
        "The unique index probe on accounts_invitation does not start with organization_id."
    ),
    "CREATE VIEW everybody AS SELECT * FROM accounts_member": (
        "View everybody is not security_invoker."
    ),
    "CREATE MATERIALIZED VIEW kept AS SELECT * FROM accounts_member": (
        "kept is a materialized view or foreign table, which no policy protects."
    ),
    "CREATE TABLE forgotten (id uuid PRIMARY KEY)": (
        "Table forgotten must be a tenant table or be listed as global, not both or neither."
    ),
    "DROP POLICY private ON profiles_aims": (
        "profiles_aims is not kept to the members it belongs to."
    ),
    "ALTER POLICY private ON pairings_offer USING (writer_id = (SELECT"
    " NULLIF(current_setting('app.member_id', true), '')::uuid))": (
        "pairings_offer is not kept to the members it belongs to."
    ),
    "ALTER POLICY private ON profiles_selfrating WITH CHECK (true)": (
        "profiles_selfrating is not kept to the members it belongs to."
    ),
    "ALTER POLICY private ON notices_notice USING (true)": (
        "notices_notice is not kept to the members it belongs to."
    ),
    "GRANT TRUNCATE ON accounts_member TO CURRENT_APP": (
        "The app role has TRUNCATE on accounts_member."
    ),
}


@pytest.mark.parametrize(("fault", "sentence"), FAULTS.items(), ids=list(FAULTS.values()))
def test_a_planted_gap_is_named(committed_db: Urls, fault: str, sentence: str) -> None:
    owner = connections["owner"]
    app = committed_db.roles().app.name
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        assert violations(owner) + exposures(owner) == []
        cursor.execute(fault.replace("CURRENT_APP", app))
        assert sentence in violations(owner) + exposures(owner)
        transaction.set_rollback(True, using="owner")
