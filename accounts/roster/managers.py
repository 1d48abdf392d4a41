"""Who manages whom after the list, in whatever order its rows come."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from accounts.roster.fields import Field
from accounts.roster.findings import Code
from accounts.roster.known import Known, Person, label
from accounts.roster.rows import SHOWN, Row

SHOWN_CHAIN = 6

# Somebody whom the organization knows, or the number of a row with somebody new.
type Key = UUID | int


class Managers:
    """Finds the person that each row names as manager."""

    def __init__(
        self,
        rows: Sequence[Row],
        matched: Mapping[int, Person | None],
        known: Known,
        *,
        gone: set[UUID],
    ) -> None:
        self.rows = rows
        self.known = known
        self.gone = gone
        self.keys: dict[int, Key] = {
            row.number: person.id if (person := matched[row.number]) else row.number for row in rows
        }
        self.by_number = _once((row.employee_number, row) for row in rows)
        self.by_email = _once((row.email, row) for row in rows)
        self.by_key = _once((self.keys[row.number], row) for row in rows)
        # Named by two rows, which are told so; who of them is meant cannot be known.
        self.unclear = {row.employee_number for row in rows} - self.by_number.keys()
        self.unclear |= {row.email for row in rows} - self.by_email.keys()
        self.found: dict[int, Key | None] = {}

    def of(self, row: Row) -> Key | None:
        return self.found.get(row.number)

    def label_of(self, key: Key | None) -> str:
        """A manager's name and address, as they will be when the list names them."""
        if key is None:
            return ""
        if row := self.by_key.get(key):
            return label(row.name, row.email)
        person = self.known.people[key]  # type: ignore[index]
        return label(person.name, person.email)

    def check(self) -> None:
        """Find everybody's manager; write unknown ones and circles down with the rows."""
        for row in self.rows:
            text = str(row.values.get(Field.MANAGER, ""))
            if text:
                self._find(row, text)
        for circle in self._circles():
            self._refuse(circle)

    def _find(self, row: Row, text: str) -> None:
        key = self._named(text)
        if key is None and self._is_unclear(text):
            return
        if key is None:
            row.find(Code.UNKNOWN_MANAGER, Field.MANAGER, value=text[:SHOWN])
        elif key == self.keys[row.number]:
            row.find(Code.OWN_MANAGER, Field.MANAGER)
        else:
            self.found[row.number] = key
            person = self.known.people.get(key) if isinstance(key, UUID) else None
            if person and not self._stays(person):
                name = label(person.name, person.email)
                row.find(Code.MANAGER_GONE, Field.MANAGER, name=name)

    def _stays(self, person: Person) -> bool:
        """Whether the person is with the organization after the list."""
        if person.is_active:
            return person.id not in self.gone
        return person.may_return and person.id in self.by_key

    def _named(self, text: str) -> Key | None:
        """By what the list says about people; else by what was known about them before."""
        is_email = "@" in text
        email = _email(text)
        if self._is_unclear(text):
            return None
        row = self.by_email.get(email) if is_email else self.by_number.get(text)
        if row:
            return self.keys[row.number]
        known = self.known
        person = known.by_email.get(email) if is_email else known.by_number.get(text)
        return person.id if person else None

    def _is_unclear(self, text: str) -> bool:
        return (_email(text) if "@" in text else text) in self.unclear

    def _next(self, key: Key) -> Key | None:
        """The manager after the list, of people on it and of all others."""
        row = self.by_key.get(key)
        if row and Field.MANAGER in row.values and self._may_change(key):
            return self.found.get(row.number)
        person = self.known.people.get(key) if isinstance(key, UUID) else None
        return person.manager_id if person else None

    def _may_change(self, key: Key) -> bool:
        person = self.known.people.get(key) if isinstance(key, UUID) else None
        return person is None or person.is_active or person.may_return

    def _circles(self) -> Iterator[list[Key]]:
        """Each circle once. Everybody has one manager, so a walk up ends or turns in one."""
        seen: dict[Key, int] = {}
        for walk, start in enumerate(self.by_key, start=1):
            path: list[Key] = []
            key: Key | None = start
            while key is not None and key not in seen:
                seen[key] = walk
                path.append(key)
                key = self._next(key)
            if key is not None and seen[key] == walk:
                yield path[path.index(key) :]

    def _refuse(self, circle: list[Key]) -> None:
        """Tell every row in the circle, in an order that does not depend on the rows'."""
        names = [self.label_of(key) for key in circle]
        least = names.index(min(names))
        turned = [*names[least:], *names[:least]]
        shown = [*turned[:SHOWN_CHAIN], *(["…"] if len(turned) > SHOWN_CHAIN else [turned[0]])]
        for key in circle:
            if row := self.by_key.get(key):
                row.find(Code.CYCLE, Field.MANAGER, chain=" → ".join(shown))


def _email(text: str) -> str:
    return text.removeprefix("mailto:").lower()


def _once[K: (str, UUID | int)](pairs: Iterable[tuple[K, Row]]) -> dict[K, Row]:
    """Rows by what only one of them has."""
    found: dict[K, Row | None] = {}
    for key, row in pairs:
        found[key] = None if key in found else row
    return {key: row for key, row in found.items() if row and key != ""}
