"""List pages whose filters, order and page live in the address.

A table reads a query string that anybody may have edited: what it does not know it
ignores, and a page that does not exist becomes the nearest one. Reading costs two
queries however long the list is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import F, Model, Q, QuerySet
from django.http import QueryDict

from mentoring.lib.tableview import BoundFilter, Header, PageLink, TableView

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

PAGE_SIZES = (10, 25, 50, 100)
SEARCH_LIMIT = 200

type Options = Iterable[tuple[Any, Any]] | Callable[[], Iterable[tuple[Any, Any]]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; sortable when ``order`` names fields, which may start with a minus."""

    key: str
    label: "Text"
    order: tuple[str, ...] = ()
    descending_first: bool = False
    align: Literal["start", "end"] = "start"
    hidden_label: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Free text: every word must be in one of the fields, capitals aside; or ``apply`` narrows."""

    key: str
    label: "Text"
    fields: tuple[str, ...] = ()
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    placeholder: "Text" = ""
    kind: str = "search"

    def options(self) -> list[tuple[str, str]]:
        return []

    def clean(self, value: str) -> str:
        return " ".join(value.replace("\x00", "").split())[:SEARCH_LIMIT]

    def narrow[M: Model](self, rows: QuerySet[M], value: str) -> QuerySet[M]:
        if self.apply:
            return self.apply(rows, value)
        for word in value.split():
            rows = rows.filter(
                reduce(or_, (Q((f"{name}__icontains", word)) for name in self.fields))
            )
        return rows


@dataclass(frozen=True, slots=True)
class Select:
    """One of a few values; ``apply`` narrows, or else ``field`` must equal the value."""

    key: str
    label: "Text"
    choices: Options
    field: str = ""
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    placeholder: "Text" = ""
    kind: str = "select"

    def options(self) -> list[tuple[str, str]]:
        pairs = self.choices() if callable(self.choices) else self.choices
        return [(str(value), str(label)) for value, label in pairs]

    def clean(self, value: str) -> str:
        return value if value in dict(self.options()) else ""

    def narrow[M: Model](self, rows: QuerySet[M], value: str) -> QuerySet[M]:
        return self.apply(rows, value) if self.apply else rows.filter(**{self.field: value})


type Filter = Search | Select


@dataclass(frozen=True, slots=True)
class Table:
    """What a list page offers. ``key`` is the region's id and the template part's name.

    With ``most`` a list has at most so many rows to leaf through, and counting ends there; who
    looks for an older one narrows the list.
    """

    key: str
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    default_sort: str = ""
    page_size: int = 25
    page_sizes: Sequence[int] = PAGE_SIZES
    keep: Sequence[str] = field(default=())
    most: int = 0

    def narrow[M: Model](
        self, params: QueryDict | Mapping[str, str], rows: QuerySet[M]
    ) -> QuerySet[M]:
        """All of ``rows`` that match the filters of the query string, whatever its page."""
        for each in self.filters:
            if value := each.clean(str(params.get(each.key, ""))):
                rows = each.narrow(rows, value)
        return rows

    def read[M: Model](
        self, params: QueryDict | Mapping[str, str], rows: QuerySet[M], *, path: str = ""
    ) -> TableView[M]:
        """The page of ``rows`` that the query string asks for.

        ``keep`` names parameters of the page that the table's links carry along.
        """
        given = {key: str(params[key]) for key in params}
        values = {each.key: each.clean(given.get(each.key, "")) for each in self.filters}
        narrowed = rows
        for each in self.filters:
            if values[each.key]:
                narrowed = each.narrow(narrowed, values[each.key])
        sort = self._sort(given.get("sort", ""))
        size = self._size(given.get("size", ""))
        total = self._count(narrowed)
        pages = max(1, -(-total // size))
        number = _between(given.get("page", ""), 1, pages)
        start = (number - 1) * size
        shown = list(self._ordered(narrowed, sort)[start : min(start + size, total)])
        query = {each: given[each] for each in self.keep if given.get(each)}
        query |= {each: value for each, value in values.items() if value}
        query |= {"sort": sort} if sort != self.default_sort else {}
        query |= {"size": str(size)} if size != self.page_size else {}
        return TableView(
            key=self.key,
            rows=shown,
            total=total,
            start=start,
            size=size,
            sizes=tuple(self.page_sizes),
            page=number,
            pages=pages,
            query=query,
            headers=[self._header(column, sort, query, path) for column in self.columns],
            filters=[_bound(each, values[each.key]) for each in self.filters],
            path=path,
            kept={each: query[each] for each in self.keep if each in query},
            is_cut=bool(self.most) and total >= self.most,
        )

    def _count[M: Model](self, rows: QuerySet[M]) -> int:
        return rows.order_by()[: self.most].count() if self.most else rows.count()

    def _sort(self, wanted: str) -> str:
        known = {column.key for column in self.columns if column.order}
        return wanted if wanted.removeprefix("-") in known else self.default_sort

    def _size(self, wanted: str) -> int:
        return int(wanted) if wanted in {str(size) for size in self.page_sizes} else self.page_size

    def _ordered[M: Model](self, rows: QuerySet[M], sort: str) -> QuerySet[M]:
        """By the column and then by key, so that no row is on two pages or on none."""
        key = sort.removeprefix("-")
        fields = next((column.order for column in self.columns if column.key == key), ())
        if not fields:
            return rows if rows.query.order_by else rows.order_by("pk")
        terms = [_term(name, flip=sort.startswith("-")) for name in fields]
        return rows.order_by(*terms, "pk")

    def _header(self, column: Column, sort: str, query: dict[str, str], path: str) -> Header:
        is_current = bool(column.order) and sort.removeprefix("-") == column.key
        ascends = sort.startswith("-") if is_current else not column.descending_first
        target = column.key if ascends else f"-{column.key}"
        link = PageLink(path, {**query, "sort": target})
        return Header(
            key=column.key,
            label=column.label,
            align=column.align,
            hidden_label=column.hidden_label,
            url=link.url if column.order else "",
            direction=("descending" if sort.startswith("-") else "ascending") if is_current else "",
        )


def _term(name: str, *, flip: bool) -> Any:
    """One field of an order; empty values come last in both directions."""
    descends = name.startswith("-") != flip
    column = F(name.removeprefix("-"))
    return column.desc(nulls_last=True) if descends else column.asc(nulls_last=True)


def _bound(each: Filter, value: str) -> BoundFilter:
    return BoundFilter(
        key=each.key,
        label=each.label,
        kind=each.kind,
        value=value,
        options=each.options(),
        placeholder=each.placeholder,
    )


def _between(wanted: str, least: int, most: int) -> int:
    """A whole number within bounds; anything else is the least."""
    if not (wanted.isascii() and wanted.isdigit()):
        return least
    return most if len(wanted) > 9 else max(least, min(most, int(wanted)))
