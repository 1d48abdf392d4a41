"""Whom a mail reaches, in which language and zone, and where its button leads."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Member, Organization
from accounts.terms import Form, Term, word_for
from mentoring.lib.clock import zone_named
from mentoring.outbox.registry import CalendarPart, Letter
from programs.enums import Side


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


def letter_to(
    member: Member,
    organization: Organization,
    context: Mapping[str, Any],
    *,
    reply_to: str = "",
    calendar: CalendarPart | None = None,
) -> Letter:
    """A letter to one member; its templates also know the organization's own words."""
    language = language_of(member, organization)
    with override(language):
        words = {
            f"{term}_{form}": word_for(organization.terms, term, form)
            for term in Term
            for form in Form
        }
    return Letter(
        to=(str(member), address_of(member)),
        language=language,
        time_zone=zone_name_of(member, organization),
        context={"name": str(member), "organization": organization.name, **words, **context},
        headers={"Reply-To": reply_to} if reply_to else {},
        calendar=calendar,
    )


def enroll_path(slug: str, cohort_id: UUID, side: Side | str) -> str:
    return reverse("enroll", args=[slug, cohort_id, str(side)])


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def no_thanks_path(slug: str, cohort_id: UUID) -> str:
    return reverse("cohort_no_thanks", args=[slug, cohort_id])


def own_path(slug: str) -> str:
    """Where people see what they take part in."""
    return reverse("taking_part", args=[slug])
