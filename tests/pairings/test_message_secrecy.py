"""Messages are for the two of a pair, concerns for two people: on pages and in the database."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection
from django.utils import timezone

from accounts.enums import Role
from mentoring.lib.encryption import decrypt
from mentoring.lib.ids import uuid7
from mentoring.pairings.enums import ConcernKind
from mentoring.pairings.operations.concerns import look_into, raise_concern
from mentoring.pairings.sealed import CONCERN, CONCERN_MESSAGE, CONCERN_NOTE, MESSAGE
from tests.accounts.logs import whole_log
from tests.factories import create_member, create_owner, inside, login, url
from tests.pairings.people import answer, days, deliver, propose
from tests.pairings.talking import say, texts_of
from tests.pairings.test_stepping_out import create_pair, name_contact, others

pytestmark = pytest.mark.django_db
SECRET = "The <reorganization> worries me, it's hard."
TABLES = ("pairings_pairmessage", "pairings_concern", "pairings_concernnote")


def raised(reporter, pairing, *, message=None, text=SECRET, days_ago=0):
    with inside(pairing.organization_id, member_id=reporter.member_id):
        return raise_concern(
            pairing=pairing,
            side=pairing.side_of(reporter.member_id),
            kind=ConcernKind.UNKIND,
            text=text,
            nonce=uuid4(),
            now=timezone.now() - days(days_ago),
            message=message,
        )


def create_talk():
    """Ada and Carl; Ada has raised a concern about Carl's message, and Nora has noted something."""
    ada, carl, pairing = create_pair()
    nora = create_member(pairing.cohort.organization, name="Nora", roles=[Role.HR_ANALYST])
    name_contact(pairing, nora)
    pairing.cohort.program.concern_contact = nora
    message = say(carl, pairing, SECRET)
    concern = raised(ada, pairing, message=message)
    with inside(pairing.organization_id, member_id=nora.pk):
        look_into(concern=concern, note=SECRET, now=timezone.now())
    return ada, carl, nora, pairing, message, concern


def strangers(pairing):
    """Everybody who has power or is near, and must see nothing."""
    here = pairing.cohort.organization
    manager = create_member(here, name="Manager")
    with inside(here):
        type(manager).objects.filter(pk=pairing.mentor.member_id).update(manager=manager)
    ben, dora = others(pairing)
    propose((ben, dora))
    return {
        "owner": create_owner(here),
        "program admin": create_member(here, roles=[Role.PROGRAM_ADMIN]),
        "HR analyst": create_member(here, roles=[Role.HR_ANALYST]),
        "manager": manager,
        "member": create_member(here),
        "mentor of another pair": ben.member,
    }


def counts_for(pairing, member_id) -> list[int]:
    with inside(pairing.organization_id, member_id=member_id), connection.cursor() as cursor:
        found = []
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(cursor.fetchone()[0])
        return found


def test_the_database_shows_each_row_to_its_people_only():
    ada, carl, nora, pairing, *_ = create_talk()
    seen = {who: counts_for(pairing, each.pk) for who, each in strangers(pairing).items()}

    assert set(map(tuple, seen.values())) == {(0, 0, 0)}
    assert counts_for(pairing, None) == [0, 0, 0]
    assert counts_for(pairing, ada.member_id) == [1, 1, 0]
    assert counts_for(pairing, carl.member_id) == [1, 0, 0]
    assert counts_for(pairing, nora.pk) == [0, 1, 1]


def test_nobody_else_changes_or_removes_a_row_either():
    _ada, carl, nora, pairing, *_ = create_talk()
    touched = []
    for member_id, tables in (
        (create_owner(pairing.cohort.organization).pk, TABLES),
        (None, TABLES),
        (carl.member_id, TABLES[1:]),
        (nora.pk, TABLES[:1]),
    ):
        with inside(pairing.organization_id, member_id=member_id), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"UPDATE {table} SET text = 'x'")
                touched.append(cursor.rowcount)
                cursor.execute(f"DELETE FROM {table}")
                touched.append(cursor.rowcount)

    assert set(touched) == {0}
    assert texts_of(pairing, carl.member) == [SECRET]


def test_nobody_writes_in_the_name_of_two_others():
    ada, carl, pairing = create_pair()
    stranger = create_member(pairing.cohort.organization)
    row = {
        "organization_id": pairing.organization_id,
        "pairing_id": pairing.pk,
        "writer_id": ada.member_id,
        "reader_id": carl.member_id,
        "text": "x",
        "nonce": uuid7(),
        "bundle": uuid7(),
        "written_at": timezone.now(),
    }
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        inside(pairing.organization_id, member_id=stranger.pk),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"INSERT INTO pairings_pairmessage ({', '.join(row)})"
            f" VALUES ({', '.join(['%s'] * len(row))})",
            list(row.values()),
        )


