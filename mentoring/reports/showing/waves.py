"""How many have answered a wave, as a page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from mentoring.feedback.queries.surveys import Wave
from mentoring.reports.queries.waves import SideRate, WaveRates
from mentoring.reports.showing.told import in_words
from programs.enums import Side

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

SOON = _("Counted once a week, in the night to Monday")


@dataclass(frozen=True, slots=True)
class ShownRate:
    """A share of so many people with its day; or why there is none, or none that is newer."""

    side: Side
    asked: int
    share: str = ""
    people: int = 0
    as_of: date | None = None
    reason: "Text" = ""


def shown_rates(waves: Sequence[WaveRates]) -> list[tuple[Wave, list[ShownRate]]]:
    """Each wave with what is shown of its sides."""
    return [(each.wave, [_shown(side) for side in each.sides]) for each in waves]


def _shown(rate: SideRate) -> ShownRate:
    told = rate.told
    if told is None:
        return ShownRate(rate.side, rate.asked, reason=SOON)
    figure = told if told.is_told else told.earlier
    reason = told.refusal.label if told.refusal else ""
    if figure is None:
        return ShownRate(rate.side, rate.asked, reason=reason)
    share = in_words(figure.value or {})
    return ShownRate(rate.side, rate.asked, share, figure.people, figure.as_of, reason)
