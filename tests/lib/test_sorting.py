"""Names stand where people look for them."""

import pytest
from django.db.models import Value

from mentoring.lib.sorting import SortKey
from programs.models import Program
from tests.factories import create_organization, inside

pytestmark = pytest.mark.django_db


def test_letters_with_marks_stand_beside_those_without():
    names = ["Zoë", "Ärzte", "Apfel", "øst", "Ost", "Łódź", "Lodge", "Straße", "strasse b", "Æther"]
    organization = create_organization()
    with inside(organization):
        Program.objects.bulk_create(Program(name=name) for name in names)

        ordered = Program.objects.order_by(SortKey("name"), "name").values_list("name", flat=True)

        assert list(ordered) == [
            "Æther",
            "Apfel",
            "Ärzte",
            "Lodge",
            "Łódź",
            "Ost",
            "øst",
            "Straße",
            "strasse b",
            "Zoë",
        ]


@pytest.mark.parametrize(
    ("text", "key"), [("O'Hara 100%", "o'hara 100%"), ("ÉCLAIR", "eclair"), ("", "")]
)
def test_a_key_is_plain_small_letters(text: str, key: str):
    organization = create_organization()
    with inside(organization):
        Program.objects.create(name="One")

        found = Program.objects.annotate(key=SortKey(Value(text))).values_list("key", flat=True)

        assert list(found) == [key]
