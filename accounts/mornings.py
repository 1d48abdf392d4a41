"""When people are reminded: at the organization's hour where each is, never on a free day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from accounts.models import Member, Organization
from accounts.queries.calendar import Hours, working_hours
from accounts.reaching import zone_name_of
from mentoring.lib.clock import day_at, instant, zone_named
from mentoring.outbox.almanac import Morning

DAY = timedelta(days=1)
# A worker may be late; then a mail at eleven is still better than one on the day after.
LATE = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Mornings:
    """Those of one organization; an hour that a clock change skips is the first after it."""

    organization: Organization
    hours: Hours

    @classmethod
    def here(cls) -> Self:
        """Of the organization in scope. Two queries: ask once for a portion of work."""
        return cls(Organization.objects.get(), working_hours())

    def on(self, day: date, member: Member) -> Morning:
        """The morning of the day, or of the next one on which people may be written to."""
        return Morning(day, self._at(self.hours.sending.on_or_after(day), member))

    def before(self, day: date, member: Member) -> Morning:
        """The last morning before the day."""
        return Morning(day - DAY, self._at(self.hours.sending.days_before(day, 1), member))

    def after(self, moment: datetime, member: Member) -> Morning:
        """The first morning that is not before the moment."""
        day = day_at(moment, self.zone_of(member))
        same_day = self.on(day, member)
        return same_day if same_day.at >= moment else self.on(day + DAY, member)

    def soonest(self, day: date, member: Member, *, now: datetime) -> Morning:
        """The morning of a working day; the next one when a free day has let it pass."""
        planned = Morning(day, self._at(day, member))
        return planned if planned.at > now - LATE else self.after(now, member)

    def zone_of(self, member: Member) -> ZoneInfo:
        """Where the person is."""
        return zone_named(zone_name_of(member, self.organization))

    def _at(self, day: date, member: Member) -> datetime:
        return instant(day, self.hours.reminder_hour, self.zone_of(member))
