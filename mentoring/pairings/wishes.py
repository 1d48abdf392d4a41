"""What either of a pair may ask of those who run the cohort, in confidence."""

from dataclasses import dataclass
from datetime import datetime

from mentoring.pairings.models import Pairing
from programs.enums import Side


@dataclass(frozen=True, slots=True)
class Wish:
    """``name`` begins the two columns of a pairing that say since when each side asks."""

    name: str
    kind: str

    def column(self, side: str) -> str:
        return f"{self.name}_asked_by_{side}_at"

    @property
    def columns(self) -> list[str]:
        return [self.column(side) for side in Side.values]

    def asked_at(self, pairing: Pairing, side: str) -> datetime | None:
        """Since when that side asks for it."""
        asked: datetime | None = getattr(pairing, self.column(side))
        return asked

    def askers(self, pairing: Pairing) -> list[Side]:
        return [side for side in Side if self.asked_at(pairing, side)]

    def occasion(self, pairing: Pairing, side: str) -> str:
        """Names one asking of one side; who takes it back and asks anew is heard anew."""
        asked_at = self.asked_at(pairing, side)
        return f"{side}@{asked_at.isoformat()}" if asked_at else ""


SOMEBODY_ELSE = Wish("rematch", "pairings.rematch_asked")
A_HAND = Wish("help", "pairings.help_asked")
WISHES = (SOMEBODY_ELSE, A_HAND)
