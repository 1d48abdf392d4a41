"""What is wrong with a list, as data: a code and its facts. The words come when it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Code(StrEnum):
    """One kind of finding. What each says: `accounts.roster.wording`."""

    # About the file. Nothing else is known then.
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_A_LIST = "not_a_list"
    OLD_EXCEL = "old_excel"
    PROTECTED = "protected"
    BROKEN = "broken"
    QUOTES = "quotes"
    ENCODING = "encoding"
    BOMB = "bomb"
    CELL_TOO_LARGE = "cell_too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    NO_ROWS = "no_rows"
    DUPLICATE_HEADING = "duplicate_heading"
    FILE_GONE = "file_gone"
    FAILED = "failed"
    # About one cell.
    MISSING = "missing"
    TOO_LONG = "too_long"
    BAD_EMAIL = "bad_email"
    UNSAFE = "unsafe"
    FORMULA = "formula"
    RAGGED = "ragged"
    UNKNOWN_GRADE = "unknown_grade"
    UNKNOWN_LANGUAGE = "unknown_language"
    UNKNOWN_ZONE = "unknown_zone"
    UNKNOWN_STATUS = "unknown_status"
    # About who is meant.
    DUPLICATE_NUMBER = "duplicate_number"
    DUPLICATE_EMAIL = "duplicate_email"
    SAME_PERSON = "same_person"
    NUMBER_CONFLICT = "number_conflict"
    EMAIL_CONFLICT = "email_conflict"
    UNKNOWN_MANAGER = "unknown_manager"
    OWN_MANAGER = "own_manager"
    CYCLE = "cycle"
    # Worth knowing; nothing stops because of them.
    MANAGER_GONE = "manager_gone"
    STAYS_OUT = "stays_out"
    HAS_LEFT = "has_left"
    KEPT_OWNER = "kept_owner"
    KEPT_SELF = "kept_self"
    OTHER_SHEETS = "other_sheets"
    CHANGED_MEANWHILE = "changed_meanwhile"


WARNINGS = frozenset(
    {
        Code.MANAGER_GONE,
        Code.STAYS_OUT,
        Code.HAS_LEFT,
        Code.KEPT_OWNER,
        Code.KEPT_SELF,
        Code.OTHER_SHEETS,
        Code.CHANGED_MEANWHILE,
    }
)


NO_PARAMS: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or worth knowing; ``field`` names the column it is in."""

    code: Code
    field: str = ""
    params: Mapping[str, Any] = NO_PARAMS

    @property
    def is_error(self) -> bool:
        return self.code not in WARNINGS

    def as_json(self) -> dict[str, Any]:
        return {"code": str(self.code), "field": str(self.field), "params": dict(self.params)}


class Unreadable(Exception):
    """The file as a whole cannot be taken; the finding says why."""

    def __init__(self, code: Code, **params: Any) -> None:
        super().__init__(code, params)
        self.finding = Finding(code, params=params)


def from_json(stored: Mapping[str, Any]) -> Finding:
    """A finding as it was stored, also by an earlier release."""
    return Finding(Code(stored["code"]), stored.get("field", ""), stored.get("params", {}))
