"""The words of an agreement are for the two alone: pages, SQL and keys."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.enums import Role
from mentoring.pairings.models import Agreement, AgreementText
from mentoring.pairings.queries.agreements import standing_of
from programs.enums import Side
from tests.factories import create_member, create_owner, inside, login, url
from tests.pairings.agreeing import OFFERS, SEEKS, TICKS, agree, create_pair, get, post, propose
from tests.pairings.agreeing import sent_by_form as fields
from tests.pairings.people import main_of
from tests.profiles.test_key_rotation import rotation

__all__ = ["rotation"]

WORDS = "SELECT offers, seeks FROM pairings_agreementtext"
READERS = {
    "owner": [Role.OWNER],
    "program admin": [Role.PROGRAM_ADMIN],
    "hr analyst": [Role.HR_ANALYST],
    "colleague": [],
}


def asked(organization_id, member_id, query: str = WORDS) -> list[tuple]:
    """What the application's role gets from the database as that member."""
    with inside(organization_id, member_id=member_id), connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


@pytest.mark.django_db
def test_the_two_read_the_words_and_they_lie_encrypted():
    pairing = create_pair()
    agree(pairing)
    (stored,) = asked(pairing.organization_id, pairing.mentor.member_id)

    assert asked(pairing.organization_id, pairing.mentee.member_id) == [stored]
    assert [part for part in ("tools", "juniors") if part in "".join(stored)] == []
    for who in (pairing.mentor, pairing.mentee):
        with inside(pairing.organization_id, member_id=who.member_id):
            terms = standing_of(pairing).current.terms
        assert (terms.offers, terms.seeks) == (OFFERS, SEEKS)


@pytest.mark.django_db
@pytest.mark.parametrize("roles", READERS.values(), ids=READERS)
def test_nobody_else_reads_changes_or_removes_them_by_sql(roles):
    pairing = create_pair()
    agree(pairing)
    other = create_member(pairing.mentor.member.organization, roles=roles)
    for member_id in (other.pk, None):
        with inside(pairing.organization_id, member_id=member_id):
            assert standing_of(pairing).history == []
        for query, found in (
            (WORDS, []),
            ("UPDATE pairings_agreementtext SET offers = ''", [(0,)]),
            ("DELETE FROM pairings_agreementtext", [(0,)]),
            ("SELECT cadence, minutes FROM pairings_agreement", [("monthly", 45)]),
        ):
            assert asked(pairing.organization_id, member_id, query) == found


@pytest.mark.django_db
def test_the_words_of_another_pair_are_as_closed_as_those_of_another_organization():
    pairing, far = create_pair(), create_pair()
    agree(pairing)
    agree(far)
    assert len(asked(far.organization_id, far.mentor.member_id)) == 1
    assert asked(pairing.organization_id, far.mentor.member_id) == []
    with inside(far.organization_id, member_id=far.mentor.member_id):
        assert Agreement.objects.count() == 1


@pytest.mark.django_db
def test_a_strangers_and_a_missing_agreement_give_the_same_bytes():
    pairing, far = create_pair(), create_pair()
    agree(pairing)
    propose(pairing, Side.MENTOR, minutes=60)
    strangers = [create_owner(pairing.mentor.member.organization), far.mentor.member]
    for stranger in strangers:
        client = login(Client(), stranger)
        for view, data in (
            ("", None),
            ("_propose", None),
            ("_propose", fields()),
            ("_confirm", {"version": 2, **TICKS}),
            ("_withdraw", {"version": 2}),
        ):
            answers = []
            for key in (pairing.pk, pairing.mentor.pk):
                address = url(stranger, f"pair_agreement{view}", key)
                answers.append(client.post(address, data) if data else client.get(address))
            assert [each.status_code for each in answers] == [404, 404]
            assert answers[0].content == answers[1].content
    with inside(pairing.organization_id):
        assert Agreement.objects.filter(in_force_at=None).count() == 1


