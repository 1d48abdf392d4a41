"""Two lists of people: one was applied, one waits to be corrected."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from io import BytesIO, StringIO

from accounts import jobs
from accounts.enums import ImportMode
from accounts.models import Member, PeopleImport
from accounts.operations import imports
from mentoring.console.demo.people import Person, people
from mentoring.console.demo.places import Place

JOINERS = 5
FIRST_NUMBER = 90_001
HEADINGS = {
    "en": ("Name", "E-mail", "Employee number", "Department", "Manager", "Languages"),
    "de": ("Name", "E-Mail", "Personalnummer", "Abteilung", "Vorgesetzte/r", "Sprachen"),
}
FILES = {"en": ("joiners.csv", "transfers.csv"), "de": ("neue.csv", "wechsel.csv")}


def hand_in_lists(place: Place, *, owner: Member, mark: str, seed: int, now: datetime) -> None:
    """People who joined last week, and a list with mistakes. Call it in the scope."""
    language = "de" if place.language == "de" else "en"
    first, second = FILES[language]
    new = people(
        count=JOINERS, seed=seed, domain=f"joined.{place.slug}.example", prefix=mark.strip()
    )
    rows = [
        (each.name, each.email, str(number), f"{mark}Academy", str(FIRST_NUMBER), language)
        for number, each in enumerate(new, start=FIRST_NUMBER)
    ]
    rows[0] = (*rows[0][:4], owner.email, language)
    last_week = now - timedelta(days=6)
    found = _checked(mark + first, HEADINGS[language], rows, owner=owner, now=last_week)
    imports.apply(people_import=found, is_confirmed=False, actor=owner, now=last_week)
    jobs.look(import_id=found.pk, clock=lambda: last_week)
    _checked(
        mark + second, HEADINGS[language], _mistaken(new, mark, language), owner=owner, now=now
    )


def _mistaken(new: Sequence[Person], mark: str, language: str) -> list[tuple[str, ...]]:
    """Somebody manages themselves, an address lacks its end, and one person is there twice."""
    first, second, third, *_ = new
    number = str(FIRST_NUMBER + 1)
    return [
        (first.name, first.email, str(FIRST_NUMBER), f"{mark}Academy", "", language),
        (second.name, second.email, number, f"{mark}Academy", number, language),
        (third.name, third.email.partition("@")[0], "", f"{mark}Academy", "", language),
        (first.name, first.email, "", f"{mark}Academy", "", "klingon"),
    ]


def _checked(
    name: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    owner: Member,
    now: datetime,
) -> PeopleImport:
    text = StringIO()
    csv.writer(text, delimiter=";").writerows([headings, *rows])
    found = imports.upload(
        file=BytesIO(text.getvalue().encode()),
        name=name,
        mode=ImportMode.CHANGES,
        actor=owner,
        now=now,
    )
    mapping = {int(column): field for column, field in found.mapping.items()}
    imports.choose_columns(
        people_import=found,
        mapping=mapping,
        mode=ImportMode.CHANGES,
        creates_grades=False,
        now=now,
    )
    jobs.look(import_id=found.pk, clock=lambda: now)
    found.refresh_from_db()
    return found
