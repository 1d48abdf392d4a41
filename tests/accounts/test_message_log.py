"""What admins see of messages, and sending failed ones again."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts import message_center as center
from accounts.enums import Action, Role
from accounts.models import AuditEvent, Member
from accounts.operations.invitations import KIND
from mentoring.lib.ids import uuid7
from mentoring.lib.recurrence import Every
from mentoring.outbox import recurring
from mentoring.outbox.enums import Channel, Reason, State
from mentoring.outbox.log import Tab, count_up_to
from mentoring.outbox.models import Message
from mentoring.outbox.recurring import RecurringKind
from mentoring.outbox.schedules import Wanted, keep_schedules
from tests.factories import create_listed, create_member, create_owner, inside, login, url

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def create_message(member, address="ada@example.org", **fields):
    """A message that is waiting, in the member's organization."""
    wanted = {
        "kind": KIND,
        "recipient": address,
        "address": address,
        "subject_id": uuid7(),
        "occurrence": "1",
        "due_at": NOON,
        "look_at": NOON,
        "created_at": NOON,
        **fields,
    }
    with inside(member.organization_id):
        return Message.objects.create(organization_id=member.organization_id, **wanted)


def create_failed(member, address="ada@example.org", **fields):
    failed = {
        "state": State.QUARANTINED,
        "reason": Reason.REFUSED,
        "detail": "550",
        "attempts": 1,
        "look_at": None,
        "finished_at": NOON,
        **fields,
    }
    return create_message(member, address, **failed)


def create_done(member, address, **fields):
    return create_message(member, address, look_at=None, finished_at=NOON, **fields)


def create_sent(member, address, **fields):
    done = {"state": State.SENT, "look_at": None, "finished_at": NOON, "attempts": 1}
    return create_message(member, address, **done, **fields)


def page_of(client, member, tab="upcoming", **params) -> str:
    response = login(client, member).get(url(member, "message_log"), {"tab": tab, **params})
    assert response.status_code == 200
    return response.content.decode()


def rows_in(content: str) -> str:
    return content.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]


def state_of(message) -> str:
    with inside(message.organization_id):
        return Message.objects.get(pk=message.pk).state


def test_the_log_shows_recipient_kind_state_and_reason(client):
    owner = create_owner()
    create_failed(owner, "o'hara@example.org")

    content = rows_in(page_of(client, owner, "failed"))

    assert "o&#x27;hara@example.org" in content
    assert "Invitation</a>" in content
    assert "Failed</span>" in content
    assert "Check the address." in content
    assert "The mail server refused the message for good." in content
    assert ">550</code>" in content


def test_a_message_that_waits_for_another_attempt_says_when(client):
    owner = create_owner()
    create_message(
        owner,
        attempts=2,
        reason=Reason.UNREACHABLE,
        look_at=timezone.now() + timedelta(minutes=16, seconds=30),
    )

    content = page_of(client, owner)

    assert "Our mail server could not be reached." in content
    assert "in 16 minutes" in content.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("tab", "title"),
    [
        ("upcoming", "Nothing is waiting"),
        ("sent", "Nothing was sent yet"),
        ("failed", "Nothing has failed"),
        ("not_sent", "Nothing was left out"),
        ("elsewhere", "Nothing is waiting"),
    ],
)
def test_an_empty_tab_says_what_that_means(client, tab, title):
    assert title in page_of(client, create_owner(), tab)


def test_each_tab_has_its_messages_and_says_how_many_there_are(client):
    owner = create_owner()
    create_message(owner, "waits@example.org")
    claimed = {"state": State.CLAIMED, "claim": uuid7()}
    create_message(owner, "underway@example.org", **claimed)
    create_sent(owner, "sent@example.org")
    create_failed(owner, "failed@example.org")
    create_done(owner, "skipped@example.org", state=State.SKIPPED, reason=Reason.WITHDRAWN)
    create_done(owner, "expired@example.org", state=State.EXPIRED)
    names = ("waits", "underway", "sent", "failed", "skipped", "expired")
    found = {}
    for tab in Tab:
        content = page_of(client, owner, tab)
        found[tab] = {each for each in names if f"{each}@example.org" in content}
        counts = re.findall(r'subnav-count number">([^<]+)<', content)
        assert counts == ["2", "1", "1", "2"]
    assert found == {
        "upcoming": {"waits", "underway"},
        "sent": {"sent"},
        "failed": {"failed"},
        "not_sent": {"skipped", "expired"},
    }


