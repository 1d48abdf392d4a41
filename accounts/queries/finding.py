"""Finding people by what somebody types."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from accounts.models import Department, Member
from accounts.models.member import MemberQuerySet
from mentoring.lib.sorting import SearchKey

MOST = 8
SHOWN = 50
LONGEST = 200
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Found:
    """People to choose from: those chosen already, then those who fit what was typed.

    Of many chosen ones only some are in ``chosen``, and ``unseen`` says how many are not.
    """

    chosen: list[Member]
    others: list[Member]
    text: str
    has_more: bool
    unseen: int = 0


def fitting[M: Model](rows: QuerySet[M], text: str, *, at: str = "") -> QuerySet[M]:
    """The rows whose person has every word, in any order, whole or in part.

    Words are looked for in name, address, employee number, job title and department;
    capitals, accents and apostrophes do not count. ``at`` leads from a row to its person,
    as in ``member__``. All pages that search for people search like this.
    """
    for word in words_of(text):
        key = SearchKey(Value(word))
        departments = Department.objects.filter(_holds(SearchKey(F("name")), key))
        own = Q(_holds(F(f"{at}search_text"), key))
        rows = rows.filter(own | Q((f"{at}department__in", departments.values("pk"))))
    return rows


def words_of(text: str) -> list[str]:
    """The words to look for; a text of any length costs the database about the same."""
    return text.replace("\x00", "")[:LONGEST].split()[:MOST_WORDS]


def find_people(people: MemberQuerySet, *, text: str, chosen: Iterable[str]) -> Found:
    """Members of ``people`` who fit, in three queries at most; see `fitting`.

    Only who is with the organization is found. Who was chosen is shown even if gone since,
    and when many were chosen, those who fit the text are among the ones shown.
    """
    keys = ids_in(chosen)
    words = words_of(text)
    listed = people.select_related("department")
    here = list(listed.filter(pk__in=keys)[:SHOWN]) if keys else []
    if words and len(keys) > SHOWN:
        seen = [each.pk for each in here]
        here += fitting(listed.filter(pk__in=keys).exclude(pk__in=seen), text)[:MOST]
    unseen = len(keys) - len(here) if len(keys) > SHOWN else 0
    if not words:
        return Found(here, [], "", has_more=False, unseen=unseen)
    others = list(fitting(listed.active().exclude(pk__in=keys), text)[: MOST + 1])
    return Found(here, others[:MOST], " ".join(words), len(others) > MOST, unseen)


def chosen_people(people: MemberQuerySet, chosen: Iterable[str]) -> list[Member]:
    """Those chosen, also those who have left since."""
    return list(people.filter(pk__in=ids_in(chosen)))


def ids_in(texts: Iterable[str]) -> list[UUID]:
    """The texts that are ids, each once; anything else is left out."""
    found: dict[UUID, None] = {}
    for text in texts:
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return list(found)


def _holds(text: Any, part: Any) -> Any:
    return GreaterThan(StrIndex(text, part), 0)
