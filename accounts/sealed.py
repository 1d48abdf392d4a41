"""Texts that their writers alone can read, for renewing their encryption.

Higher floors say which ones there are when Django is ready.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from mentoring.tenancy.models import TenantModel


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedTexts:
    """The encrypted fields of a model that is ``private_to`` its writers.

    ``purposes`` names the key of each field, ``writer`` the field of who wrote. ``writers``
    answers, in an organization's scope, with the members who may have written; the database
    does not tell who has. Rows that are nobody's own have an empty ``writer``.
    """

    model: type[TenantModel]
    purposes: Mapping[str, str]
    writers: Callable[[], Iterable[UUID]] = tuple
    writer: str = "member"


_registered: list[SealedTexts] = []


def register(texts: SealedTexts) -> None:
    _registered.append(texts)


def sealed_texts() -> tuple[SealedTexts, ...]:
    return tuple(_registered)
