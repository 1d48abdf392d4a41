"""The line behind the bell beside each mail."""

from datetime import timedelta

import pytest

from mentoring.notices.ringing import ring
from mentoring.outbox.models import Message
from mentoring.outbox.operations import move
from mentoring.outbox.registry import Line, MailKind, mail_kind
from tests.factories import create_listed, create_member, create_owner, inside, login, url
from tests.notices.conftest import NOON
from tests.notices.people import ESSENTIAL, NOTE, notices_of, state_of, tell, work

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def bells(member) -> list[Message]:
    with inside(member.organization_id):
        return list(Message.objects.filter(kind=f"{NOTE}.bell").order_by("due_at", "pk"))


def test_beside_a_mail_goes_a_line_that_leads_to_the_same_page(ada, mails):
    message = tell(ada, "Kiel", at=NOON)
    work(ada, at=NOON)
    (notice,) = notices_of(ada)
    assert (notice.text, notice.url) == ("Bo invites you to Kiel", "/o/here/there/")
    assert (notice.subject_id, notice.at, notice.read_at) == (message.subject_id, NOON, None)
    (bell,) = bells(ada)
    assert (bell.state, bell.channel, notice.message_id) == ("sent", "effect", bell.pk)
    assert len(mails()) == 1


def test_the_same_decision_twice_rings_once(ada, mails):
    for _ in range(2):
        tell(ada, at=NOON, subject_id=ada.pk)
    work(ada, at=NOON)
    assert (len(notices_of(ada)), len(mails())) == (1, 1)


def test_an_effect_that_is_run_twice_rings_once(ada, mails):
    tell(ada, at=NOON)
    for _ in range(2):
        with inside(ada.organization_id):
            ring(mail_kind(NOTE), bells(ada), NOON)
    assert len(notices_of(ada)) == 1


def test_what_is_over_rings_no_bell(ada, mails, notes):
    message = tell(ada, at=NOON)
    notes.unwanted.add(message.subject_id)
    work(ada, at=NOON)
    assert (notices_of(ada), mails()) == ([], [])
    assert state_of(bells(ada)[0]) == ("skipped", "withdrawn")


def test_what_is_essential_and_who_cannot_sign_in_has_no_bell(ada, mails):
    tell(ada, at=NOON, kind=ESSENTIAL)
    listed = create_listed(ada.organization)
    tell(listed, at=NOON)
    work(ada, at=NOON)
    assert (notices_of(ada), notices_of(listed), len(mails())) == ([], [], 2)
    (bell,) = bells(ada)
    assert state_of(bell) == ("skipped", "no_bell")


def test_the_bell_moves_with_its_mail_and_only_mails_are_counted(ada):
    message = tell(ada, at=LATER, now=NOON)
    with inside(ada.organization_id):
        moved = move(
            kind=NOTE,
            subject_ids=[message.subject_id],
            due_at=LATER + timedelta(days=1),
            expires_at=None,
            now=NOON,
        )
    assert moved == 1
    assert [each.due_at for each in bells(ada)] == [LATER + timedelta(days=1)]


def test_a_kind_may_write_a_whole_portion_at_once(ada, notes, mails, django_assert_num_queries):
    """So that a million reminders need no letter each."""
    people = [create_member(ada.organization) for _ in range(20)]
    kind = mail_kind(NOTE)
    quick = MailKind(
        name=kind.name,
        label=kind.label,
        template=kind.template,
        unwanted=kind.unwanted,
        write=kind.write,
        lines=lambda messages, _now: {each.pk: Line("Time to meet", "/o/x/") for each in messages},
    )
    for each in people:
        tell(each, at=NOON)
    for few in (bells(ada)[:1], bells(ada)):
        with inside(ada.organization_id), django_assert_num_queries(5):
            ring(quick, few, NOON)
    assert [each.text for each in notices_of(people[0])] == ["Time to meet"]


def test_one_line_that_cannot_be_written_keeps_no_other_from_ringing(ada, notes, mails):
    good, bad = tell(ada, "good", at=NOON), tell(ada, "bad", at=NOON)
    notes.poison.add(bad.subject_id)
    work(ada, at=NOON)
    assert [each.text for each in notices_of(ada)] == ["Bo invites you to good"]
    assert state_of(good) == ("sent", "")


def test_the_log_of_messages_tells_the_way(client, ada, mails):
    owner = create_owner(ada.organization)
    tell(ada, at=NOON)
    work(ada, at=NOON)
    ways = {}
    for way in ("", "mail", "bell"):
        query = {"tab": "sent", "way": way}
        shown = login(client, owner).get(url(owner, "message_log"), query).text
        rows = shown.split("<tbody>")[1].split("</tbody>")[0]
        ways[way] = (rows.count("Tests.Note</a>"), rows.count("E-mail"), rows.count("Bell"))
    assert ways == {"": (2, 1, 1), "mail": (1, 1, 0), "bell": (1, 0, 1)}
