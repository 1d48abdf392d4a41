"""Where the people of a demo organization work, and who reports to whom."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import cycle
from random import Random
from typing import Any

from accounts.enums import ChartPart
from accounts.models import Member
from accounts.operations import chart
from accounts.operations import people as records
from accounts.operations.careers import note_steps
from mentoring.console.demo.people import Person
from mentoring.console.demo.places import Place
from programs.operations import topics
from programs.queries.topics import families_with_topics

BATCH = 1000
FIRST_NUMBER = 1001
PEOPLE_PER_DEPARTMENT, PEOPLE_PER_TEAM = 12, 9
JUNIOR, TEAM_LEAD, DIRECTOR, EXECUTIVE = 1, 4, 5, 6
PLACED = (
    "employee_number",
    "job_title",
    "department",
    "location",
    "grade",
    "manager",
    "languages",
    "time_zone",
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What things are called in one language; grades from junior to senior with their titles."""

    grades: tuple[tuple[str, str], ...]
    departments: tuple[tuple[str, str], ...]


ENGLISH = Vocabulary(
    grades=(
        ("Trainee", "Trainee {department}"),
        ("Associate", "Junior {job}"),
        ("Specialist", "{job}"),
        ("Senior specialist", "Senior {job}"),
        ("Team lead", "Team lead {department}"),
        ("Director", "Director {department}"),
        ("Executive", "Managing director"),
    ),
    departments=(
        ("Engineering", "Engineer"),
        ("Customer service", "Service agent"),
        ("Sales", "Account manager"),
        ("Finance", "Controller"),
        ("People", "People partner"),
        ("Marketing", "Editor"),
        ("Operations", "Planner"),
        ("Research", "Researcher"),
    ),
)
GERMAN = Vocabulary(
    grades=(
        ("Ausbildung", "In Ausbildung, {department}"),
        ("Einstieg", "Nachwuchs {job}"),
        ("Fachkraft", "{job}"),
        ("Erfahrene Fachkraft", "Leitende Fachkraft {job}"),
        ("Teamleitung", "Teamleitung {department}"),
        ("Bereichsleitung", "Bereichsleitung {department}"),
        ("Geschäftsführung", "Geschäftsführung"),
    ),
    departments=(
        ("Technik", "Entwicklung"),
        ("Kundendienst", "Beratung"),
        ("Vertrieb", "Kundenbetreuung"),
        ("Finanzen", "Controlling"),
        ("Personal", "Personalentwicklung"),
        ("Marketing", "Redaktion"),
        ("Betrieb", "Planung"),
        ("Forschung", "Forschung"),
    ),
)
VOCABULARIES = {"en": ENGLISH, "de": GERMAN}
LOCATIONS = (
    ("Berlin", "Europe/Berlin"),
    ("Lisbon", "Europe/Lisbon"),
    ("Toronto", "America/Toronto"),
    ("Singapore", "Asia/Singapore"),
)
LANGUAGES = ("en", "de", "fr", "es", "pt", "pl", "tr", "ar")


def place_people(
    place: Place,
    listed: Iterable[Person],
    *,
    owner: Member,
    juniors: Collection[Member],
    mark: str,
    seed: int,
    now: datetime,
) -> None:
    """Give every member a place in a sound tree, the ``juniors`` a low one.

    ``listed`` are added and have not joined.

    Call it inside the organization's scope, when all members are there.
    """
    _list(listed, now=now)
    random = Random(f"{seed}/{place.slug}/chart")  # noqa: S311  (repeatable is the point)
    members = list(Member.objects.order_by("email"))
    random.shuffle(members)
    # Whoever has a login of its own to try out sees more from below.
    members.sort(key=lambda member: bool(member.roles) or member in juniors)
    vocabulary = VOCABULARIES.get(place.language, ENGLISH)
    parts = _parts(vocabulary, len(members), owner=owner, mark=mark)
    _grow(members, juniors, vocabulary, parts, random)
    for number, member in enumerate(members, start=FIRST_NUMBER):
        member.employee_number = f"{mark.strip()}{number}"
        member.job_title = f"{mark}{member.job_title}"
        member.languages = [place.language, *_more(place.language, random)]
    Member.objects.bulk_update(members, PLACED, batch_size=BATCH)
    note_steps([each.pk for each in members], now=now)
    away = next(
        member for member in reversed(members) if not member.roles and member not in juniors
    )
    records.change_record(member=away, values={"on_leave": True}, actor=owner, now=now)
    if mark:
        _mark_topics(owner, mark)


