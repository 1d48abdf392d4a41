"""Finding people by what somebody types."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from accounts.models import Member
from accounts.models.member import MemberQuerySet

MOST = 8
LONGEST = 200
SEARCHED = ("name", "email", "job_title", "department__name")


@dataclass(frozen=True, slots=True)
class Found:
    """People to choose from: those chosen already, then those who fit what was typed."""

    chosen: list[Member]
    others: list[Member]
    text: str
    has_more: bool


def find_people(people: MemberQuerySet, *, text: str, chosen: Iterable[str]) -> Found:
    """Members of ``people`` in two queries at most; every word must fit name, address or place.

    Only who is with the organization is found. Who was chosen is shown even if gone since.
    """
    keys = ids_in(chosen)
    listed = people.select_related("department")
    here = list(listed.filter(pk__in=keys)) if keys else []
    words = text.replace("\x00", "").split()
    if not words:
        return Found(here, [], "", has_more=False)
    found = listed.active().exclude(pk__in=keys)
    for word in words:
        found = found.filter(reduce(or_, (Q((f"{name}__icontains", word)) for name in SEARCHED)))
    others = list(found[: MOST + 1])
    return Found(here, others[:MOST], " ".join(words), has_more=len(others) > MOST)


def chosen_people(people: MemberQuerySet, chosen: Iterable[str]) -> list[Member]:
    """Those chosen who are with the organization."""
    return list(people.active().filter(pk__in=ids_in(chosen)))


def ids_in(texts: Iterable[str]) -> list[UUID]:
    """The texts that are ids, each once; anything else is left out."""
    found: dict[UUID, None] = {}
    for text in texts:
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return list(found)
