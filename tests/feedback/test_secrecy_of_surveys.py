"""Nobody reads what somebody else answers the program, not by SQL as the application's role."""

import pytest
from django.db import ProgrammingError, connection, transaction

from accounts.enums import Role
from accounts.models import AuditEvent
from mentoring.lib.ids import uuid7
from mentoring.outbox.models import Message
from mentoring.pairings.enums import LIVE
from programs.enums import Moment
from tests.factories import create_member, create_organization, create_owner, inside, login, url
from tests.feedback.surveying import WORDS, answer_all, answers_of, create_asked
from tests.pairings.people import deliver

pytestmark = pytest.mark.django_db
MOMENT = Moment.INTRODUCTION
EVERYTHING = "SELECT text FROM feedback_answers"


def rows(sql: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@pytest.fixture(params=[True, False], ids=["draft", "sent"])
def told(request):
    """Ada has answered, or begun to."""
    ada, carl, pairing = create_asked(MOMENT)
    answer_all(ada, pairing, MOMENT, is_draft=request.param)
    return ada, carl, pairing


def test_the_database_shows_answers_and_drafts_to_their_writer_alone(told):
    ada, carl, _pairing = told
    here = ada.member.organization
    others = [
        carl.member,
        create_owner(here),
        create_member(here, roles=[Role.PROGRAM_ADMIN]),
        create_member(here, roles=[Role.HR_ANALYST]),
    ]
    with inside(here, member_id=ada.member_id):
        assert len(rows(EVERYTHING)) == 1
    for member_id in (*(each.pk for each in others), None):
        with inside(here, member_id=member_id):
            assert rows(EVERYTHING) == []
            assert rows("SELECT 1 FROM feedback_releasedanswer") == []
    with inside(create_organization()):
        assert rows(EVERYTHING) == []
        assert rows("SELECT 1 FROM feedback_response") == []


def test_what_is_stored_says_nothing_to_whoever_holds_the_disk(told):
    ada, _carl, _pairing = told
    with inside(ada.organization_id, member_id=ada.member_id):
        ((text,),) = rows(EVERYTHING)
    for part in ("good", "answer", "{", ":"):
        assert part not in str(text)[10:]


def test_nobody_changes_removes_or_writes_answers_in_another_name(told):
    ada, carl, pairing = told
    with inside(pairing.organization_id, member_id=carl.member_id):
        with connection.cursor() as cursor:
            for sql in ("UPDATE feedback_answers SET text = 'x'", "DELETE FROM feedback_answers"):
                cursor.execute(sql)
                assert cursor.rowcount == 0
        ((response,),) = rows(
            "SELECT id FROM feedback_response WHERE member_id = %s", carl.member_id
        )
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows(
                "INSERT INTO feedback_answers (id, organization_id, response_id, writer_id, text)"
                " VALUES (%s, %s, %s, %s, 'x') RETURNING id",
                uuid7(),
                pairing.organization_id,
                response,
                ada.member_id,
            )
    assert answers_of(ada, pairing, MOMENT) == [1, WORDS]


def test_no_page_shows_it_to_anybody_else(client, told):
    _ada, carl, pairing = told
    here = carl.member.organization
    owner, analyst = create_owner(here), create_member(here, roles=[Role.HR_ANALYST])
    places = [
        (carl.member, "pair", pairing.pk),
        (carl.member, "pair_survey", pairing.pk, MOMENT.value),
        (carl.member, "organization"),
        (owner, "cohort_health", pairing.cohort_id),
        (owner, "cohort_outlook", pairing.cohort_id),
        (owner, "cohort_surveys", pairing.cohort_id),
        (owner, "message_log"),
        (analyst, "cohort_surveys", pairing.cohort_id),
    ]
    for member, view, *keys in places:
        answer = login(client, member).get(url(member, view, *keys))
        assert answer.status_code == 200
        assert "It’s" not in answer.text
        assert "Still deciding</dd>" not in answer.text
    for member in (owner, analyst):
        text = login(client, member).get(url(member, "cohort_surveys", pairing.cohort_id)).text
        assert ("Ada" in text, "Carl" in text) == (False, False)


def test_no_mail_no_message_and_no_audit_event_keeps_what_was_said(told):
    _ada, _carl, pairing = told
    deliver(pairing.cohort)
    with inside(pairing.organization_id):
        assert pairing.state in LIVE
        kept = [
            *Message.objects.values_list("kind", "occurrence", "detail"),
            *AuditEvent.objects.values_list("action", "subject_name", "details"),
        ]
    assert [each for each in kept if "good" in str(each) or "deciding" in str(each)] == []
