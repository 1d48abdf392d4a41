"""Rows that somebody picked from a `Table`, on the page shown or on all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Self
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import QueryDict

from mentoring.lib.tables import Table

# A posted form may have a thousand fields; a form that repeats a choice puts it into one.
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Selection:
    """What `<c-selection>` posts: keys of rows, or all that match the filter.

    ``takes_all`` wins. A form that posts it again (a confirmation) carries the same fields;
    `<c-selected>` writes them.
    """

    ids: Sequence[UUID]
    takes_all: bool
    filter_query: str

    @classmethod
    def of(cls, data: QueryDict) -> Self:
        """The selection in a posted form; what is no key is ignored."""
        given = chain.from_iterable(value.split(",") for value in data.getlist("selected"))
        found = (_key(value) for value in islice(given, MOST))
        keys = list(dict.fromkeys(each for each in found if each))
        return cls(keys, bool(data.get("all")), data.get("filter", ""))

    def pick[M: Model](self, table: Table, rows: QuerySet[M]) -> QuerySet[M]:
        """Those of ``rows`` that were picked. The filter is applied anew, to the rows of now."""
        if self.takes_all:
            return table.narrow(QueryDict(self.filter_query), rows)
        return rows.filter(pk__in=self.ids)

    @property
    def is_empty(self) -> bool:
        return not (self.ids or self.takes_all)


def _key(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
