"""What kind of data a model holds and how long it is kept. Every model of ours says so."""

from dataclasses import dataclass
from enum import StrEnum


class DataClass(StrEnum):
    """Who a row is about, from harmless to most private."""

    TECHNICAL = "technical"
    BUSINESS = "business"
    PERSONAL = "personal"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"  # noqa: S105  (the word itself)


@dataclass(frozen=True, slots=True)
class Keeps:
    """A model's entry in the inventory: ``keeps = Keeps(DataClass.PERSONAL, until="…")``."""

    data: DataClass
    until: str
