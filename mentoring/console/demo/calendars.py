"""The days off of a demo organization: public ones of where it is, and one of its own."""

from datetime import date, datetime

from accounts.models import Member
from accounts.operations import holidays
from accounts.public_holidays import public_holidays
from mentoring.console.demo.places import Place
from mentoring.lib.clock import day_at, zone_named

WHERE = {
    "Europe/Berlin": ("DE", "BE"),
    "America/New_York": ("US", "NY"),
    "Asia/Tokyo": ("JP", ""),
    "Australia/Adelaide": ("AU", "SA"),
    "Europe/Vienna": ("AT", ""),
}
OWN = (6, 11, "Founder’s day")


def take_days_off(place: Place, *, owner: Member, mark: str, now: datetime) -> None:
    """The whole of this year and of the next."""
    country, region = WHERE[place.time_zone]
    this = day_at(now, zone_named(place.time_zone)).year
    days: dict[date, str] = {}
    for year in (this, this + 1):
        found = public_holidays(country, region, year, language=place.language)
        days |= {day: mark + name for day, name in found}
    month, day, name = OWN
    days.setdefault(date(this, month, day), mark + name)
    holidays.add_holidays(days=days, actor=owner, now=now)