def test_all_texts_lie_encrypted_each_with_a_key_of_its_own():
    ada, _carl, nora, pairing, *_ = create_talk()
    stored = {}
    for member_id, wanted in (
        (ada.member_id, {MESSAGE: "pairings_pairmessage.text"}),
        (
            ada.member_id,
            {CONCERN: "pairings_concern.text", CONCERN_MESSAGE: "pairings_concern.message_text"},
        ),
        (nora.pk, {CONCERN_NOTE: "pairings_concernnote.text"}),
    ):
        with inside(pairing.organization_id, member_id=member_id), connection.cursor() as cursor:
            for purpose, column in wanted.items():
                table, name = column.split(".")
                cursor.execute(f"SELECT {name} FROM {table}")
                ((stored[purpose],),) = cursor.fetchall()

    assert [each for each in stored.values() if "worries" in each or "hard" in each] == []
    texts = {purpose: decrypt(each, purpose=purpose) for purpose, each in stored.items()}
    assert texts == dict.fromkeys((MESSAGE, CONCERN, CONCERN_MESSAGE, CONCERN_NOTE), SECRET)


@pytest.mark.parametrize(
    "who",
    ["owner", "program admin", "HR analyst", "manager", "member", "mentor of another pair"],
)
def test_whoever_is_not_of_the_pair_gets_the_bytes_of_a_missing_page(client, who):
    _ada, _carl, _nora, pairing, message, concern = create_talk()
    stranger = strangers(pairing)[who]
    login(client, stranger)
    missing = uuid7()
    pages = [
        ("get", "pair_messages", (pairing.pk,), (missing,)),
        ("post", "pair_messages", (pairing.pk,), (missing,)),
        ("post", "pair_message_take_back", (pairing.pk, message.pk), (missing, missing)),
        ("get", "pair_concern", (pairing.pk,), (missing,)),
        ("post", "pair_concern", (pairing.pk,), (missing,)),
        ("get", "concern", (concern.pk,), (missing,)),
        ("post", "concern", (concern.pk,), (missing,)),
    ]
    for method, view, known, unknown in pages:
        answers = [
            getattr(client, method)(url(stranger, view, *keys), {"text": "Hello."})
            for keys in (known, unknown)
        ]
        assert [each.status_code for each in answers] == [404, 404], view
        assert answers[0].content == answers[1].content, view
    assert SECRET[:10] not in client.get(url(stranger, "concerns")).text


def test_a_message_of_another_pair_cannot_be_taken_along_in_a_concern(client):
    ada, _carl, _nora, pairing, message, _concern = create_talk()
    ben, dora = others(pairing)
    (other,) = propose((ben, dora))
    for each in (dora, ben):
        answer(client, each, other)

    page = login(client, ben.member).get(
        url(ben.member, "pair_concern", other.pk), {"about": str(message.pk)}
    )
    own = login(client, ada.member).get(
        url(ada.member, "pair_concern", pairing.pk), {"about": str(message.pk)}
    )

    assert page.status_code == 200
    assert "reorganization" not in page.text
    assert "reorganization" in own.text


def test_no_mail_and_no_log_has_a_word_of_it(client, mails):
    _ada, _carl, _nora, pairing, *_ = create_talk()
    deliver(pairing.cohort, at=timezone.now() + days(0.01))
    owner = create_owner(pairing.cohort.organization)
    login(client, owner)

    pages = [
        whole_log(client, owner),
        client.get(url(owner, "audit_log")).text,
        client.get(url(owner, "cohort_pairs", pairing.cohort_id)).text,
    ]

    assert len(mails()) > 0
    texts = [each.as_string() for each in mails()] + pages
    assert [text for text in texts if "reorganization" in text or "worries" in text] == []
    rows = "".join(part.split("</tbody")[0] for part in pages[0].split("<tbody")[1:])
    assert "Something to read" in rows
    assert "concern" not in rows.lower()


def test_the_reporter_cannot_take_the_recipients_part(client):
    ada, carl, _nora, pairing, *_ = create_talk()
    concern = raised(ada, pairing)
    for each in (ada, carl):
        address = url(each.member, "concern", concern.pk)
        login(client, each.member)
        assert client.get(address).status_code == 404
        assert client.post(address, {"note": "Done."}).status_code == 404
        assert "No concerns" in client.get(url(each.member, "concerns")).text
    with inside(pairing.organization_id, member_id=ada.member_id):
        concern.refresh_from_db()
    assert concern.looked_at is None
