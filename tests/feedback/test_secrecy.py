"""Nobody reads feedback that is not theirs, not by SQL as the application's role either."""

import pytest
from django.db import ProgrammingError, connection, transaction

from accounts.models import AuditEvent
from mentoring.outbox.models import Message
from tests.checkins.test_secrecy import rows
from tests.factories import create_organization, create_owner, inside
from tests.feedback.people import KIND, create_ended, give, give_both, press, said_by
from tests.pairings.people import deliver

pytestmark = pytest.mark.django_db
EVERYTHING = "SELECT count(*) FROM feedback_answers"


def seen_by(pairing, member_id):
    with inside(pairing.organization_id, member_id=member_id):
        ((count,),) = rows(EVERYTHING)
        return count


def test_the_database_shows_drafts_and_sent_feedback_to_the_writer_alone(client):
    ada, carl, pairing = create_ended()
    owner = create_owner(ada.cohort.organization)
    press(client, ada, pairing, do="later")
    for _what in ("draft", "sent"):
        assert [seen_by(pairing, key) for key in (ada.member_id, carl.member_id)] == [1, 0]
        assert [seen_by(pairing, key) for key in (owner.pk, None)] == [0, 0]
        give(client, ada, pairing)
        deliver(pairing.cohort)


def test_once_opened_it_is_read_by_the_two_and_by_nobody_else(client):
    ada, carl, pairing = create_ended()
    owner = create_owner(ada.cohort.organization)
    give_both(client, ada, carl, pairing=pairing)
    assert [seen_by(pairing, key) for key in (ada.member_id, carl.member_id)] == [2, 2]
    assert [seen_by(pairing, key) for key in (owner.pk, None)] == [0, 0]
    with inside(create_organization()):
        assert rows(EVERYTHING) == [(0,)]
        assert rows("SELECT count(*) FROM feedback_response") == [(0,)]


def test_what_is_stored_is_not_what_was_written(client):
    ada, _carl, pairing = create_ended()
    give(client, ada, pairing)
    with inside(pairing.organization_id, member_id=ada.member_id):
        ((stored,),) = rows("SELECT text FROM feedback_answers")
    assert KIND not in stored
    assert "spoke up" not in stored


def test_nobody_changes_removes_or_opens_it_in_another_name(client):
    ada, carl, pairing = create_ended()
    give(client, ada, pairing)
    with inside(pairing.organization_id, member_id=carl.member_id):
        with connection.cursor() as cursor:
            for statement in (
                "UPDATE feedback_answers SET text = ''",
                "UPDATE feedback_answers SET reader_id = writer_id",
                "DELETE FROM feedback_answers",
            ):
                cursor.execute(statement)
                assert cursor.rowcount == 0
        ((response,),) = rows(
            "SELECT id FROM feedback_response WHERE member_id = %s", ada.member_id
        )
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows(
                "INSERT INTO feedback_answers (id, organization_id, response_id, writer_id, text)"
                " VALUES (uuidv7(), %s, %s, %s, 'x') RETURNING id",
                pairing.organization_id,
                response,
                ada.member_id,
            )
    assert said_by(ada, pairing) == [4, 4, 4, 4, KIND]


def test_no_message_and_no_audit_event_keeps_a_word(client):
    ada, carl, pairing = create_ended()
    give_both(client, ada, carl, pairing=pairing)
    with inside(pairing.organization_id):
        kept = [
            *Message.objects.values_list("kind", "occurrence", "detail"),
            *AuditEvent.objects.values_list("action", "subject_name", "details"),
        ]
    assert [each for each in kept if "spoke up" in str(each)] == []
