"""Where and how mail reaches a member: which address, which language, which time zone."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import override

from accounts.models import Member, Organization
from mentoring.lib.clock import zone_named

# Where `zone_name_of` looks, in its order, for queries that ask about many members.
ZONE_FIELDS = ("user__time_zone", "time_zone", "location__time_zone", "organization__time_zone")


def address_of(member: Member) -> str:
    """Where mail goes: the address that the person signs in with, else the record's."""
    return member.user.email if member.user else member.email


def zone_name_of(member: Member, organization: Organization) -> str:
    """The zone of the person, else of the place of work, else of the organization."""
    own = member.user.time_zone if member.user else ""
    place = member.location.time_zone if member.location else ""
    return zone_named(own, member.time_zone, place, organization.time_zone).key


def language_of(member: Member, organization: Organization) -> str:
    return (member.user.language if member.user else "") or organization.language


@contextmanager
def reading_as(member: Member, organization: Organization) -> Iterator[None]:
    """Words and times as this person reads them, where nobody has signed in."""
    zone = zone_name_of(member, organization)
    with override(language_of(member, organization)), timezone.override(zone):
        yield
