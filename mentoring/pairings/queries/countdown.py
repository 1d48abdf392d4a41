"""Which ends of pairs are still the ones that they were when a mail was planned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import Organization
from mentoring.lib.clock import day_at, zone_named
from mentoring.pairings.drift import AT_WORK
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import Rhythm, agreeing_of, rhythm_of
from mentoring.pairings.queries.mails import is_present, pairings_by_key
from programs.enums import Side


@dataclass(frozen=True, slots=True)
class End:
    """The end of a pair that is at work, and who of the two is there to think of it."""

    pairing: Pairing
    ends_on: date
    present: frozenset[Side]


def ends_of(keys: Iterable[UUID], *, now: datetime) -> Mapping[UUID, End]:
    """Pairs that neither rest nor look at a proposal of another end. Four queries."""
    today = day_at(now, zone_named(Organization.objects.get().time_zone))
    found = pairings_by_key(keys)
    pairings = [each for each in found.values() if each.state in AT_WORK]
    rhythms, agreeing = rhythm_of(pairings), agreeing_of(pairings)
    return {
        each.pk: End(
            each,
            ends_on,
            frozenset(side for side in Side if is_present(each.person(side), today)),
        )
        for each in pairings
        if (ends_on := rhythms[each.pk].ends_on)
        and not ((latest := agreeing.get(each.pk)) and latest.is_open)
    }


def rhythm_to_write(pairing: Pairing) -> Rhythm:
    """What counts for one pairing."""
    return rhythm_of([pairing])[pairing.pk]
