"""Changing when an organization writes to its people, as its admins do."""

from datetime import datetime
from typing import Any

from accounts.models import Member
from accounts.operations import settings
from tests.factories import inside


def change_sending(owner: Member, *, now: datetime, **changed: Any) -> None:
    """Change some of the hour and the days; the rest stays."""
    here = owner.organization
    with inside(here):
        here.refresh_from_db()
        values = {name: getattr(here, name) for name in settings.SENDING} | changed
        settings.change_sending(
            organization=here,
            version=settings.version_of(here, settings.SENDING),
            actor=owner,
            now=now,
            **values,
        )
