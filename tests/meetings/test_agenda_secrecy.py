"""Agendas and notes reach nobody else, whatever is asked and by whom."""

import pytest
from django.db import ProgrammingError, connection
from django.utils import timezone

from accounts.enums import Role
from mentoring.lib.encryption import decrypt
from mentoring.lib.ids import uuid7
from mentoring.meetings.sealed import AGENDA_ITEM, PRIVATE_NOTE, SHARED_NOTE
from programs.enums import Side
from tests.accounts.logs import whole_log
from tests.factories import create_member, create_owner, inside, login, url
from tests.meetings.people import plan
from tests.meetings.test_assistants import create_assistant
from tests.meetings.writing import (
    create_agreed,
    note,
    note_privately,
    open_agenda,
    private,
    put,
)
from tests.pairings.people import answer, deliver, propose
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db
SECRET = "The <reorganization> worries me, it's hard."
TABLES = ("meetings_agendaitem", "meetings_sharednote", "meetings_privatenote")
WHO = ["owner", "program admin", "HR analyst", "assistant", "member", "mentor of another pair"]


def create_written():
    """Ada and Carl, with a point, a note together and a private note of Ada."""
    ada, carl, meeting = create_agreed()
    item = put(meeting, ada, SECRET)
    note(meeting, ada, SECRET)
    note_privately(meeting, ada, SECRET)
    return ada, carl, meeting, item


def strangers(client, carl):
    """Everybody who has power or is near, and must see nothing."""
    here = carl.cohort.organization
    ben = take_part(carl.cohort, Side.MENTOR, name="Ben")
    dora = take_part(carl.cohort, Side.MENTEE, name="Dora")
    (other,) = propose((ben, dora))
    for each in (dora, ben):
        answer(client, each, other)
    return {
        "owner": create_owner(here),
        "program admin": create_member(here, roles=[Role.PROGRAM_ADMIN]),
        "HR analyst": create_member(here, roles=[Role.HR_ANALYST]),
        "assistant": create_assistant(client, carl),
        "member": create_member(here),
        "mentor of another pair": ben.member,
    }


def counts_for(organization_id, member_id) -> tuple[int, ...]:
    """What the application's role reads itself, with this member in scope."""
    with inside(organization_id, member_id=member_id), connection.cursor() as cursor:
        found = []
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(cursor.fetchone()[0])
        return tuple(found)


def test_the_database_shows_each_row_to_its_people_only(client):
    ada, carl, _meeting, _item = create_written()
    seen = {
        who: counts_for(ada.organization_id, each.pk)
        for who, each in strangers(client, carl).items()
    }
    assert set(seen) == set(WHO)
    assert set(seen.values()) == {(0, 0, 0)}
    assert counts_for(ada.organization_id, None) == (0, 0, 0)
    assert counts_for(ada.organization_id, ada.member_id) == (1, 1, 1)
    assert counts_for(ada.organization_id, carl.member_id) == (1, 1, 0)


def test_nobody_else_changes_or_removes_a_row_either():
    ada, carl, meeting, _item = create_written()
    owner = create_owner(carl.cohort.organization)
    touched = []
    for member_id, tables in ((owner.pk, TABLES), (None, TABLES), (carl.member_id, TABLES[2:])):
        with inside(ada.organization_id, member_id=member_id), connection.cursor() as cursor:
            for table in tables:
                for deed in (f"UPDATE {table} SET text = 'x'", f"DELETE FROM {table}"):
                    cursor.execute(deed)
                    touched.append(cursor.rowcount)
    assert set(touched) == {0}
    assert private(meeting, ada) == (SECRET, 1)


@pytest.mark.parametrize("writes_as", ["partner", "owner"])
def test_nobody_writes_a_private_note_in_the_name_of_somebody_else(writes_as):
    ada, carl, meeting, _item = create_written()
    owner = create_owner(carl.cohort.organization)
    row = {
        "organization_id": ada.organization_id,
        "meeting_id": meeting.pk,
        "writer_id": ada.member_id if writes_as == "partner" else carl.member_id,
        "text": "x",
        "version": 1,
        "edited_at": timezone.now(),
    }
    writer = {"partner": carl.member_id, "owner": owner.pk}[writes_as]
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        inside(ada.organization_id, member_id=writer),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"INSERT INTO meetings_privatenote ({', '.join(row)})"
            f" VALUES ({', '.join(['%s'] * len(row))})",
            list(row.values()),
        )


