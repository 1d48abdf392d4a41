"""Changing how an organization is set up."""

import json
from collections.abc import Mapping
from datetime import datetime, time
from hashlib import sha256
from typing import Any

from django.db import transaction

from accounts.enums import Action
from accounts.models import Logo, Member, Organization
from accounts.operations.audit import record
from accounts.operations.hours import tell_new_hours

GENERAL = ("name", "language", "time_zone")
APPEARANCE = ("accent", "logo_digest")
TERMS = ("terms",)
SENDING = ("reminder_hour", "working_days", "sends_on_free_days")


class ChangedMeanwhile(Exception):
    """Somebody else saved the same settings since the person began to type."""

    def __init__(self, organization: Organization) -> None:
        super().__init__(organization)
        self.organization = organization


def version_of(organization: Organization, section: tuple[str, ...]) -> str:
    """What tells two states of one group of settings apart.

    Made of the values instead of a time, so that saving one group is no conflict for
    somebody who edits another.
    """
    values = [getattr(organization, name) for name in section]
    return sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


@transaction.atomic
def change_general(
    *,
    organization: Organization,
    name: str,
    language: str,
    time_zone: str,
    version: str,
    actor: Member,
    now: datetime,
) -> Organization:
    """Set name, language and time zone. Raises ChangedMeanwhile."""
    current = _locked(organization, GENERAL, version)
    is_elsewhere = current.time_zone != time_zone
    _save(current, {"name": name, "language": language, "time_zone": time_zone}, actor)
    if is_elsewhere:
        tell_new_hours(now=now)
    return current


@transaction.atomic
def change_sending(
    *,
    organization: Organization,
    reminder_hour: time,
    working_days: list[int],
    sends_on_free_days: bool,
    version: str,
    actor: Member,
    now: datetime,
) -> Organization:
    """Set the hour and the days on which people are written to. Raises ChangedMeanwhile."""
    current = _locked(organization, SENDING, version)
    values = (reminder_hour, sorted(working_days), sends_on_free_days)
    if _save(current, dict(zip(SENDING, values, strict=True)), actor):
        tell_new_hours(now=now)
    return current


@transaction.atomic
def change_terms(
    *,
    organization: Organization,
    terms: dict[str, dict[str, str]],
    version: str,
    actor: Member,
) -> Organization:
    """Set the organization's own words. Raises ChangedMeanwhile."""
    current = _locked(organization, TERMS, version)
    _save(current, {"terms": terms}, actor)
    return current


@transaction.atomic
def change_appearance(
    *,
    organization: Organization,
    accent: str,
    logo: bytes | None,
    remove_logo: bool,
    version: str,
    actor: Member,
) -> Organization:
    """Set the accent color and, when given, the logo (a PNG from `accounts.logos`).

    A new logo wins over ``remove_logo``. Raises ChangedMeanwhile.
    """
    current = _locked(organization, APPEARANCE, version)
    digest = current.logo_digest
    if logo:
        digest = sha256(logo).hexdigest()
        Logo.objects.update_or_create(
            organization=current, defaults={"png": logo, "digest": digest}
        )
    elif remove_logo:
        digest = ""
        Logo.objects.all().delete()
    _save(current, {"accent": accent, "logo_digest": digest}, actor)
    return current


def _locked(organization: Organization, section: tuple[str, ...], version: str) -> Organization:
    current = Organization.objects.select_for_update().get(pk=organization.pk)
    if version_of(current, section) != version:
        raise ChangedMeanwhile(current)
    return current


def _save(organization: Organization, values: Mapping[str, Any], actor: Member) -> bool:
    """Whether there was anything to change."""
    changes = {}
    for name, value in values.items():
        before = getattr(organization, name)
        if before != value:
            changes[name] = [_plain(before), _plain(value)]
            setattr(organization, name, value)
    if changes:
        organization.save()
        record(
            actor=actor,
            action=Action.ORGANIZATION_CHANGED,
            subject_id=organization.pk,
            subject_name=organization.name,
            details=changes,
        )
    return bool(changes)


def _plain(value: Any) -> Any:
    """As the audit log keeps it."""
    return f"{value:%H:%M}" if isinstance(value, time) else value
