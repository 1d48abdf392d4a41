"""Departments, locations and grades that a list names."""

from collections.abc import Sequence

from accounts.roster.fields import Field
from accounts.roster.findings import Code
from accounts.roster.known import Known
from accounts.roster.rows import SHOWN, Row
from accounts.roster.values import folded

PLACES = (Field.DEPARTMENT, Field.LOCATION, Field.GRADE)


class Places:
    """Knows how each name is spelled, whatever its capitals, and which ones are new."""

    def __init__(self, known: Known, *, creates_grades: bool) -> None:
        self.known = known.spelled
        self.creates_grades = creates_grades
        self.new: dict[str, dict[str, str]] = {name: {} for name in PLACES}

    def collect(self, rows: Sequence[Row]) -> None:
        """Find the new names, and the grades that may not be new."""
        for row in rows:
            for name in PLACES:
                value = row.values.get(name, "")
                if value and (key := folded(value)) not in self.known[name]:
                    self._note(row, name, key, value)

    def _note(self, row: Row, name: Field, key: str, value: str) -> None:
        if name == Field.GRADE and not self.creates_grades:
            row.find(Code.UNKNOWN_GRADE, name, value=value[:SHOWN])
            return
        # Of several spellings the same one wins, wherever it stands in the list.
        spelled = self.new[name].get(key, value)
        self.new[name][key] = min(spelled, value)

    def spelled(self, name: str, value: str) -> str:
        key = folded(value)
        return self.known[name].get(key) or self.new[name].get(key, value)

    def created(self) -> dict[str, list[str]]:
        """New names by kind; grades in the order in which they appear."""
        new = {name: list(found.values()) for name, found in self.new.items()}
        return {
            "departments": sorted(new[Field.DEPARTMENT]),
            "locations": sorted(new[Field.LOCATION]),
            "grades": new[Field.GRADE],
        }
