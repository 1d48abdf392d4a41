"""No export holds a word of what people share or keep: each table, each format, every byte."""

import io
import zipfile

import pytest
from django.db import connection
from pypdf import PdfReader

from accounts.models import Member
from mentoring.console.inventory import inventory
from mentoring.reports.exporting.registry import TABLES
from mentoring.reports.models import Snapshot
from tests.factories import inside
from tests.reports.exporting.factories import ask, content, order
from tests.tenancy.conftest import tenant_models
from tests.tenancy.test_role_matrix import CANARY, House

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
FORMATS = ["csv", "xlsx", "pdf"]


def unpacked(data: bytes) -> str:
    """All that is in it, also in archives, as text."""
    if data.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        return "\n".join(unpacked(archive.read(name)) for name in archive.namelist())
    if data.startswith(b"%PDF"):
        pages = PdfReader(io.BytesIO(data)).pages
        return "\n".join(each.extract_text() for each in pages)
    return data.decode()


def exported(house: House, kind: str) -> str:
    owner = house.roles["owner"]
    with inside(house.organization):
        day = Snapshot.objects.latest_first()[0].as_of
    export = ask(owner, order(*TABLES, format=kind), as_of=day)
    assert export.state == "done"
    return unpacked(content(export))


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_confidential_is_in_any_export(kind):
    text = exported(House(), kind)
    assert CANARY not in text.lower()
    assert "Halden" in text
    if kind != "pdf":
        assert "Ada" in text


def test_there_is_something_confidential_to_be_found():
    """So that the test above does not pass on empty tables."""
    house = House()
    private = [model for model in tenant_models() if getattr(model, "private_to", ())]
    filled = set()
    with inside(house.organization):
        people = list(Member.objects.values_list("pk", flat=True))
    for member_id in people:
        with inside(house.organization, member_id=member_id), connection.cursor() as cursor:
            for model in private:
                cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
                if cursor.fetchone() != (0,):
                    filled.add(model.__name__)
    assert len(filled) >= len(private) - 4


def test_the_inventory_lists_each_column_of_each_table(db):
    listed = {each["key"]: each for each in inventory()["exports"]}
    assert list(listed) == list(TABLES)
    assert "mentor_name" in listed["pairs"]["columns"]
    assert "mentor_name" not in listed["pairs"]["columns_without_names"]
    assert "mentor_email" not in listed["pairs"]["columns_without_names"]
    assert listed["audit"]["columns_without_names"] is None
    forbidden = ("title", "agenda", "note_", "topic", "message", "place", "goal", "criteria")
    for table in ("pairs", "meetings", "participants"):
        for column in listed[table]["columns"]:
            assert not any(column.startswith(word) for word in forbidden)
