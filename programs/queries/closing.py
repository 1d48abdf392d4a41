"""How a cohort stands before enrollment closes, for those who run it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import Member, Organization
from mentoring.lib.clock import day_at, zone_named
from programs.enums import Side
from programs.models import Cohort
from programs.post import address_of
from programs.queries.coordinators import runners_of
from programs.queries.funnel import Standing, standings_of
from programs.queries.reminders import closing_days


@dataclass(frozen=True, slots=True)
class Outlook:
    """Both sides of a cohort, and what is missing for everybody to find a partner.

    ``without_mentor`` are mentees for whom no mentor has a place left, and the other way round.
    """

    standings: dict[Side, Standing]

    @property
    def without_mentor(self) -> int:
        return self._without(Side.MENTEE, Side.MENTOR)

    @property
    def without_mentee(self) -> int:
        return self._without(Side.MENTOR, Side.MENTEE)

    def _without(self, side: Side, other: Side) -> int:
        own = self.standings[side]
        return max(0, own.approved - own.paused - self.standings[other].room)


def outlook_of(cohort: Cohort, *, now: datetime) -> Outlook:
    today = day_at(now, zone_named(Organization.objects.get().time_zone))
    return Outlook(standings_of([cohort.pk], today=today)[cohort.pk])


def still_run(keys: Iterable[UUID], *, now: datetime) -> dict[UUID, tuple[date | None, set[str]]]:
    """The cohorts among these that people can still join: until when, and who reads of it."""
    days = closing_days(keys, now=now)
    programs = dict(Cohort.objects.filter(pk__in=days).values_list("pk", "program"))
    readers = runners_of(set(programs.values()))
    return {
        key: (day, {address_of(each).lower() for each in readers[programs[key]]})
        for key, day in days.items()
    }


def cohort_to_write(key: UUID, address: str) -> tuple[Cohort, Member]:
    """A cohort, and who runs it and reads mail there. Raises DoesNotExist of one of the two."""
    cohort = Cohort.objects.select_related("program", "organization").get(pk=key)
    readers = runners_of([cohort.program_id])[cohort.program_id]
    found = (each for each in readers if address_of(each).lower() == address)
    if member := next(found, None):
        return cohort, member
    raise Member.DoesNotExist
