"""What the messages of check-ins ask about many pairs at once."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from accounts.models import Organization
from mentoring.lib.clock import day_at, zone_named
from mentoring.pairings.models import Pairing


def introduced_on(pairings: Iterable[UUID]) -> dict[UUID, date]:
    """On which day of the organization each pair met for the first time. Two queries."""
    zone = zone_named(Organization.objects.get().time_zone)
    rows = Pairing.objects.filter(pk__in=set(pairings))
    return {key: day_at(at, zone) for key, at in rows.values_list("pk", "introduced_at") if at}
