"""The row-level security policies, as text, in one place."""

from collections.abc import Sequence

SCOPED = "NULLIF(current_setting('app.{name}', true), '')::uuid"


def in_scope(name: str) -> str:
    """SQL for an identity in scope, evaluated once per statement; NULL when there is none."""
    return f"(SELECT {SCOPED.format(name=name)})"


ORGANIZATION = in_scope("organization_id")
MEMBER = in_scope("member_id")
USER = in_scope("user_id")


def tenant_policy(table: str, *, column: str = "organization_id") -> list[str]:
    """Statements that put a table under the policy that every tenant table carries."""
    rule = f"{column} = {ORGANIZATION}"
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'DROP POLICY IF EXISTS tenant ON "{table}"',
        f'CREATE POLICY tenant ON "{table}" USING ({rule}) WITH CHECK ({rule})',
    ]


def private_policy(table: str, *, columns: Sequence[str], workers_write: bool = False) -> list[str]:
    """Statements that leave a row to the members in these columns, whoever else is in scope.

    RESTRICTIVE: it narrows what the usual policy lets through, for every command and role.
    With ``workers_write`` rows may also be written while no member is in scope, yet not read.
    """
    rule = " OR ".join(f"{column} = {MEMBER}" for column in columns)
    check = f"{rule} OR {MEMBER} IS NULL" if workers_write else rule
    return [
        f'DROP POLICY IF EXISTS private ON "{table}"',
        f'CREATE POLICY private ON "{table}" AS RESTRICTIVE USING ({rule}) WITH CHECK ({check})',
    ]


def open_policy(table: str) -> list[str]:
    """Statements that take the policy away again."""
    return [
        f'DROP POLICY IF EXISTS tenant ON "{table}"',
        f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
    ]


REFUSE_CHANGES = """
CREATE OR REPLACE FUNCTION refuse_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_user::regrole = (
        SELECT relowner FROM pg_class WHERE oid = TG_RELID
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Rows of % are never changed or removed.', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$
"""
