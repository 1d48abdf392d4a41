"""Walk the database's own catalogue and say where a rule of tenancy does not hold."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings

from mentoring.tenancy.policies import private_policy, tenant_policy
from mentoring.tenancy.reviewed import GLOBAL_TABLES, GLOBAL_UNIQUE, POLICIES, ROOT_TABLE

TABLES = """
SELECT c.oid, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity,
       pg_get_userbyid(c.relowner) AS owner, c.reloptions,
       EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid
               AND a.attname = 'organization_id' AND a.attnotnull) AS is_tenant
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
ORDER BY c.relname
"""
POLICY = """
SELECT polname, polcmd, polpermissive, pg_get_expr(polqual, polrelid) AS using_rule,
       pg_get_expr(polwithcheck, polrelid) AS check_rule
FROM pg_policy WHERE polrelid = %s ORDER BY polname
"""
PRIVATE = """
SELECT pg_get_expr(polqual, polrelid) AS using_rule,
       pg_get_expr(polwithcheck, polrelid) AS check_rule
FROM pg_policy
WHERE polrelid = %s::regclass AND polname = 'private' AND polcmd = '*' AND NOT polpermissive
AND polroles = '{0}'
"""
CONSTRAINTS = """
SELECT k.conname, k.contype, k.confrelid::regclass::text AS target, k.confdeltype,
       (SELECT array_agg(a.attname::text ORDER BY n.at) FROM unnest(k.conkey)
        WITH ORDINALITY AS n(num, at) JOIN pg_attribute a
        ON a.attrelid = k.conrelid AND a.attnum = n.num) AS columns
FROM pg_constraint k WHERE k.conrelid = %s AND k.contype = 'f' ORDER BY k.conname
"""
UNIQUE = """
SELECT i.indexrelid::regclass::text AS name, i.indisprimary,
       pg_get_indexdef(i.indexrelid, 1, true) AS first,
       pg_get_indexdef(i.indexrelid, 2, true) AS second, i.indnatts
FROM pg_index i WHERE i.indrelid = %s AND i.indisunique ORDER BY 1
"""
RIGHTS = """
SELECT privilege_type FROM information_schema.role_table_grants
WHERE table_schema = 'public' AND table_name = %s AND grantee = %s
"""
APP_RIGHTS = {"SELECT", "INSERT", "UPDATE", "DELETE"}

type Row = dict[str, Any]


def violations(connection: Any) -> list[str]:
    """Sentences about every table, view, key and right that breaks a rule; best empty.

    Ask it through the owner's connection after each step of the migrations.
    """
    tables = _rows(connection, TABLES)
    tenants = {table["relname"] for table in tables if table["is_tenant"]} | {ROOT_TABLE}
    found: list[str] = []
    for table in tables:
        found += _table_violations(connection, table, tenants)
    return found


def exposures(connection: Any) -> list[str]:
    """Sentences about tables that should be some members' alone and are not; best empty.

    Which these are is said by the models (``private_to``), so ask when all migrations are in.
    """
    found = []
    for model in apps.get_models():
        if fields := getattr(model, "private_to", ()):
            table = model._meta.db_table
            rows = _rows(connection, PRIVATE, table)
            *_, create = private_policy(
                table,
                columns=[f"{field}_id" for field in fields],
                workers_write=getattr(model, "is_written_by_workers", False),
            )
            using, _word, check = create.partition("USING (")[2].partition(") WITH CHECK (")
            rules = [_normal(row["using_rule"]) for row in rows] + [
                _normal(row["check_rule"] or "") for row in rows
            ]
            if rules != [_normal(using), _normal(check.removesuffix(")"))]:
                found.append(f"{table} is not kept to the members it belongs to.")
    return found


def _rows(connection: Any, sql: str, *params: object) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _table_violations(connection: Any, table: Row, tenants: set[str]) -> Iterator[str]:
    name, kind = table["relname"], table["relkind"]
    if kind == "v":
        if "security_invoker=true" not in (table["reloptions"] or []):
            yield f"View {name} is not security_invoker."
        return
    if kind in ("m", "f"):
        yield f"{name} is a materialized view or foreign table, which no policy protects."
        return
    if table["owner"] != settings.DATABASES["owner"]["USER"]:
        yield f"Table {name} does not belong to the owner role."
    yield from _right_violations(connection, name)
    if (name in tenants) == (name in GLOBAL_TABLES):
        yield f"Table {name} must be a tenant table or be listed as global, not both or neither."
    if name not in tenants:
        return
    if not (table["relrowsecurity"] and table["relforcerowsecurity"]):
        yield f"Row-level security is not enabled and forced on {name}."
    yield from _policy_violations(connection, table)
    yield from _key_violations(connection, table, tenants)


def _right_violations(connection: Any, name: str) -> Iterator[str]:
    role = settings.DATABASES["default"]["USER"]
    rights = {row["privilege_type"] for row in _rows(connection, RIGHTS, name, role)}
    if rights - APP_RIGHTS:
        yield f"The app role has {', '.join(sorted(rights - APP_RIGHTS))} on {name}."


def _policy_violations(connection: Any, table: Row) -> Iterator[str]:
    name = table["relname"]
    policies = {row["polname"]: row for row in _rows(connection, POLICY, table["oid"])}
    tenant = policies.pop("tenant", None)
    rule = _normal(_expected_rule(name))
    if tenant is None:
        yield f"{name} has no policy named tenant."
    elif (tenant["polcmd"], tenant["polpermissive"]) != ("*", True) or (
        _normal(tenant["using_rule"]) != rule or _normal(tenant["check_rule"] or "") != rule
    ):
        yield f"The policy tenant on {name} is not the usual one."
    for policy, row in policies.items():
        if (name, policy) not in POLICIES:
            yield f"The policy {policy} on {name} is not on the reviewed list."
        if row["polpermissive"] and row["polcmd"] != "r":
            yield f"The policy {policy} on {name} does more than let rows be read."


def _expected_rule(name: str) -> str:
    column = "id" if name == ROOT_TABLE else "organization_id"
    *_, create = tenant_policy(name, column=column)
    return create.partition("USING (")[2].partition(") WITH CHECK")[0]


def _normal(rule: str) -> str:
    """The rule without what PostgreSQL adds when it prints an expression."""
    for noise in ("::text", ' AS "nullif"', "(", ")", " "):
        rule = rule.replace(noise, "")
    return rule


def _key_violations(connection: Any, table: Row, tenants: set[str]) -> Iterator[str]:
    name = table["relname"]
    for key in _rows(connection, CONSTRAINTS, table["oid"]):
        columns = list(key["columns"])
        to_tenant = key["target"] in tenants - {ROOT_TABLE}
        if to_tenant and (len(columns) != 2 or columns[0] != "organization_id"):
            yield f"{name}.{key['conname']} refers to a tenant table without the organization."
        if key["confdeltype"] not in ("a", "r"):
            yield f"{name}.{key['conname']} cascades in the database, past the policies."
    if name in GLOBAL_UNIQUE:
        return
    unique = _rows(connection, UNIQUE, table["oid"])
    for index in unique:
        if not index["indisprimary"] and index["first"] != "organization_id":
            yield f"The unique index {index['name']} on {name} does not start with organization_id."
    pairs = {(index["first"], index["second"]) for index in unique if index["indnatts"] == 2}
    if ("organization_id", "id") not in pairs:
        yield f"{name} has no unique (organization_id, id) for others to refer to."