def _list(persons: Iterable[Person], *, now: datetime) -> None:
    Member.objects.bulk_create(
        [Member(name=each.name, email=each.email, imported_at=now) for each in persons],
        batch_size=BATCH,
    )


def _parts(
    vocabulary: Vocabulary, people: int, *, owner: Member, mark: str
) -> dict[ChartPart, list[Any]]:
    """As many departments as there are people for, four locations, seven grades."""
    add = partial(chart.add, actor=owner)
    count = max(2, min(len(vocabulary.departments), people // PEOPLE_PER_DEPARTMENT))
    return {
        ChartPart.DEPARTMENT: [
            add(kind=ChartPart.DEPARTMENT, values={"name": f"{mark}{name}"})
            for name, _job in vocabulary.departments[:count]
        ],
        ChartPart.LOCATION: [
            add(kind=ChartPart.LOCATION, values={"name": f"{mark}{name}", "time_zone": zone})
            for name, zone in LOCATIONS
        ],
        ChartPart.GRADE: [
            add(kind=ChartPart.GRADE, values={"name": f"{mark}{name}"})
            for name, _title in vocabulary.grades
        ],
    }


def _grow(
    members: Sequence[Member],
    juniors: Collection[Member],
    vocabulary: Vocabulary,
    parts: dict[ChartPart, list[Any]],
    random: Random,
) -> None:
    """One at the top, a director for each department, teams of about nine below."""
    departments = parts[ChartPart.DEPARTMENT]
    count = len(departments)
    teams = max(count, len(members) // PEOPLE_PER_TEAM)
    top, directors = members[0], members[1 : 1 + count]
    leads = members[1 + count : 1 + count + teams]
    rest = members[1 + count + teams :]

    def put(member: Member, manager: Member | None, department: int, grade: int) -> None:
        member.manager, member.department = manager, departments[department]
        member.location = random.choice(parts[ChartPart.LOCATION])
        name, job = vocabulary.departments[department]
        _name, title = vocabulary.grades[grade]
        member.grade = parts[ChartPart.GRADE][grade]
        member.job_title = title.format(department=name, job=job)

    put(top, None, 0, EXECUTIVE)
    for number, member in enumerate(directors):
        put(member, top, number, DIRECTOR)
    for number, member in enumerate(leads):
        put(member, directors[number % len(directors)], number % len(directors), TEAM_LEAD)
    heads = cycle(list(enumerate(leads)) or [(0, top)])
    for member, (number, lead) in zip(rest, heads, strict=False):
        grade = random.choices(range(TEAM_LEAD), weights=(2, 4, 4, 2))[0]
        put(member, lead, number % max(1, len(directors)), JUNIOR if member in juniors else grade)


def _more(own: str, random: Random) -> list[str]:
    others = [each for each in LANGUAGES if each != own]
    english = ["en"] if own != "en" and random.random() < 0.8 else []
    return list(dict.fromkeys([*english, *random.sample(others, k=random.randint(0, 1))]))


def _mark_topics(owner: Member, mark: str) -> None:
    for family in families_with_topics(owner):
        topics.change_family(
            family=family, name=f"{mark}{family.name}", translations={}, actor=owner
        )
        for topic in family.topics.all():
            topics.change_topic(
                topic=topic,
                family=family,
                name=f"{mark}{topic.name}",
                description=f"{mark}{topic.description}",
                translations={},
                actor=owner,
            )
