"""What a list would change, kept line by line for people to look at."""

import json
from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any

from django.db import connection

from accounts.models import ImportLine, PeopleImport
from accounts.roster.difference import Line

BATCH = 2000
INSERT = """
INSERT INTO accounts_importline
    (organization_id, people_import_id, number, kind, name, email, changes, findings)
SELECT %s, %s, given.number, given.kind, given.name, given.email,
    given.changes::jsonb, given.findings::jsonb
FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
    AS given (number, kind, name, email, changes, findings)
"""


def keep(people_import: PeopleImport, lines: Sequence[Line]) -> None:
    """Put these lines in place of the ones before. Call it inside a transaction."""
    ImportLine.objects.filter(people_import=people_import)._raw_delete(using="default")
    for batch in batched(lines, BATCH):
        columns = zip(*map(_columns, batch), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(
                INSERT,
                [people_import.organization_id, people_import.pk, *map(list, columns)],
            )


def _columns(line: Line) -> tuple[Any, ...]:
    findings = [each.as_json() for each in line.findings]
    return (
        line.number,
        str(line.kind),
        line.name[:200],
        line.email[:254],
        json.dumps(line.changes) if line.changes else "{}",
        json.dumps(findings) if findings else "[]",
    )


def findings_by_row(people_import: PeopleImport) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Row numbers with what is wrong there, in the order of the list."""
    found = ImportLine.objects.filter(people_import=people_import, number__gt=0)
    rows = found.exclude(findings=[]).order_by("number").values_list("number", "findings")
    yield from rows.iterator(chunk_size=BATCH)
