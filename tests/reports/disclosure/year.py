"""A year of an organization: who is where, and which figures its viewers ask for."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

DEPARTMENTS, BANDS, LOCATIONS = 6, 3, 3
MONTHS = 12

type Where = tuple[int, int, int]
# What one viewer asks for in one go: the group in words, and who is in it.
type Asked = list[tuple[str, frozenset[int]]]


@dataclass
class Staff:
    """Who is here, and where; people come, go, and move from month to month."""

    dice: random.Random
    people: int
    here: dict[int, Where] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.here = {each: self.somewhere() for each in range(self.people)}

    def somewhere(self) -> Where:
        weights = [1 / (1 + each) for each in range(DEPARTMENTS)]
        (department,) = self.dice.choices(range(DEPARTMENTS), weights)
        return department, self.dice.randrange(BANDS), self.dice.randrange(LOCATIONS)

    def go_on(self) -> None:
        """A month later."""
        for _ in range(self.dice.randint(0, 4)):
            del self.here[self.dice.choice(sorted(self.here))]
        for _ in range(self.dice.randint(0, 4)):
            self.here[self.people] = self.somewhere()
            self.people += 1
        for each in self.dice.sample(sorted(self.here), self.dice.randint(0, 3)):
            self.here[each] = self.somewhere()

    def group(self, **where: int) -> frozenset[int]:
        names = ("department", "band", "location")
        return frozenset(
            person
            for person, place in self.here.items()
            if all(place[names.index(name)] == value for name, value in where.items())
        )


def _words(**where: int) -> str:
    return " ".join(f"{name} {value}" for name, value in sorted(where.items())) or "all"


def _table(staff: Staff, **ways: int) -> Asked:
    """A two-way table with its totals."""
    (one, rows), (other, columns) = ways.items()
    asked = [
        {},
        *({one: row} for row in range(rows)),
        *({other: column} for column in range(columns)),
        *({one: row, other: column} for row in range(rows) for column in range(columns)),
    ]
    return [(_words(**each), staff.group(**each)) for each in asked]


def _filters(staff: Staff) -> Asked:
    """Somebody who tries filters, one after another, in any order."""
    counts = {"department": DEPARTMENTS, "band": BANDS, "location": LOCATIONS}
    found = []
    for _ in range(25):
        names = staff.dice.sample(sorted(counts), staff.dice.randint(0, 3))
        where = {name: staff.dice.randrange(counts[name]) for name in names}
        found.append((_words(**where), staff.group(**where)))
    return found


def _export(staff: Staff) -> Asked:
    """Everything there is."""
    cells = [
        *_table(staff, department=DEPARTMENTS, band=BANDS),
        *_table(staff, department=DEPARTMENTS, location=LOCATIONS),
        *_table(staff, band=BANDS, location=LOCATIONS),
    ]
    return list(dict(cells).items())


def year(seed: int, people: int = 110) -> Iterator[tuple[int, Asked]]:
    """Each month, and what each of several viewers asks for, who take turns."""
    dice = random.Random(seed)
    staff = Staff(dice, people)
    for month in range(MONTHS):
        viewers = [
            _table(staff, department=DEPARTMENTS, band=BANDS),
            dice.sample(
                of_places := _table(staff, department=DEPARTMENTS, location=LOCATIONS),
                len(of_places),
            ),
            _filters(staff),
            _export(staff),
        ]
        for asked in dice.sample(viewers, len(viewers)):
            yield month, list(dict(asked).items())
        staff.go_on()
