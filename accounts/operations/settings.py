"""Changing how an organization is set up."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import transaction

from accounts.enums import Action
from accounts.models import Logo, Member, Organization
from accounts.operations.audit import record

GENERAL = ("name", "language", "time_zone")
APPEARANCE = ("accent", "logo_digest")
TERMS = ("terms",)


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
    return sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def change_general(
    *,
    organization: Organization,
    name: str,
    language: str,
    time_zone: str,
    version: str,
    actor: Member,
) -> Organization:
    """Set name, language and time zone. Raises ChangedMeanwhile."""
    current = _locked(organization, GENERAL, version)
    return _save(current, {"name": name, "language": language, "time_zone": time_zone}, actor)


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
    return _save(current, {"terms": terms}, actor)


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
    return _save(current, {"accent": accent, "logo_digest": digest}, actor)


def _locked(organization: Organization, section: tuple[str, ...], version: str) -> Organization:
    current = Organization.objects.select_for_update().get(pk=organization.pk)
    if version_of(current, section) != version:
        raise ChangedMeanwhile(current)
    return current


def _save(organization: Organization, values: Mapping[str, Any], actor: Member) -> Organization:
    changes = {}
    for name, value in values.items():
        before = getattr(organization, name)
        if before != value:
            changes[name] = [before, value]
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
    return organization
