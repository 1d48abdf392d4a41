"""Half days at a place as half hours of a day in UTC.

The engine knows one day: a half hour is free when any weekday's half day covers it. A morning
is 08:00 to 12:00 at the person's place, an afternoon 13:00 to 17:00; who has ticked nothing has
the whole working day. Offsets are those of one day, so that clock changes move both people.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np

from mentoring.lib.clock import zone_named
from mentoring.matching.engine.arrays import Bools
from mentoring.matching.engine.cohort import HALF_HOURS
from mentoring.profiles.enums import Slot

PARTS = {"am": range(16, 24), "pm": range(26, 34)}  # half hours of the local day
HALF_HOUR = 30 * 60


def parts_of(slots: Iterable[str]) -> frozenset[str]:
    """Whether mornings, afternoons or both suit somebody."""
    return frozenset(Slot(each).value.rpartition("_")[2] for each in slots) or frozenset(PARTS)


def offset_of(zone: ZoneInfo, day: date) -> int:
    """Half hours ahead of UTC at noon of the day; quarters of an hour are rounded down."""
    at = datetime.combine(day, time(12), tzinfo=zone).utcoffset()
    return int(at.total_seconds() // HALF_HOUR) if at else 0


@cache
def half_hours(parts: frozenset[str], zone: str, day: date) -> Bools:
    """Which half hours of a day in UTC suit somebody; do not write into it."""
    free = np.zeros(HALF_HOURS, np.bool_)
    offset = offset_of(zone_named(zone), day)
    for part in parts:
        free[[(each - offset) % HALF_HOURS for each in PARTS[part]]] = True
    free.flags.writeable = False
    return free
