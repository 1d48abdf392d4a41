"""Reminders, deadlines and endings: each once, in the reader's own days."""

from datetime import UTC, datetime

import pytest
import time_machine

from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.answers import decline
from mentoring.pairings.operations.asking import remind
from mentoring.pairings.operations.endings import expire
from programs.enums import ParticipantState, Side, Skip
from programs.operations.decisions import decide
from programs.operations.leaving import say_goodbye
from tests.factories import create_owner, inside, login, url
from tests.pairings.people import (
    MONDAY,
    answer,
    ask,
    create_two,
    days,
    deliver,
    main_of,
    own_page,
    propose,
    sent,
    states_of,
)
from tests.profiles.people import TODAY, take_part

pytestmark = pytest.mark.django_db


def due(pairing: Pairing, kind: str) -> list[datetime]:
    with inside(pairing.organization_id):
        rows = Message.objects.filter(subject_id=pairing.pk, kind=kind).order_by("due_at")
        return list(rows.values_list("due_at", flat=True))


def test_working_days_are_counted_where_the_reader_is():
    """From a Thursday over a weekend; it is Friday already in Auckland."""
    thursday = datetime(2026, 11, 26, 20, tzinfo=UTC)
    ada, carl = create_two()
    with inside(ada.organization_id):
        type(carl.member).objects.filter(pk=carl.member_id).update(time_zone="Pacific/Auckland")
    (pairing,) = propose((ada, carl), now=thursday)

    assert due(pairing, "pairings.remind") == [datetime(2026, 11, 30, 20, tzinfo=UTC)]
    assert due(pairing, "pairings.expire") == [datetime(2026, 12, 4, 11, tzinfo=UTC)]
    assert pairing.expires_at == datetime(2026, 12, 4, 11, tzinfo=UTC)


def test_one_reminder_for_who_has_not_answered_and_none_for_who_has(mails):
    ada, carl = create_two()
    dora = take_part(ada.cohort, Side.MENTEE, name="Dora")
    first, second = propose((ada, carl), (ada, dora), now=MONDAY)
    with time_machine.travel(MONDAY, tick=False):
        answer_by_operation(second)
    for hours in (0, 1, 48, 49, 72):
        deliver(ada.cohort, at=MONDAY + days(hours / 24))

    assert sent(ada.cohort, "pairings.reminder") == [carl.member.email]
    assert states_of([first, second]) == ["proposed", "declined"]


def test_a_worker_who_is_back_at_night_reminds_nobody_before_the_morning():
    ada, carl = create_two()
    (pairing,) = propose((ada, carl), now=MONDAY)
    deliver(ada.cohort, at=MONDAY)
    (planned,) = due(pairing, "pairings.remind")
    deliver(ada.cohort, at=planned + days(14 / 24))
    assert due(pairing, "pairings.reminder") == [planned]
    assert sent(ada.cohort, "pairings.reminder") == []
    deliver(ada.cohort, at=planned + days(1))
    assert sent(ada.cohort, "pairings.reminder") == [carl.member.email]


def test_who_has_said_not_now_to_a_request_is_not_reminded():
    ada, carl = create_two()
    pairing = ask(ada, carl, now=MONDAY)
    answer_by_operation(pairing)
    for hours in (0, 48, 72):
        deliver(ada.cohort, at=MONDAY + days(hours / 24))

    assert sent(ada.cohort, "pairings.reminder") == []
    assert states_of([pairing]) == ["proposed"]


def test_a_reminder_that_an_answer_has_overtaken_is_not_sent():
    ada, carl = create_two()
    pairing = ask(ada, carl, now=MONDAY)
    with inside(ada.organization_id):
        remind([(pairing, MONDAY)], now=MONDAY)
    answer_by_operation(pairing)
    deliver(ada.cohort, at=MONDAY)

    assert len(due(pairing, "pairings.reminder")) == 1
    assert sent(ada.cohort, "pairings.reminder") == []


def test_who_is_on_leave_is_not_reminded():
    ada, carl = create_two()
    ask(ada, carl, now=MONDAY)
    with inside(ada.organization_id):
        type(carl.member).objects.filter(pk=carl.member_id).update(on_leave=True)
    for hours in (0, 48, 72):
        deliver(ada.cohort, at=MONDAY + days(hours / 24))

    assert sent(ada.cohort, "pairings.reminder") == []


