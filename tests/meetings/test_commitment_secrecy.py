"""Goals and drafts are for two people; what is published leads back to nobody."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.enums import Role
from mentoring.lib.ids import uuid7
from mentoring.meetings.models import PublishedCommitment
from tests.accounts.logs import whole_log
from tests.factories import create_member, create_owner, inside, login, url
from tests.meetings.reaching import (
    WORDS,
    ask,
    create_large_cohort,
    create_more_pairs,
    publish,
    published,
    set_goal,
    write,
)
from tests.meetings.test_assistants import create_assistant
from tests.pairings.people import deliver
from tests.profiles.test_key_rotation import rotation

__all__ = ["rotation"]
pytestmark = pytest.mark.django_db
PRIVATE = ("meetings_goal", "meetings_commitment")
SECRET = "The <reorganization> worries me"


def create_secrets(client):
    """A goal and a draft, and everybody who is near or has power."""
    ada, carl, pairing = create_large_cohort()
    goal, draft = set_goal(pairing, SECRET, by=ada), write(pairing, SECRET, by=carl)
    here = pairing.cohort.organization
    (other,) = create_more_pairs(pairing, 1)
    return (
        goal,
        draft,
        pairing,
        {
            "owner": create_owner(here),
            "program admin": create_member(here, roles=[Role.PROGRAM_ADMIN]),
            "HR analyst": create_member(here, roles=[Role.HR_ANALYST]),
            "assistant": create_assistant(client, carl),
            "member": create_member(here),
            "mentor of another pair": other.mentor.member,
        },
    )


def count_in(table, organization_id, member_id) -> int:
    with inside(organization_id, member_id=member_id), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_the_database_shows_them_to_the_two_only_and_keeps_them_encrypted(client):
    _goal, _draft, pairing, strangers = create_secrets(client)
    for table in PRIVATE:
        for nobody in (*(each.pk for each in strangers.values()), None):
            assert count_in(table, pairing.organization_id, nobody) == 0
        for side in (pairing.mentor, pairing.mentee):
            assert count_in(table, pairing.organization_id, side.member_id) == 1
            with (
                inside(pairing.organization_id, member_id=side.member_id),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"SELECT text FROM {table}")
                assert "reorganization" not in cursor.fetchone()[0]


@pytest.mark.parametrize("table", PRIVATE)
def test_nobody_else_changes_or_removes_them(client, table):
    _goal, _draft, pairing, strangers = create_secrets(client)
    for member in strangers.values():
        with (
            inside(pairing.organization_id, member_id=member.pk),
            connection.cursor() as cursor,
        ):
            for deed in (f"UPDATE {table} SET text = 'x'", f"DELETE FROM {table}"):
                cursor.execute(deed)
                assert cursor.rowcount == 0


def test_to_everybody_else_their_pages_are_like_those_that_do_not_exist(client):
    goal, draft, pairing, strangers = create_secrets(client)
    missing = uuid7()
    pages = [
        ("get", "pair_goals", pairing.pk),
        ("post", "pair_goals", pairing.pk),
        ("get", "goal_edit", goal.pk),
        ("post", "goal_edit", goal.pk),
        ("post", "goal_move", goal.pk),
        ("get", "commitment_new", pairing.pk),
        ("post", "commitment_new", pairing.pk),
        ("get", "commitment_edit", draft.pk),
        ("post", "commitment_edit", draft.pk),
        ("post", "commitment_move", draft.pk),
    ]
    for who, member in strangers.items():
        login(client, member)
        for method, view, key in pages:
            data = {"text": "x", "seen": 1, "deed": "discard", "state": "done"}
            answers = [
                getattr(client, method)(url(member, view, each), data) for each in (key, missing)
            ]
            assert [each.status_code for each in answers] == [404, 404], (who, view)
            assert answers[0].content == answers[1].content, (who, view)


def test_no_log_and_no_number_page_has_a_word_of_them(client):
    _goal, draft, pairing, strangers = create_secrets(client)
    ask(draft, by=pairing.mentee)
    deliver(pairing.cohort, at=timezone.now() + timedelta(minutes=3))
    owner = strangers["owner"]
    login(client, owner)
    for page in (
        whole_log(client, owner),
        client.get(url(owner, "audit_log")).text,
        client.get(url(owner, "cohort_pairs", pairing.cohort_id)).text,
        client.get(url(owner, "cohort_commitments", pairing.cohort_id)).text,
    ):
        assert "reorganization" not in page
    log = whole_log(client, owner)
    rows = "".join(part.split("</tbody")[0] for part in log.split("<tbody")[1:])
    assert "Somebody wrote in a pair" in rows
    # The work that lets wordings out is the cohort's, and says nothing of a pair.
    assert "ommitment" not in rows.replace("Time to look whether commitments can be published", "")


def test_the_filter_of_the_log_cannot_tell_them_from_messages(client):
    _goal, draft, pairing, strangers = create_secrets(client)
    ask(draft, by=pairing.mentee)
    deliver(pairing.cohort, at=timezone.now() + timedelta(minutes=3))
    owner = strangers["owner"]
    pages = [
        login(client, owner).get(url(owner, "message_log"), {"tab": "sent", "kind": kind}).text
        for kind in ("", "pairings.message", "meetings.commitment_proposed")
    ]
    assert [page.count("Somebody wrote in a pair</a>") for page in pages] == [2, 2, 2]
    assert 'value="meetings.commitment_proposed"' not in pages[0]


def test_another_organization_is_shown_nothing(client):
    ada, carl, pairing = create_large_cohort()
    publish(pairing, ada=ada, carl=carl)
    stranger = create_owner()
    assert published(pairing) == [WORDS]
    with inside(stranger.organization_id, member_id=stranger.pk):
        assert list(PublishedCommitment.objects.all()) == []
    page = login(client, stranger).get(url(stranger, "cohort_commitments", pairing.cohort_id))
    assert page.status_code == 404
