"""Nobody reads what somebody else answered, not by SQL as the application's role either."""

import pytest
from django.db import ProgrammingError, connection, transaction

from accounts.models import AuditEvent
from mentoring.outbox.models import Message
from tests.checkins.people import create_asked, said_by, say
from tests.factories import create_organization, create_owner, inside

pytestmark = pytest.mark.django_db


def rows(sql: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def test_the_database_shows_an_answer_to_its_writer_alone(client):
    ada, carl, pairing = create_asked()
    owner = create_owner(ada.cohort.organization)
    say(client, ada, pairing, "help", who="keep")
    everything = "SELECT said FROM checkins_answer"
    with inside(pairing.organization_id, member_id=ada.member_id):
        assert rows(everything) == [("help",)]
    for member_id in (carl.member_id, owner.pk, None):
        with inside(pairing.organization_id, member_id=member_id):
            assert rows(everything) == []
    other = create_organization()
    with inside(other):
        assert rows(everything) == []
        assert rows("SELECT 1 FROM checkins_checkin") == []
        assert rows("SELECT 1 FROM checkins_ownday") == []


def test_nobody_changes_removes_or_writes_an_answer_in_another_name(client):
    ada, carl, pairing = create_asked()
    say(client, ada, pairing, "help", who="keep")
    with inside(pairing.organization_id, member_id=carl.member_id):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE checkins_answer SET said = 'well'")
            assert cursor.rowcount == 0
            cursor.execute("DELETE FROM checkins_answer")
            assert cursor.rowcount == 0
        (check_in,) = rows("SELECT id FROM checkins_checkin WHERE member_id = %s", ada.member_id)[0]
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows(
                "INSERT INTO checkins_answer"
                " (id, organization_id, check_in_id, member_id, said, at)"
                " VALUES (uuidv7(), %s, %s, %s, 'well', now()) RETURNING id",
                pairing.organization_id,
                check_in,
                ada.member_id,
            )
    assert said_by(ada, pairing) == ["help"]


def test_no_message_and_no_audit_event_keeps_what_was_said(client):
    ada, _carl, pairing = create_asked()
    for said in ("well", "help"):
        say(client, ada, pairing, said, who="keep")
    with inside(pairing.organization_id):
        kept = [
            *Message.objects.values_list("kind", "occurrence", "detail"),
            *AuditEvent.objects.values_list("action", "subject_name", "details"),
        ]
    assert [each for each in kept if "help" in str(each) or "well" in str(each)] == []