def test_each_asking_has_a_reminder_of_its_own(client):
    """The senior's was due on Wednesday; the junior is asked on Tuesday."""
    ada, carl = create_two()
    (pairing,) = propose((ada, carl), now=MONDAY)
    with time_machine.travel(MONDAY + days(1), tick=False):
        answer(client, carl, pairing)
    reminded = []
    for day in (1, 2, 3):
        deliver(ada.cohort, at=MONDAY + days(day))
        reminded.append(sent(ada.cohort, "pairings.reminder"))

    assert reminded == [[], [], [ada.member.email]]


def answer_by_operation(pairing: Pairing) -> None:
    with inside(pairing.organization_id):
        decline(pairing=pairing, side=Side.MENTEE, now=MONDAY)


def test_a_proposal_expires_once_and_each_asking_has_its_own_time(client):
    ada, carl = create_two()
    (pairing,) = propose((ada, carl), now=MONDAY)
    with time_machine.travel(MONDAY + days(4), tick=False):
        answer(client, carl, pairing)
    deliver(ada.cohort, at=MONDAY + days(9))
    assert states_of([pairing]) == ["proposed"]
    assert len(due(pairing, "pairings.expire")) == 2

    for _ in range(2):
        deliver(ada.cohort, at=MONDAY + days(12))
    with inside(ada.organization_id):
        assert expire([pairing.pk], now=MONDAY + days(12)) == 0
    assert states_of([pairing]) == ["expired"]
    assert sent(ada.cohort, "pairings.ended") == [carl.member.email]


@pytest.mark.parametrize("who", [0, 1], ids=["who asked", "who is asked"])
def test_a_break_ends_what_is_proposed_and_leaves_pairs(client, who):
    ada, carl = create_two()
    with inside(ada.organization_id):
        type(ada).objects.update(capacity=2)
    dora = take_part(ada.cohort, Side.MENTEE, name="Dora", capacity=2)
    pair, pairing = ask(ada, dora), ask(ada, carl)
    answer(client, dora, pair)
    mine = (ada, carl)[who]
    address = url(mine.member, "participation_pause", mine.pk)
    login(client, mine.member).post(address, {"until": (TODAY + days(5)).isoformat()})
    deliver(ada.cohort)

    assert states_of([pair, pairing]) == ["introductory", "withdrawn"]
    assert sent(ada.cohort, "pairings.ended") == ([ada.member.email] if mine == carl else [])
    assert ("has a break until" in main_of(own_page(client, dora.member, pair))) == (mine == ada)


def test_who_steps_out_leaves_no_pair_and_the_partner_hears_it_without_a_reason(client, mails):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    answer(client, carl, pairing)
    login(client, carl.member).post(url(carl.member, "participation_withdraw", carl.pk))
    deliver(ada.cohort)

    assert states_of([pairing]) == ["withdrawn"]
    assert sent(ada.cohort, "pairings.partner_left") == [ada.member.email]
    assert sent(ada.cohort, "pairings.ended") == []
    (mail,) = [each for each in mails() if "any more" in str(each["Subject"])]
    assert "This has nothing to do with you." in text_of(mail, "plain")
    assert "You were a pair. This is over." in main_of(own_page(client, ada.member, pairing))


def test_nobody_with_a_partner_is_put_back_by_a_slip_of_the_hand(client):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    answer(client, carl, pairing)
    admin = create_owner(ada.cohort.organization)
    with inside(ada.organization_id):
        done = decide(
            participants=[ada], state=ParticipantState.WAITLISTED, actor=admin, now=MONDAY
        )
    assert [(row.pk, why) for row, why in done.skipped] == [(ada.pk, Skip.PARTNER)]
    assert states_of([pairing]) == ["introductory"]

    with inside(ada.organization_id):
        decide(participants=[ada], state=ParticipantState.WITHDRAWN, actor=admin, now=MONDAY)
    assert states_of([pairing]) == ["withdrawn"]


def test_who_leaves_the_organization_leaves_no_pair(client):
    ada, carl = create_two()
    pairing, other = ask(ada, carl), ask(ada, take_part(ada.cohort, Side.MENTEE))
    answer(client, carl, pairing)
    with inside(ada.organization_id):
        say_goodbye(members=[carl.member], now=MONDAY)
    assert states_of([pairing, other]) == ["withdrawn", "expired"]
