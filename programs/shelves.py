"""The questions library as a page: filters in the address, stage by stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mentoring.lib.tables import Search, Select
from mentoring.lib.tableview import BoundFilter, TableView
from programs import library
from programs.enums import Stage
from programs.library import Tool
from programs.queries.library import Question, Shelf

KEY = "library"
AT_A_TIME = 50
GLANCE = 6
LONGEST_SEED = 12


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of a stage that are shown, how many more fit, and its tools."""

    stage: Stage
    questions: list[Question]
    count: int
    url: str
    tools: list[Tool]

    @property
    def has_more(self) -> bool:
        return self.count > len(self.questions)


@dataclass(frozen=True, slots=True)
class Reading:
    """A page of the library: what was asked for, and what there is."""

    table: TableView[Question]
    groups: list[Group]
    found: list[Question]


def read(shelf: Shelf, params: QueryDict, *, path: str, glance: int | None = GLANCE) -> Reading:
    """What the query string asks for; what it does not know is ignored.

    Without a stage each shows a few, with one all of its questions come in pages.
    """
    filters = _filters(shelf)
    given = {each.key: each.clean(str(params.get(each.key, ""))) for each in filters}
    found = shelf.find(stage=given["stage"], topic=given["topic"], text=given["q"])
    query = {key: value for key, value in given.items() if value}
    table = _table(found, query, _number(params.get("page", "")), path=path, filters=filters)
    shown = table.rows if given["stage"] else found
    groups = []
    for stage in Stage:
        fitting = [each for each in shown if each.stage == stage]
        if not fitting:
            continue
        few = fitting if given["stage"] else fitting[:glance]
        count = len(few) if given["stage"] else len(fitting)
        url = f"{path}?{urlencode({**query, 'stage': stage})}"
        tools = [each for each in library.TOOLS if each.stage == stage]
        groups.append(Group(stage, few, count, url, tools))
    return Reading(table, groups, found)


def pick(found: Sequence[Question], seed: str) -> Question | None:
    """One of them, the same for the same seed; counting the seed up meets each once."""
    if not found:
        return None
    turn, place = divmod(int(seed), len(found))
    order = list(range(len(found)))
    Random(turn).shuffle(order)  # noqa: S311  (a shuffled deck, no secret)
    return found[order[place]]


def is_seed(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_SEED


def _filters(shelf: Shelf) -> tuple[Select, Select, Search]:
    return (
        Select("stage", _("Stage"), choices=Stage.choices),
        Select("topic", _("Topic"), choices=list(shelf.topics.items())),
        Search("q", _("Search")),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _table(
    found: list[Question],
    query: dict[str, str],
    page: int,
    *,
    path: str,
    filters: Sequence[Select | Search],
) -> TableView[Question]:
    pages = max(1, -(-len(found) // AT_A_TIME)) if query.get("stage") else 1
    page = max(1, min(page, pages))
    start = (page - 1) * AT_A_TIME
    return TableView(
        key=KEY,
        rows=found[start : start + AT_A_TIME],
        total=len(found),
        start=start,
        size=AT_A_TIME,
        sizes=(AT_A_TIME,),
        page=page,
        pages=pages,
        query=query,
        headers=[],
        filters=[
            BoundFilter(
                key=each.key,
                label=each.label,
                kind=each.kind,
                value=query.get(each.key, ""),
                options=each.options(),
                placeholder=each.placeholder,
            )
            for each in filters
        ],
        path=path,
        kept={},
    )
