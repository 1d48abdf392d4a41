"""A table as a template reads it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

NEIGHBOURS = 1


@dataclass(frozen=True, slots=True)
class PageLink:
    """An address on this list; ``number`` is None for a gap between pages."""

    path: str
    query: dict[str, str]
    number: int | None = None
    current: bool = False

    @property
    def url(self) -> str:
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path or "?"


@dataclass(frozen=True, slots=True)
class Header:
    """A column's heading; without ``url`` it cannot be sorted."""

    key: str
    label: "Text"
    align: str
    hidden_label: bool
    url: str
    direction: str


@dataclass(frozen=True, slots=True)
class BoundFilter:
    """A filter with the value it has now; an empty value does not narrow."""

    key: str
    label: "Text"
    kind: str
    value: str
    options: list[tuple[str, str]]
    placeholder: "Text"


@dataclass(frozen=True, slots=True)
class TableView[M]:
    """One page of a list and the addresses of the others."""

    key: str
    rows: list[M]
    total: int
    start: int
    size: int
    sizes: tuple[int, ...]
    page: int
    pages: int
    query: dict[str, str]
    headers: list[Header]
    filters: list[BoundFilter]
    path: str
    kept: dict[str, str]
    is_cut: bool = False

    @property
    def first(self) -> int:
        """The position of the first row shown, counted from one."""
        return self.start + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return self.start + len(self.rows)

    @property
    def is_filtered(self) -> bool:
        return any(each.value for each in self.filters)

    @property
    def clear_url(self) -> str:
        """The list without its filters, in the same order."""
        filters = {each.key for each in self.filters}
        query = {key: value for key, value in self.query.items() if key not in filters}
        return PageLink(self.path, query).url

    @property
    def filter_query(self) -> str:
        """The filters as a query string: what “all that match” means, for `Table.narrow`."""
        return urlencode({each.key: each.value for each in self.filters if each.value})

    @property
    def sort(self) -> str:
        return self.query.get("sort", "")

    @property
    def previous_url(self) -> str:
        return self._link(self.page - 1).url if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self._link(self.page + 1).url if self.page < self.pages else ""

    @property
    def links(self) -> list[PageLink]:
        """First, last, and the neighbours of this page, with gaps between."""
        near = range(self.page - NEIGHBOURS, self.page + NEIGHBOURS + 1)
        numbers = sorted({1, self.pages, *(n for n in near if 1 <= n <= self.pages)})
        links: list[PageLink] = []
        for number in numbers:
            last = links[-1].number if links else 0
            if last and number - last == 2:
                links.append(self._link(last + 1))
            elif last and number - last > 2:
                links.append(PageLink(self.path, {}))
            links.append(self._link(number))
        return links

    @property
    def size_links(self) -> list[PageLink]:
        """The same list with more or fewer rows a page, from its start."""
        return [
            PageLink(self.path, {**self.query, "size": str(size)}, size, size == self.size)
            for size in self.sizes
        ]

    def _link(self, number: int) -> PageLink:
        query: dict[str, Any] = dict(self.query)
        if number > 1:
            query["page"] = str(number)
        return PageLink(self.path, query, number, number == self.page)