def test_all_texts_lie_encrypted_each_with_a_key_of_its_own():
    ada, *_ = create_written()
    stored = {}
    purposes = (AGENDA_ITEM, SHARED_NOTE, PRIVATE_NOTE)
    with inside(ada.organization_id, member_id=ada.member_id), connection.cursor() as cursor:
        for purpose, table in zip(purposes, TABLES, strict=True):
            cursor.execute(f"SELECT text FROM {table}")
            ((stored[purpose],),) = cursor.fetchall()

    assert [each for each in stored.values() if "worries" in each or "hard" in each] == []
    texts = {purpose: decrypt(each, purpose=purpose) for purpose, each in stored.items()}
    assert texts == dict.fromkeys(purposes, SECRET)


@pytest.mark.parametrize("who", WHO)
def test_whoever_is_not_of_the_pair_gets_the_bytes_of_a_missing_page(client, who):
    ada, carl, meeting, item = create_written()
    stranger = strangers(client, carl)[who]
    login(client, stranger)
    about_a_meeting = (
        "meeting_agenda_add",
        "meeting_agenda_take_over",
        "meeting_shared_note",
        "meeting_private_note",
    )
    about_a_point = ("change", "done", "move", "decline", "remove", "restore")
    pages = [
        ("get", "meeting_agenda", meeting.pk),
        *(("get", view, meeting.pk) for view in about_a_meeting if view != about_a_meeting[1]),
        *(("post", view, meeting.pk) for view in about_a_meeting),
        ("get", "agenda_item_change", item.pk),
        *(("post", f"agenda_item_{deed}", item.pk) for deed in about_a_point),
    ]
    data = {"section": "goals", "text": "x", "seen": 1, "done": 1, "declined": 1}
    for method, view, key in pages:
        answers = [
            getattr(client, method)(url(stranger, view, each), data) for each in (key, uuid7())
        ]
        assert [each.status_code for each in answers] == [404, 404], view
        assert answers[0].content == answers[1].content, view
    assert SECRET[:8] in open_agenda(client, ada, meeting).replace("&lt;", "<")
    assert counts_for(ada.organization_id, ada.member_id) == (1, 1, 1)


def test_the_partner_reads_nothing_of_a_private_note(client):
    ada, carl, meeting, item = create_written()
    note_privately(meeting, ada, "I doubt it.", seen=1)
    page = open_agenda(client, carl, meeting)
    assert f'id="item-{item.pk}"' in page
    assert "I doubt it." not in page
    assert "I doubt it." in open_agenda(client, ada, meeting)
    assert private(meeting, carl) == ("", 0)


def test_no_mail_no_calendar_and_no_log_has_a_word_of_it(client, mails):
    ada, carl, meeting, _item = create_written()
    ahead = plan(meeting.pairing, by=carl)
    put(ahead, carl, SECRET)
    deliver(carl.cohort)
    owner = create_owner(carl.cohort.organization)
    login(client, ada.member)
    client.post(url(ada.member, "calendar_address"), {"what": "open"})
    page = client.get(url(ada.member, "own_calendar")).text
    address = page.split('class="copy-value"')[1].split('value="')[1].split('"')[0]
    feed = client.get(address.removeprefix("http://testserver"))
    login(client, owner)
    pages = [whole_log(client, owner), client.get(url(owner, "audit_log")).text]
    pages.append(client.get(url(owner, "cohort_pairs", carl.cohort_id)).text)

    assert "BEGIN:VEVENT" in feed.text
    assert len(mails()) > 0
    texts = [each.as_string() for each in mails()] + pages + [feed.text]
    assert [text for text in texts if "reorganization" in text or "worries" in text] == []
