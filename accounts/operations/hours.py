"""Letting what is planned follow the organization's hours, free days and zone."""

from datetime import datetime

from django.db import transaction

from accounts.models import Organization
from accounts.signals import hours_changed
from mentoring.outbox.following import follow_organization


@transaction.atomic
def tell_new_hours(*, now: datetime) -> None:
    """Call it in the transaction that changes them."""
    follow_organization(now=now)
    hours_changed.send(Organization, now=now)
