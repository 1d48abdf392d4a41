"""A member who gets mails, kept in a folder."""

from datetime import UTC, datetime

import pytest

from accounts.models import Member
from mentoring.outbox import registry
from tests.factories import create_member, create_organization
from tests.notices.people import Notes
from tests.programs.people.conftest import mails

__all__ = ["mails"]

# A Tuesday.
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def notes(monkeypatch) -> Notes:
    notes = Notes()
    kinds = dict(registry._kinds)
    notes.register(kinds)
    monkeypatch.setattr(registry, "_kinds", kinds)
    return notes


@pytest.fixture
def ada(notes) -> Member:
    organization = create_organization("Halden", time_zone="Europe/Berlin")
    return create_member(organization, name="Ada", email="ada@example.org")
