"""Whom a mail reaches, in which language and zone, and where its button leads."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Member, Organization
from accounts.reaching import address_of, language_of, reading_as, zone_name_of
from accounts.terms import words_of
from mentoring.outbox.registry import CalendarPart, Letter
from programs.enums import Side

__all__ = [
    "absolute",
    "address_of",
    "enroll_path",
    "language_of",
    "letter_to",
    "no_thanks_path",
    "own_path",
    "reading_as",
    "zone_name_of",
]


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
        words = words_of(organization.terms)
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
