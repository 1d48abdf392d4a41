"""From numbers to places: axes that begin and end at round numbers."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

ROUND = (1, 2, 2.5, 5, 10)
ALL = 100.0
# Of the numbers themselves: floating point tells no finer steps apart.
FINEST = 1e-6


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis between two numbers, and the round numbers on it."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Where the value lies, from 0 at the low end to 1 at the high one, never outside."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def percent(self, value: float) -> float:
        """Where the value lies along an axis that is 100 long."""
        return tidy(ALL * self.at(value))

    @property
    def decimals(self) -> int:
        """Digits after the point that tell the ticks apart."""
        return places_of(self.ticks[1] - self.ticks[0])


def scale(
    values: Iterable[float], *, steps: int = 4, smallest: float = 1e-6, from_zero: bool = True
) -> Scale:
    """A scale with about so many steps over all values, and from zero unless told otherwise."""
    given = list(values)
    anchors = [*given, 0.0] if from_zero or not given else given
    low, high = min(anchors), max(anchors)
    step = nice_step(max((high - low) / steps, smallest, FINEST * max(abs(low), abs(high))))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    ticks = tuple(round(at * step, 9) for at in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def nice_step(rough: float) -> float:
    """The next round number that is not smaller: 1, 2, 2.5 or 5 times a power of ten."""
    if rough <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next((each for each in ROUND if each * power >= rough * 0.999999), 10)


def places_of(step: float) -> int:
    """How many digits after the point a step needs."""
    return next((places for places in range(9) if math.isclose(step, round(step, places))), 9)


def tidy(place: float) -> float:
    """Short enough for an attribute, exact enough for the eye."""
    return round(place, 2) + 0.0
