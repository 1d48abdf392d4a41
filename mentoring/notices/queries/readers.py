"""Who reads at an address, and what the person wants."""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Value
from django.db.models.functions import Concat, Lower

from accounts.models import Holiday, Member, User
from accounts.queries.calendar import Hours as Week
from accounts.queries.calendar import zones_of
from accounts.reaching import ZONE_FIELDS
from mentoring.lib.clock import zone_named
from mentoring.lib.workdays import WorkingCalendar
from mentoring.notices.enums import Frequency, Way
from mentoring.notices.hours import Hours
from mentoring.notices.models import TurnedOff

WISHES = ("quiet_from", "quiet_to", "spares_free_days", "digest", "paused_until")
WEEK = ("reminder_hour", "working_days", "sends_on_free_days")
WEEKS = [f"organization__{name}" for name in WEEK]
# There is one row at most.
JOINED = [f"delivery_rows__{name}" for name in WISHES]
OWN = ("pk", "user", "address", "organization__slug", "off", "holidays")
COLUMNS = [*OWN, *ZONE_FIELDS, *WEEKS, *JOINED]


@dataclass(frozen=True, slots=True)
class Reader:
    """A member behind an address. Who has no user gets mail, but sees no page."""

    member_id: UUID
    has_user: bool
    slug: str
    hours: Hours
    turned_off: frozenset[str]

    def wants(self, kind: str, way: Way) -> bool:
        return f"{way}:{kind}" not in self.turned_off


def readers_at(addresses: Iterable[str]) -> dict[str, Reader]:
    """The members whose addresses these are, in small letters; two queries however many."""
    wanted = set(addresses)
    owners = _owners(wanted)
    turned_off = TurnedOff.objects.filter(member=OuterRef("pk")).order_by()
    rows = (
        Member.objects.annotate(address=Lower("email"))
        .filter(Q(user__in=set(owners.values())) | Q(address__in=wanted))
        .annotate(
            off=ArraySubquery(
                turned_off.annotate(name=Concat("way", Value(":"), "kind")).values("name")
            ),
            holidays=ArraySubquery(Holiday.objects.order_by().values("date")),
        )
        .values(*COLUMNS)
    )
    found = [(row["user"], row["address"], _reader(row)) for row in rows]
    by_user = {user: reader for user, _address, reader in found if user}
    by_record = {address: reader for _user, address, reader in found}
    return {
        address: reader
        for address in wanted
        if (reader := by_user.get(owners.get(address)) or by_record.get(address))
    }


def addresses_of(member: Member) -> set[str]:
    """Every address at which mail reaches the member, in small letters."""
    found = {member.email.lower()}
    if member.user_id:
        own = EmailAddress.objects.filter(user=member.user_id).values_list("email", flat=True)
        user = User.objects.filter(pk=member.user_id).values_list("email", flat=True)
        found |= {each.lower() for each in own.union(user)}
    return found


def recipients_of(member_ids: Collection[UUID]) -> AbstractSet[str]:
    """Every address of these few members, and their keys: some effects name those instead."""
    found = {str(each) for each in member_ids}
    for member in Member.objects.filter(pk__in=member_ids):
        found |= addresses_of(member)
    return found


def zones_at(recipients: AbstractSet[str]) -> Mapping[str, str]:
    """The zone of the member behind each address or key; three queries however many."""
    addresses = {each for each in recipients if "@" in each}
    keys = {UUID(each) for each in recipients - addresses}
    zones = {str(key): zone for key, zone in zones_of(keys).items()} if keys else {}
    readers = readers_at(addresses)
    return zones | {address: each.hours.zone.key for address, each in readers.items()}


def _owners(addresses: set[str]) -> dict[str, UUID]:
    users = User.objects.annotate(address=Lower("email"), rank=Value(1))
    more = EmailAddress.objects.filter(verified=True, email__in=addresses)
    rows = (
        users.filter(address__in=addresses)
        .values_list("address", "pk", "rank")
        .union(more.values_list("email", "user_id", Value(0)))
        .order_by("rank")
    )
    return {address: user for address, user, _rank in rows}


def _week(row: dict[str, Any]) -> Week:
    hour, weekdays, on_free_days = (row[name] for name in WEEKS)
    working = WorkingCalendar(frozenset(weekdays), frozenset(row["holidays"]))
    return Week(hour, working, on_free_days)


def _reader(row: dict[str, Any]) -> Reader:
    wishes = {name: row[f"delivery_rows__{name}"] for name in WISHES}
    wishes["spares_free_days"] = bool(wishes["spares_free_days"])
    wishes["digest"] = wishes["digest"] or Frequency.NEVER
    return Reader(
        member_id=row["pk"],
        has_user=row["user"] is not None,
        slug=row["organization__slug"],
        hours=Hours(
            zone=zone_named(*(row[name] or "" for name in ZONE_FIELDS)), week=_week(row), **wishes
        ),
        turned_off=frozenset(row["off"]),
    )
