"""What a table is, and how its rows are read a few at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Q, QuerySet

from accounts.permissions import Permission
from accounts.terms import Form, Term, word_for
from mentoring.lib.privacy import DataClass
from mentoring.lib.sheets.columns import Column, Kind
from mentoring.reports.exporting.scope import Scope

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

CHUNK = 2000

type Row = tuple[Any, ...]
type Get = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A column with how its value is found in a row of the database."""

    column: Column
    get: Get


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table. ``rows`` reads in portions, so that no process holds more than a few thousand.

    ``count`` foretells how many there are, and counts no further than ``most``. Tables that name
    people beyond the two of a pair have no version without names.
    """

    key: str
    title: "Text"
    about: "Text"
    columns: Callable[[Scope], tuple[Column, ...]]
    rows: Callable[[Scope], Iterator[Row]]
    count: Callable[[Scope, int], int]
    permission: Permission = Permission.REPORTS_EXPORT
    data_class: DataClass = DataClass.PERSONAL
    has_version_without_names: bool = True


def get(name: str) -> Get:
    """The value of that name, as it is."""
    return lambda row: row[name]


def labels(words: type[models.TextChoices]) -> Callable[[str], str]:
    """What stored words are called in the language in force."""
    names = {value: str(label) for value, label in words.choices}
    return lambda value: names.get(value, value)


def labeled(name: str, words: type[models.TextChoices]) -> Get:
    """The value of that name in words."""
    said = labels(words)
    return lambda row: said(row[name])


def field(key: str, heading: str, kind: Kind = Kind.TEXT, value: Get | None = None) -> Field:
    """A column whose value has its key as a name, unless another is told."""
    return Field(Column(key, str(heading), kind), value or get(key))


def columns_of(fields: Iterable[Field]) -> tuple[Column, ...]:
    return tuple(each.column for each in fields)


def rows_of(fields: Sequence[Field], found: Iterable[dict[str, Any]]) -> Iterator[Row]:
    """Rows of the table out of those of the database."""
    getters = [each.get for each in fields]
    for row in found:
        yield tuple([get(row) for get in getters])


def by_cohort(
    scope: Scope,
    found: QuerySet[Any],
    fields: Sequence[Field],
    *,
    key: Sequence[str],
    names: Sequence[str],
) -> Iterator[Row]:
    """Rows of the cohorts one after the other, and in each in the order of the key."""
    for cohort in scope.cohorts:
        portions = in_portions(found.filter(cohort=cohort.pk), key, names)
        yield from rows_of(fields, portions)


def in_portions(
    rows: QuerySet[Any], key: Sequence[str], names: Sequence[str], *, size: int = CHUNK
) -> Iterator[dict[str, Any]]:
    """Rows in the order of a unique key, each portion in a transaction of its own."""
    read = rows.order_by(*key).values(*{*key, *names})
    after = Q()
    while True:
        with transaction.atomic():
            found = list(read.filter(after)[:size])
        yield from found
        if len(found) < size:
            return
        after = _after(found[-1], key)


def _after(last: dict[str, Any], key: Sequence[str]) -> Q:
    """What comes after the row, in the order of the key."""
    first, *rest = key
    beyond = Q((f"{first}__gt", last[first]))
    return beyond | Q((first, last[first])) & _after(last, rest) if rest else beyond


def count_up_to(rows: QuerySet[Any], most: int) -> int:
    """How many rows there are, or ``most`` when there are at least as many."""
    return rows.order_by()[:most].count()


def terms_of(scope: Scope) -> dict[str, str]:
    """What the organization calls the two sides, as a heading begins."""
    word = partial(word_for, scope.organization.terms, form=Form.ONE)
    found = {
        "mentor": word(Term.MENTOR),
        "mentee": word(Term.MENTEE),
        "program": word(Term.PROGRAM),
    }
    return {name: said[:1].upper() + said[1:] for name, said in found.items()}
