"""The statements that tell how things stood: what is written down, and what proves it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mentoring.pairings.drift import EVERY, FACTORS
from mentoring.reports.snapshots import pairs, seats
from programs.enums import Side

KEYS = {"organization_id": "%(organization)s::uuid", "snapshot_id": "%(snapshot)s::uuid"}


@dataclass(frozen=True, slots=True)
class Telling:
    """How one table of a snapshot is told from what people did."""

    table: str
    parts: tuple[str, ...]
    columns: Mapping[str, str]
    source: str
    found_columns: Mapping[str, str]
    found_source: str

    @property
    def insert(self) -> str:
        """Writes the rows down."""
        columns = {**KEYS, **self.columns, **self.found_columns}
        names = ", ".join(columns)
        question = self._select(columns.values(), self.source + self.found_source)
        return f"INSERT INTO {self.table} ({names}) {question}"

    @property
    def difference(self) -> str:
        """Counts rows that are written and not true, or true and not written.

        Looks only at what times tell, because a department may have another name by now.
        """
        names = ", ".join(self.columns)
        written = (
            f"SELECT {names} FROM {self.table}"  # noqa: S608 our own names
            " WHERE organization_id = %(organization)s AND snapshot_id = %(snapshot)s"
        )
        true = self._select(self.columns.values(), self.source)
        return (
            f"SELECT count(*) FROM ((({written}) EXCEPT ALL ({true}))"  # noqa: S608 our own names
            f" UNION ALL (({true}) EXCEPT ALL ({written}))) AS wrong"
        )

    def _select(self, columns: Iterable[str], source: str) -> str:
        # An expression has the type of its column, so that the rows can be compared.
        return f"WITH {', '.join(self.parts)} SELECT {', '.join(columns)} {source}"


def _every() -> str:
    return "\n".join(
        f"WHEN '{cadence}' THEN interval '{every.days} days'" for cadence, every in EVERY.items()
    )


def _drift() -> str:
    return " ".join(
        f"WHEN %(until)s >= stood.counts_from + stood.every * {factor} THEN {int(drift)}"
        for drift, factor in sorted(FACTORS.items(), reverse=True)
    )


def _pair_columns() -> dict[str, str]:
    written = {name: text.replace("{due}", pairs.DUE) for name, text in pairs.COLUMNS.items()}
    return {name: text.replace("{drift}", _drift()) for name, text in written.items()}


PAIRS = Telling(
    table="reports_pairfigures",
    parts=(
        pairs.TALKS,
        pairs.MOVED,
        pairs.RESTED,
        pairs.AGREED,
        pairs.REASONS,
        pairs.STOOD.replace("{every}", _every()),
    ),
    columns=_pair_columns(),
    source="FROM stood" + "".join(pairs.PARTICIPANT.replace("{side}", side) for side in Side),
    found_columns=pairs.AS_FOUND,
    found_source="".join(pairs.PLACE.replace("{side}", side) for side in Side) + pairs.TALLY,
)
SEATS = Telling(
    table="reports_seat",
    parts=(seats.INVITED, seats.ENROLLED, seats.PAIRED),
    columns=seats.COLUMNS,
    source=seats.FROM,
    found_columns=seats.AS_FOUND,
    found_source=seats.PLACE,
)
