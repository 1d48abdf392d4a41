"""Nothing leads from what a cohort reads back to the pair that said it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from mentoring.meetings.models import Commitment, PublishedCommitment
from mentoring.meetings.operations.publishing import take_down
from tests.factories import create_owner, inside, login, url
from tests.meetings.reaching import create_large_cohort, look, publish, set_goal
from tests.pairings.people import deliver, main_of
from tests.pairings.test_stepping_out import create_pair

pytestmark = pytest.mark.usefixtures("committed_db")


def everywhere(needle: str) -> dict[str, int]:
    """In which tables the text stands in any column, as the role that owns them all."""
    found = {}
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS one WHERE one::text LIKE %s', [f"%{needle}%"]
            )
            if count := cursor.fetchone()[0]:
                found[table] = count
        transaction.set_rollback(True, using="owner")
    return found


def test_the_search_does_look_into_private_rows():
    *_, pairing = create_large_cohort()
    assert everywhere(str(pairing.pk)).keys() >= {"pairings_pairing", "outbox_message"}
    made = set_goal(pairing, "Talk less", by=pairing.mentor)
    assert everywhere(str(made.pk)) == {"meetings_goal": 1}


def test_no_row_of_any_table_leads_from_the_published_words_to_a_pair(client):
    ada, carl, pairing = create_large_cohort()
    commitment = publish(pairing, ada=ada, carl=carl)
    login(client, ada.member).post(
        url(ada.member, "commitment_move", commitment.pk), {"deed": "done", "seen": 1}
    )
    deliver(pairing.cohort, at=timezone.now() + timedelta(days=2))
    with inside(pairing.organization_id):
        (row,) = PublishedCommitment.objects.all()

    assert everywhere(str(row.pk)) == {
        "meetings_commitment": 1,
        "meetings_publishedcommitment": 1,
    }
    assert everywhere("youngest") == {"meetings_publishedcommitment": 1}


def test_taking_down_leaves_neither_key_nor_words(client):
    ada, carl, pairing = create_large_cohort()
    publish(pairing, ada=ada, carl=carl)
    owner = create_owner(pairing.cohort.organization)
    with inside(pairing.organization_id):
        (row,) = PublishedCommitment.objects.all()
        assert take_down(cohort=pairing.cohort, published_id=row.pk, actor=owner)
    assert everywhere(str(row.pk)) == {"meetings_commitment": 1}
    assert everywhere("youngest") == {}


def test_a_published_row_has_months_only_and_no_reference_to_people():
    fields = {field.name: field for field in PublishedCommitment._meta.get_fields()}
    assert fields.keys() == {"id", "organization", "cohort", "text", "month", "state", "done_month"}
    for name in ("month", "done_month"):
        assert fields[name].get_internal_type() == "DateField"
    assert not Commitment._meta.get_field("published_key").is_relation


def test_keys_and_order_follow_chance_and_not_the_time_of_publication(client):
    ada, carl, pairing = create_large_cohort()
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    texts = [f"Deed {number}" for number in range(12)]
    for number, text in enumerate(texts):
        publish(pairing, text, ada=ada, carl=carl, now=at + timedelta(days=number))
    with inside(pairing.organization_id):
        keys = {each.text: each.pk for each in PublishedCommitment.objects.all()}
    page = main_of(look(client, ada, "cohort_commitments", pairing.cohort_id))

    shown = sorted(texts, key=lambda text: page.index(f">{text}<"))
    assert {key.version for key in keys.values()} == {4}
    assert shown == sorted(texts, key=lambda text: keys[text])
    assert shown not in (texts, texts[::-1])


def test_the_database_makes_random_keys_itself():
    _ada, _carl, pairing = create_pair()
    with inside(pairing.organization_id), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO meetings_publishedcommitment (organization_id, cohort_id, text, month,"
            " state) VALUES (%s, %s, 'x', '2026-11-01', 'open') RETURNING id",
            [pairing.organization_id, pairing.cohort_id],
        )
        assert UUID(str(cursor.fetchone()[0])).version == 4
