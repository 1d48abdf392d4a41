"""Where two people meet reaches nobody else, whatever is asked and by whom."""

import pytest
from django.db import connection

from accounts.enums import Role
from tests.accounts.logs import whole_log
from tests.factories import create_member, create_owner, inside
from tests.meetings.people import PLACE, create_pair, plan
from tests.meetings.test_assistants import create_assistant
from tests.pairings.people import deliver

pytestmark = pytest.mark.django_db


def places_read_by(organization_id, member_id) -> list[str]:
    """What the application's role reads itself, with this member in scope."""
    with inside(organization_id, member_id=member_id), connection.cursor() as cursor:
        cursor.execute("SELECT text FROM meetings_place")
        return [text for (text,) in cursor.fetchall()]


def test_the_database_shows_a_place_to_the_two_only_and_keeps_it_encrypted(client):
    ada, carl, pairing = create_pair()
    plan(pairing, by=ada, place=PLACE)
    here = pairing.cohort.organization
    others = [
        create_owner(here),
        create_member(here, roles=[Role.PROGRAM_ADMIN]),
        create_member(here, roles=[Role.HR_ANALYST]),
        create_assistant(client, carl),
    ]

    (stored,) = places_read_by(ada.organization_id, ada.member_id)

    assert places_read_by(ada.organization_id, carl.member_id) == [stored]
    assert "video.example" not in stored
    for nobody in (*(each.pk for each in others), None):
        assert places_read_by(ada.organization_id, nobody) == []


@pytest.mark.parametrize(
    "deed", ["UPDATE meetings_place SET text = ''", "DELETE FROM meetings_place"]
)
def test_nobody_else_changes_or_removes_it(deed):
    ada, _carl, pairing = create_pair()
    plan(pairing, by=ada, place=PLACE)
    owner = create_owner(pairing.cohort.organization)
    with inside(ada.organization_id, member_id=owner.pk), connection.cursor() as cursor:
        cursor.execute(deed)
        assert cursor.rowcount == 0
    assert len(places_read_by(ada.organization_id, ada.member_id)) == 1


def test_no_log_of_messages_names_it(client):
    ada, _carl, pairing = create_pair()
    plan(pairing, by=ada, place=PLACE)
    deliver(pairing.cohort)
    owner = create_owner(pairing.cohort.organization)
    log = whole_log(client, owner)
    assert "Meeting planned or moved" in log
    assert "video.example" not in log