def test_what_was_not_sent_says_why_in_plain_words(client):
    owner = create_owner()
    create_done(owner, "skipped@example.org", state=State.SKIPPED, reason=Reason.WITHDRAWN)
    create_done(owner, "expired@example.org", state=State.EXPIRED)

    content = page_of(client, owner, "not_sent")

    assert "What it was about was withdrawn or is done." in content
    assert "Its time had passed before it could be sent." in content


def test_what_waits_is_listed_soonest_first_and_what_is_done_latest_first(client):
    owner = create_owner()
    for number, name in enumerate(("ada", "bo", "cy")):
        due_at = NOON + timedelta(days=number)
        create_message(owner, f"{name}@example.org", due_at=due_at)
        create_sent(owner, f"{name}@example.org", due_at=due_at, occurrence="2")

    for tab, order in (("upcoming", ["ada", "bo", "cy"]), ("sent", ["cy", "bo", "ada"])):
        found = re.findall(r"(ada|bo|cy)@example.org", rows_in(page_of(client, owner, tab)))
        assert found == order


def test_work_that_nobody_receives_is_shown_when_asked_for_or_when_it_failed(client):
    owner = create_owner()
    work = {"kind": "pairings.expire", "channel": Channel.EFFECT, "recipient": str(uuid7())}
    create_message(owner, "", **work)
    create_failed(owner, "", **work)
    label = "End of the time to answer</a>"

    assert "Nothing is waiting" in page_of(client, owner)
    assert label in page_of(client, owner, way="work")
    assert label in page_of(client, owner, "failed")
    assert "Nobody: the product does it" in page_of(client, owner, "failed")


def test_a_recipient_who_is_a_member_has_a_name_and_can_be_found_by_it(client):
    owner = create_owner()
    ada = create_member(owner.organization, name="Ada O'Hara", email="login@example.org")
    with inside(owner.organization_id):
        Member.objects.filter(pk=ada.pk).update(email="Record@Example.org")
    for address in ("Login@example.org", "record@example.org", "stranger@example.org"):
        create_message(owner, address, recipient=address.lower())

    rows = rows_in(page_of(client, owner))
    assert rows.count("Ada O&#x27;Hara</a>") == 2
    assert "stranger@example.org" in rows
    for words in ("ohara", "ADA o'hara"):
        rows = rows_in(page_of(client, owner, q=words))
        assert re.findall(r"(login|record|stranger)@", rows.lower()) == ["login", "record"]


def test_somebody_of_another_organization_has_no_name_here(client):
    owner, stranger = create_owner(), create_owner(name="Zebrafinch", email="zebra@example.org")
    create_message(owner, stranger.email)

    assert "Zebrafinch" not in page_of(client, owner)
    assert "Nothing matches" in page_of(client, owner, q="Zebrafinch")


def test_counting_ends_where_nobody_reads_on(client, monkeypatch):
    monkeypatch.setattr(center, "MOST", 2)
    monkeypatch.setattr(center, "count_up_to", partial(count_up_to, most=2))
    center.table_of.cache_clear()
    owner = create_owner()
    for number in range(4):
        create_sent(owner, f"person{number}@example.org")

    content = page_of(client, owner, "sent")
    center.table_of.cache_clear()

    assert "2+</span>" in content
    assert "1–3 of 3 or more entries" in content


def test_schedules_that_will_make_more_are_announced(client, monkeypatch):
    owner = create_owner()
    kind = RecurringKind(name=KIND, lasts=timedelta(days=1), recipients=lambda _each, _now: {})
    monkeypatch.setitem(recurring._kinds, KIND, kind)
    with inside(owner.organization_id):
        some = [
            Wanted(person=uuid7(), subject_id=uuid7(), label="x", every=Every.MONTH, anchor=day)
            for day in (NOON.date(), NOON.date() + timedelta(days=9))
        ]
        keep_schedules(kind=KIND, wanted=some, now=NOON - timedelta(days=30))

    assert "2 schedules will make more messages" in page_of(client, owner)
    assert "will make more" not in page_of(client, owner, "sent")


def test_strangers_messages_are_not_in_the_log(client):
    owner, stranger = create_owner(), create_owner()
    create_message(stranger, "stranger@example.org")
    create_message(owner, "ours@example.org")

    content = page_of(client, owner)

    assert "ours@example.org" in content
    assert "stranger@example.org" not in content


