"""What a person chose holds for every mail that a worker is about to send."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from mentoring.notices.operations.settings import turn_off
from mentoring.notices.queries.readers import readers_at
from mentoring.outbox.brand import product_brand
from mentoring.outbox.claims import claim_mails
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.mails import deliver_one
from mentoring.outbox.models import Message
from mentoring.outbox.transport import Postman
from mentoring.tenancy.scope import within
from tests.factories import add_address, create_listed, create_member, inside
from tests.notices.conftest import NOON
from tests.notices.people import (
    ESSENTIAL,
    NOTE,
    URGENT,
    choose,
    notices_of,
    state_of,
    tell,
    work,
)

pytestmark = pytest.mark.django_db
# One o’clock in Berlin.
SATURDAY = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def everything_but(*kinds: str) -> list[str]:
    return [each for each in (NOTE, URGENT) if each not in kinds]


def test_a_kind_that_is_turned_off_is_skipped_and_others_are_sent(client, ada, mails):
    choose(client, ada, mail=everything_but(NOTE))
    note, urgent = tell(ada, at=NOON), tell(ada, at=NOON, kind=URGENT)
    work(ada, at=NOON)
    assert state_of(note) == ("skipped", "turned_off")
    assert state_of(urgent) == ("sent", "")
    assert len(mails()) == 1
    # The bell has its own switch.
    assert {each.kind for each in notices_of(ada)} == {f"{NOTE}.bell", f"{URGENT}.bell"}


def test_the_bell_is_turned_off_by_itself(client, ada, mails):
    choose(client, ada, bell=everything_but(NOTE))
    tell(ada, at=NOON)
    work(ada, at=NOON)
    assert (len(mails()), notices_of(ada)) == (1, [])
    with inside(ada.organization_id):
        bell = Message.objects.get(kind=f"{NOTE}.bell")
    assert (bell.state, bell.reason) == ("skipped", "turned_off")


def test_what_is_essential_comes_whatever_was_chosen(client, ada, mails):
    choose(
        client,
        ada,
        mail=[],
        bell=[],
        digest="daily",
        quiet_from="00:00",
        quiet_to="23:59",
        paused_until="2026-12-24",
    )
    with inside(ada.organization_id):
        turn_off(member=ada, kind=ESSENTIAL)
    message = tell(ada, at=NOON, kind=ESSENTIAL)
    work(ada, at=NOON)
    assert state_of(message) == ("sent", "")
    (mail,) = mails()
    assert mail["List-Unsubscribe"] is None


def test_what_was_decided_after_the_claim_counts(client, ada, mails):
    message = tell(ada, at=NOON)
    with within(ada.organization_id):
        claim = claim_mails(now=NOON, limit=10)
    choose(client, ada, mail=[])
    with within(ada.organization_id), Postman() as postman:
        deliver_one(message.pk, claim.key, postman, product_brand, clock=lambda: NOON)
    assert state_of(message) == ("skipped", "turned_off")
    assert mails() == []


def test_quiet_hours_hold_mail_back_until_they_are_over_in_the_persons_zone(client, ada, mails):
    choose(client, ada, quiet_from="12:30", quiet_to="15:00")
    message = tell(ada, at=NOON)
    work(ada, at=NOON)
    assert (state_of(message), mails()) == (("queued", ""), [])
    with inside(ada.organization_id):
        held = Message.objects.get(pk=message.pk)
    # 15:00 in Berlin.
    assert (held.look_at, held.attempts, held.claim) == (NOON + timedelta(hours=2), 0, None)
    assert (held.due_at, held.put_off_to) == (NOON, NOON + timedelta(hours=2))
    work(ada, at=NOON + timedelta(hours=2))
    assert (state_of(message), len(mails())) == (("sent", ""), 1)


@pytest.mark.parametrize(("quiet_from", "sent"), [("", 1), ("12:30", 0)])
def test_other_quiet_hours_count_at_once_for_what_was_held_back(
    client, ada, mails, django_capture_on_commit_callbacks, quiet_from, sent
):
    choose(client, ada, quiet_from="12:30", quiet_to="15:00")
    tell(ada, at=NOON)
    work(ada, at=NOON)
    with django_capture_on_commit_callbacks(execute=True):
        choose(client, ada, quiet_from=quiet_from, quiet_to=quiet_from and "16:00")
    work(ada, at=NOON)
    assert len(mails()) == sent


def test_quiet_hours_hold_back_neither_what_is_urgent_nor_what_would_be_too_late(
    client, ada, mails
):
    choose(client, ada, quiet_from="12:30", quiet_to="15:00")
    soon = tell(ada, "soon", at=NOON, expires_at=NOON + timedelta(hours=1))
    urgent = tell(ada, at=NOON, kind=URGENT)
    work(ada, at=NOON)
    assert [state_of(each) for each in (soon, urgent)] == [("sent", "")] * 2
    assert len(mails()) == 2


@pytest.mark.parametrize(
    ("expires_after", "held_until"),
    [
        # On Monday at nine; at midnight, because it would be too late then; not at all.
        (None, SATURDAY + timedelta(days=1, hours=20)),
        (timedelta(days=1, hours=21), SATURDAY + timedelta(days=1, hours=20)),
        (timedelta(days=1, hours=20), SATURDAY + timedelta(days=1, hours=11)),
        (timedelta(days=1, hours=11), None),
    ],
)
def test_who_has_days_off_gets_mail_in_the_morning_after_them(
    client, ada, mails, time_machine, expires_after, held_until
):
    choose(client, ada, spares_free_days="on")
    time_machine.move_to(SATURDAY, tick=False)
    ends_at = expires_after and SATURDAY + expires_after
    message = tell(ada, at=SATURDAY, expires_at=ends_at)
    work(ada, at=SATURDAY)
    with inside(ada.organization_id):
        held = Message.objects.get(pk=message.pk)
    assert (held.put_off_to, len(mails())) == (held_until, 0 if held_until else 1)


def test_a_pause_skips_mails_and_leaves_the_bell(client, ada, mails):
    choose(client, ada, paused_until="2026-11-26")
    message, urgent = tell(ada, at=NOON), tell(ada, at=NOON, kind=URGENT)
    work(ada, at=NOON)
    assert [state_of(each) for each in (message, urgent)] == [("skipped", "paused")] * 2
    assert (mails(), len(notices_of(ada))) == ([], 2)
    later = tell(ada, "later", at=NOON + timedelta(days=2))
    work(ada, at=NOON + timedelta(days=2))
    assert (state_of(later), len(mails())) == (("sent", ""), 1)


def test_a_mail_offers_to_turn_it_off_and_says_so_in_text_and_html(ada, mails):
    tell(ada, at=NOON)
    work(ada, at=NOON)
    (mail,) = mails()
    (address,) = re.findall(r"^<(http\S+/mails/\S+/)>$", mail["List-Unsubscribe"])
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for part in ("plain", "html"):
        assert address in text_of(mail, part)
        assert f"/o/{ada.organization.slug}/notices/settings/" in text_of(mail, part)


def test_the_long_address_goes_over_the_wire_in_one_piece(ada, mails, tmp_path):
    tell(ada, at=NOON)
    work(ada, at=NOON)
    (written,) = [each.read_bytes() for each in tmp_path.iterdir() if each.suffix == ".eml"]
    (line,) = [each for each in written.splitlines() if each.startswith(b"List-Unsubscribe: ")]
    assert re.fullmatch(rb"List-Unsubscribe: <http\S+/mails/[!-~]+/>", line)


def test_people_are_found_by_every_address_of_theirs(ada):
    add_address(ada.user, "ada@home.example.org")
    add_address(ada.user, "open@example.org", verified=False)
    listed = create_listed(ada.organization, email="Bo@Example.org")
    addresses = ["ada@example.org", "ada@home.example.org", "open@example.org", "bo@example.org"]
    with inside(ada.organization_id):
        found = readers_at([*addresses, "nobody@example.org"])
    assert {address: reader.member_id for address, reader in found.items()} == {
        "ada@example.org": ada.pk,
        "ada@home.example.org": ada.pk,
        "bo@example.org": listed.pk,
    }
    assert not found["bo@example.org"].has_user


def test_asking_costs_the_same_for_one_person_and_for_many(ada, django_assert_num_queries):
    many = [create_member(ada.organization).email for _ in range(20)]
    for addresses in ([ada.email], many):
        with inside(ada.organization_id), django_assert_num_queries(2):
            readers_at(addresses)


def test_one_organizations_settings_are_not_the_others(client, ada, mails):
    """The same user is a member of both."""
    there = create_member(user=ada.user)
    choose(client, ada, mail=[], paused_until="2026-12-01")
    message = tell(there, at=NOON)
    work(there, at=NOON)
    assert (state_of(message), len(mails())) == (("sent", ""), 1)


def test_an_old_pause_is_over_and_not_shown(client, ada):
    choose(client, ada, paused_until="2026-11-26")
    with inside(ada.organization_id):
        assert readers_at([ada.email])[ada.email].hours.paused_until == date(2026, 11, 26)