@pytest.mark.django_db
def test_the_page_says_who_can_see_what_and_shows_no_aims(client):
    pairing = create_pair()
    page = main_of(get(client, pairing.mentor, pairing, "propose"))
    assert "is for Carl and you alone. It is encrypted" in page
    assert "see how often and how long you meet, until when" in page


def test_after_a_rotation_both_still_read(rotation, capsys):
    pairing = create_pair()
    agree(pairing)
    (before,) = asked(pairing.organization_id, pairing.mentee.member_id)

    rotation.begin()
    call_command("renew_secrets")
    rotation.forget_old_key()

    assert "3 private texts" in capsys.readouterr().out
    (after,) = asked(pairing.organization_id, pairing.mentee.member_id)
    assert not set(before) & set(after)
    for who in (pairing.mentor, pairing.mentee):
        assert "tools" in main_of(get(Client(), who, pairing))


BROKEN = {
    "pairings_agreement_version": "INSERT INTO pairings_agreement SELECT (jsonb_populate_record(a,"
    " jsonb_build_object('id', uuidv7(), 'withdrawn_at', now()))).* FROM pairings_agreement a"
    " WHERE version = 2",
    "pairings_agreement_open_once": "INSERT INTO pairings_agreement SELECT"
    " (jsonb_populate_record(a, jsonb_build_object('id', uuidv7(), 'version', 3))).*"
    " FROM pairings_agreement a WHERE version = 2",
    "pairings_agreement_in_force_once": "UPDATE pairings_agreement SET mentor_confirmed_at = now(),"
    " in_force_at = now() WHERE version = 2",
    "pairings_agreement_both": "UPDATE pairings_agreement SET in_force_at = now()"
    " WHERE version = 2",
    "pairings_agreement_proposer": "UPDATE pairings_agreement SET mentee_confirmed_at = NULL"
    " WHERE version = 2",
    "pairings_agreement_withdrawn": "UPDATE pairings_agreement SET withdrawn_at = now()"
    " WHERE version = 1",
    "pairings_agreement_first": "UPDATE pairings_agreement SET version = 0 WHERE version = 2",
    "pairings_agreement_cadence": "UPDATE pairings_agreement SET cadence = 'daily'",
    "pairings_agreement_minutes": "UPDATE pairings_agreement SET minutes = 0",
    "pairings_agreement_ends_on": "UPDATE pairings_agreement SET ends_on = proposed_on",
    "pairings_agreement_text_once": "INSERT INTO pairings_agreementtext SELECT"
    " (jsonb_populate_record(t, jsonb_build_object('id', uuidv7()))).*"
    " FROM pairings_agreementtext t",
}


@pytest.mark.django_db
@pytest.mark.parametrize(("constraint", "statement"), BROKEN.items(), ids=list(BROKEN))
def test_the_database_refuses_what_cannot_be(constraint, statement):
    pairing = create_pair()
    agree(pairing)
    propose(pairing, Side.MENTEE, minutes=60)
    with inside(pairing.organization_id, member_id=pairing.mentor.member_id):
        with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
            connection.cursor().execute(statement)
        assert AgreementText.objects.count() == 2


@pytest.mark.django_db
def test_an_end_more_than_three_years_ahead_is_refused_too():
    pairing = create_pair()
    agree(pairing)
    statement = "UPDATE pairings_agreement SET ends_on = proposed_on + 1100"
    with pytest.raises(IntegrityError, match="ends_on"), inside(pairing.organization_id):
        connection.cursor().execute(statement)


@pytest.mark.django_db
def test_messages_about_it_are_named_by_a_number_only(client):
    pairing = create_pair()
    post(client, pairing.mentor, pairing, "propose", fields())
    rows = asked(
        pairing.organization_id,
        None,
        "SELECT kind, occurrence FROM outbox_message WHERE kind LIKE '%agreement%' ORDER BY kind",
    )
    assert rows == [
        (f"pairings.agreement_{what}{bell}", "1")
        for what in ("proposed", "waiting")
        for bell in ("", ".bell")
    ]
