"""What a list would change does not depend on its order, and is nothing the second time."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import LineKind
from accounts.roster.difference import Difference, Options, compare
from accounts.roster.fields import Field
from accounts.roster.known import Known, Person
from accounts.roster.rows import Row

EMPTY = Known({}, {Field.DEPARTMENT: [], Field.LOCATION: [], Field.GRADE: []})
NUMBERS = st.sampled_from(["", "1", "2", "3", "4", "5", "6"])
EMAILS = st.sampled_from([f"p{number}@example.org" for number in range(7)])


@dataclass(frozen=True)
class Wish:
    """A row before it has a place in the list."""

    name: str
    email: str
    number: str
    manager: str
    department: str


wishes = st.builds(
    Wish,
    name=st.sampled_from(["Anna", "Bo", "Cyd"]),
    email=EMAILS,
    number=NUMBERS,
    manager=st.one_of(st.just(""), NUMBERS, EMAILS),
    department=st.sampled_from(["", "Sales", "SALES", "sales", "Größe", "GRÖSSE"]),
)
lists = st.lists(wishes, max_size=7)


def rows_of(wanted: list[Wish]) -> list[Row]:
    return [
        Row(
            place,
            {
                Field.NAME: wish.name,
                Field.EMAIL: wish.email,
                Field.EMPLOYEE_NUMBER: wish.number,
                Field.MANAGER: wish.manager,
                Field.DEPARTMENT: wish.department,
            },
        )
        for place, wish in enumerate(wanted, start=2)
    ]


def compared(wanted: list[Wish], known: Known = EMPTY, *, is_roster: bool = False) -> Difference:
    options = Options(is_roster=is_roster, creates_grades=False, actor_ids=frozenset())
    return compare(rows_of(wanted), known, options)


def outcome(wanted: list[Wish], found: Difference) -> list[object]:
    """What becomes of each wish, whatever row it was in."""
    lines = [line for line in found.lines if line.number]
    told = [
        (
            wish.email,
            wish.number,
            wish.manager,
            wish.name,
            wish.department.lower(),
            str(line.kind),
            sorted(line.changes.items(), key=str),
            sorted({str(each.code) for each in line.findings}),
        )
        for wish, line in zip(wanted, lines, strict=True)
    ]
    gone = sorted(line.email for line in found.lines if line.kind == LineKind.GONE)
    return [sorted(told, key=str), gone, found.created]


def after(known: Known, found: Difference) -> Known:
    """The people once the difference is applied; in memory what `changes` does in SQL."""
    ids: dict[int, UUID] = {
        line.number: line.person.id if line.person else uuid4() for line in found.lines
    }
    people = dict(known.people)
    for line in found.lines:
        if line.kind == LineKind.GONE:
            people[line.person.id].is_active = False
            people[line.person.id].may_return = True
        elif line.kind in (LineKind.NEW, LineKind.CHANGED, LineKind.BACK):
            old = line.person
            manager = old.manager_id if old else None
            if "manager" in line.changes:
                manager = ids[line.manager] if isinstance(line.manager, int) else line.manager
            people[ids[line.number]] = Person(
                id=ids[line.number],
                name=line.values[Field.NAME],
                email=line.values[Field.EMAIL],
                employee_number=line.values.get(Field.EMPLOYEE_NUMBER)
                or (old.employee_number if old else ""),
                values={Field.DEPARTMENT: line.values[Field.DEPARTMENT]},
                manager_id=manager,
                is_active=True,
                may_return=False,
                has_left=False,
                is_owner=False,
            )
    names = {
        Field.DEPARTMENT: [
            *known.spelled[Field.DEPARTMENT].values(),
            *found.created["departments"],
        ],
        Field.LOCATION: [],
        Field.GRADE: [],
    }
    return Known(people, names)


@given(wanted=lists, order=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(wanted: list[Wish], order) -> None:
    other = list(wanted)
    order.shuffle(other)
    assert outcome(wanted, compared(wanted)) == outcome(other, compared(other))


@given(first=lists, second=lists, is_roster=st.booleans())
def test_a_difference_that_was_applied_is_empty(first, second, is_roster: bool) -> None:
    one = compared(first)
    known = EMPTY if one.is_faulty else after(EMPTY, one)
    two = compared(second, known, is_roster=is_roster)
    if two.is_faulty:
        return

    again = compared(second, after(known, two), is_roster=is_roster)

    assert {str(line.kind) for line in again.lines} <= {"unchanged"}
    assert (again.created["departments"], again.findings) == ([], [])


@given(wanted=lists, is_roster=st.booleans())
def test_nobody_manages_themselves_however_far_one_walks(wanted, is_roster: bool) -> None:
    found = compared(wanted, is_roster=is_roster)
    if found.is_faulty:
        return
    managers = {each.id: each.manager_id for each in after(EMPTY, found).people.values()}
    for first in managers.values():
        steps, key = 0, first
        while key is not None:
            steps, key = steps + 1, managers[key]
            assert steps <= len(managers)


def test_a_circle_is_told_to_everybody_in_it() -> None:
    wanted = [
        Wish("Anna", "p1@example.org", "1", "3", ""),
        Wish("Bo", "p2@example.org", "2", "p1@example.org", ""),
        Wish("Cyd", "p3@example.org", "3", "2", ""),
        Wish("Dan", "p4@example.org", "4", "1", ""),
    ]
    found = compared(wanted)
    assert [[str(each.code) for each in line.findings] for line in found.lines] == [
        ["cycle"],
        ["cycle"],
        ["cycle"],
        [],
    ]


def test_two_people_may_exchange_their_addresses() -> None:
    first = [Wish("Anna", "p1@example.org", "1", "", ""), Wish("Bo", "p2@example.org", "2", "", "")]
    known = after(EMPTY, compared(first))
    second = [
        Wish("Anna", "p2@example.org", "1", "", ""),
        Wish("Bo", "p1@example.org", "2", "", ""),
    ]
    assert [str(line.kind) for line in compared(second, known).lines] == ["changed", "changed"]