@pytest.mark.parametrize(
    ("params", "shown"),
    [
        ({"way": "mail"}, {"bo", "ada"}),
        ({"way": "bell"}, set()),
        ({"way": "elsewhere"}, {"bo", "ada"}),
        ({"q": "BO@"}, {"bo"}),
        ({"kind": KIND}, {"bo", "ada"}),
        ({"kind": "accounts.unheard"}, {"bo", "ada"}),
        ({"kind": "programs.decision"}, set()),
        ({"q": "nobody"}, set()),
    ],
)
def test_the_log_can_be_narrowed(client, params, shown):
    owner = create_owner()
    create_failed(owner, "bo@example.org")
    create_failed(owner, "ada@example.org")

    content = page_of(client, owner, "failed", **params)

    assert {name for name in ("bo", "ada") if f"{name}@example.org" in content} == shown


def test_the_log_is_sorted_by_the_column_in_the_address(client):
    owner = create_owner()
    create_sent(owner, "bo@example.org")
    create_sent(owner, "ada@example.org")

    content = page_of(client, owner, "sent", sort="recipient")

    assert content.index("ada@example.org") < content.index("bo@example.org")


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_log_costs_the_same_however_long(client, django_assert_num_queries, count):
    owner = create_owner()
    for number in range(count):
        create_failed(owner, f"listed{number}@example.org")
        create_listed(owner.organization, email=f"listed{number}@example.org")
    login(client, owner)
    address, query = url(owner, "message_log"), {"tab": "failed"}
    client.get(address, query)

    with django_assert_num_queries(18):
        content = client.get(address, query).content.decode()

    assert content.count('<th scope="row"') == min(count, 25)


def test_htmx_gets_the_table_only(client):
    owner = create_owner()
    create_message(owner)

    response = login(client, owner).get(url(owner, "message_log"), headers={"HX-Request": "true"})

    content = response.content.decode()
    assert "<html" not in content
    assert 'id="messages"' in content


@pytest.mark.parametrize(
    ("roles", "status"),
    [
        ([Role.OWNER], 200),
        ([Role.PROGRAM_ADMIN], 200),
        ([Role.HR_ANALYST], 403),
        ([], 403),
    ],
)
def test_only_those_who_may_see_the_log(client, roles, status):
    member = create_member(roles=roles)

    assert login(client, member).get(url(member, "message_log")).status_code == status


def test_a_failed_message_is_sent_again_on_the_record(client):
    owner = create_owner()
    message = create_failed(owner)

    response = login(client, owner).post(
        url(owner, "message_resend", message.pk), QUERY_STRING="tab=failed"
    )

    assert response.status_code == 302
    assert response["Location"] == url(owner, "message_log") + "?tab=failed"
    assert state_of(message) == State.QUEUED
    with inside(owner.organization_id):
        event = AuditEvent.objects.get(action=Action.MESSAGE_RESENT)
    assert (event.actor_id, event.subject_id) == (owner.pk, message.pk)
    assert event.subject_name == "ada@example.org"


def test_sending_again_twice_sends_once(client):
    owner = create_owner()
    message = create_failed(owner)
    login(client, owner)

    client.post(url(owner, "message_resend", message.pk))
    response = client.post(url(owner, "message_resend", message.pk), follow=True)

    assert "This message was not sent again" in response.content.decode()
    with inside(owner.organization_id):
        assert AuditEvent.objects.filter(action=Action.MESSAGE_RESENT).count() == 1


def test_an_expired_message_is_not_sent_again(client):
    owner = create_owner()
    message = create_failed(owner, expires_at=NOON)

    response = login(client, owner).post(url(owner, "message_resend", message.pk), follow=True)

    assert "This message has expired." in response.content.decode()
    assert state_of(message) == State.QUARANTINED


def test_a_strangers_message_and_none_at_all_give_the_same_answer(client):
    owner, stranger = create_owner(), create_owner()
    theirs = create_failed(stranger)
    login(client, owner)

    foreign = client.post(url(owner, "message_resend", theirs.pk))
    missing = client.post(url(owner, "message_resend", uuid7()))

    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content == missing.content
    assert state_of(theirs) == State.QUARANTINED


def test_members_cannot_send_again(client):
    owner = create_owner()
    message = create_failed(owner)
    member = create_member(owner.organization)

    response = login(client, member).post(url(member, "message_resend", message.pk))

    assert response.status_code == 403
    assert state_of(message) == State.QUARANTINED


def test_only_failed_messages_offer_to_be_sent_again(client):
    owner = create_owner()
    create_sent(owner, "sent@example.org")
    assert "Send again" not in page_of(client, owner, "sent")

    create_failed(owner)
    assert "Send again" in page_of(client, owner, "failed")
