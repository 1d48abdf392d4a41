"""Lists of people for tests, handed in through the pages or the operations."""

import csv
from collections.abc import Iterable, Mapping
from io import BytesIO, StringIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts import jobs
from accounts.enums import ImportMode
from accounts.models import ImportLine, Member, PeopleImport
from accounts.operations import imports
from mentoring.tenancy.scope import within
from tests.factories import inside, reload, url

HEADINGS = ("Name", "E-mail", "Employee number", "Manager", "Department", "Grade")


def csv_of(rows: Iterable[Iterable[str]], *, delimiter: str = ",") -> str:
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def people_list(*rows: Iterable[str], headings: Iterable[str] = ("Name", "E-mail")) -> bytes:
    """A CSV file with these people."""
    return csv_of([headings, *rows]).encode()


def upload(client, owner: Member, content: bytes, *, mode="changes", name="people.csv"):
    """Hand a file in through the page; returns the response."""
    file = SimpleUploadedFile(name, content)
    return client.post(url(owner, "people_import_new"), {"file": file, "mode": mode})


def latest(owner: Member) -> PeopleImport:
    with inside(owner.organization_id):
        return PeopleImport.objects.latest("uploaded_at", "pk")


def work(people_import: PeopleImport) -> PeopleImport:
    """What a worker does when it is told to look."""
    with within(people_import.organization_id):
        jobs.look(import_id=people_import.pk, clock=timezone.now)
    return reload(people_import)


def checked(
    owner: Member,
    content: bytes,
    *,
    mode: ImportMode = ImportMode.CHANGES,
    creates_grades: bool = False,
    mapping: Mapping[int, str] | None = None,
    actor: Member | None = None,
) -> PeopleImport:
    """A list that was handed in by the operations and checked by a worker."""
    with inside(owner.organization_id):
        found = imports.upload(
            file=BytesIO(content),
            name="people.csv",
            mode=mode,
            actor=actor or owner,
            now=timezone.now(),
        )
        chosen = mapping or {int(key): field for key, field in found.mapping.items()}
        found = imports.choose_columns(
            people_import=found,
            mapping=chosen,
            mode=mode,
            creates_grades=creates_grades,
            now=timezone.now(),
        )
    return work(found)


def applied(owner: Member, content: bytes, **options: Any) -> PeopleImport:
    """The same, applied."""
    found = checked(owner, content, **options)
    with inside(owner.organization_id):
        found = imports.apply(
            people_import=found, is_confirmed=True, actor=owner, now=timezone.now()
        )
    return work(found)


def codes(people_import: PeopleImport) -> list[tuple[int, str, str]]:
    """Every finding as row, column and code."""
    with inside(people_import.organization_id):
        lines = ImportLine.objects.filter(people_import=people_import).order_by("number", "pk")
        found = [
            (line.number, each["field"], each["code"]) for line in lines for each in line.findings
        ]
    return [*((0, each["field"], each["code"]) for each in people_import.findings), *found]


def facts(owner: Member, *names: str) -> list[tuple[Any, ...]]:
    """These facts about everybody, by address."""
    with inside(owner.organization_id):
        return list(Member.objects.order_by("email").values_list(*names))
