"""The list of people that an organization of 200 brings: a real workbook, from the top down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import product

from openpyxl import Workbook

# From the head of the house to those who have just come, which is not the order of grades.
GRADES = {"Director": 26, "Lead": 34, "Specialist": 100, "Trainee": 40}
GIVEN = (
    *("Jörg", "Zoë", "Åsa", "Łucja", "Siân", "François", "Ümit", "Mary-Ann", "Đorđe", "Inés"),
    *("Anna Lena", "Ólafur", "Chloë", "Bjørn", "Käthe", "Niamh", "João", "Rūta", "Seán", "Éva"),
)
FAMILY = (
    *("O'Hara", "d’Arcy", "Müller", "Groß", "Núñez", "N’Diaye", "von der Mühlen-Çelik"),
    *("Šimić", "O’Neill", "Weiß"),
)
DEPARTMENTS = ("Vertrieb", "Forschung & Entwicklung", "Finanzen", "Kundenservice", "Betrieb")
LOCATIONS = ("Köln", "Zürich", "Saint-Étienne")
HEADINGS = (
    *("Personalnummer", "Name", "E-Mail", "Abteilung", "Standort", "Rang im Haus"),
    *("Vorgesetzte/r", "Sprachen"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the list; the manager is named by number."""

    number: int
    name: str
    email: str
    grade: str
    manager: int | None

    def cells(self) -> tuple[str | int | None, ...]:
        return (
            self.number,
            self.name,
            self.email,
            DEPARTMENTS[self.number % len(DEPARTMENTS)],
            LOCATIONS[self.number % len(LOCATIONS)],
            self.grade,
            self.manager,
            "Deutsch, Englisch",
        )


def staff_of(domain: str, *, founder: str) -> list[Person]:
    """200 people below one head; one of the specialists is who founds the organization."""
    ranks = [grade for grade, count in GRADES.items() for _ in range(count)]
    names = [f"{given} {family}" for family, given in product(FAMILY, GIVEN)]
    people = [
        Person(
            number=1001 + at,
            name=name,
            email=f"person{1001 + at}@{domain}",
            grade=grade,
            manager=_manager(at, grade),
        )
        for at, (name, grade) in enumerate(zip(names, ranks, strict=True))
    ]
    at = ranks.index("Specialist")
    people[at] = replace(people[at], name="Nina O'Neill", email=founder)
    return people


def _manager(at: int, grade: str) -> int | None:
    """The head leads the directors, they the leads, and those everybody else."""
    directors, leads = GRADES["Director"], GRADES["Lead"]
    if at == 0:
        return None
    if grade == "Director":
        return 1001
    return 1001 + (1 + at % (directors - 1) if grade == "Lead" else directors + at % leads)


def workbook_of(people: Sequence[Person]) -> bytes:
    """The list as a spreadsheet program stores it, numbers as numbers."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for each in people:
        sheet.append(each.cells())
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()
