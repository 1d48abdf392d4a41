"""Ending a pair well: begun by one, agreed by the other, and nothing by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import AuditEvent, Member
from mentoring.meetings.models import Meeting
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message, Schedule
from mentoring.pairings.models import Closing, Pairing
from mentoring.pairings.operations import closings as operations
from mentoring.pairings.operations.closings import CannotClose, Why, complete, go_on
from programs.enums import Side
from tests.factories import (
    create_member,
    create_organization,
    create_owner,
    inside,
    login,
    reload,
    url,
)
from tests.meetings.people import create_pair, held, plan
from tests.meetings.test_logs import ago, create_old_pair, reload_with_people
from tests.pairings.agreeing import agree
from tests.pairings.people import (
    MONDAY,
    answer,
    by_day,
    deliver,
    main_of,
    own_page,
    sent,
    states_of,
    today,
)
from tests.pairings.test_races import at_once
from tests.pairings.test_time import due

BEGAN, WAITS = "pairings.closing_began", "pairings.closing_waits"
WENT_ON, ENDED_WELL = "pairings.closing_went_on", "pairings.ended_well"
database = pytest.mark.django_db


def create_met(*, is_over=False):
    """Ada and Carl, who have met and agreed on an end ahead; else the usual time is over."""
    ada, carl, pairing = create_old_pair()
    held(pairing, by=ada, starts_at=ago(days=10))
    if not is_over:
        agree(reload_with_people(pairing))
    return ada, carl, reload_with_people(pairing)


def page_of(client, who, pairing):
    return main_of(login(client, who.member).get(url(who.member, "pair_ending", pairing.pk)))


def press(client, who, pairing, view, **data):
    address = url(who.member, view, pairing.pk)
    return login(client, who.member).post(address, data, follow=True)


def begin(client, who, pairing, **data):
    return press(client, who, pairing, "pair_closing", **data)


def yes(client, who, pairing):
    return press(client, who, pairing, "pair_closing_complete")


def change(pairing, **fields):
    with inside(pairing.organization_id):
        Pairing.objects.filter(pk=pairing.pk).update(**fields)


def let_wait(pairing, days):
    """So long ago it was begun."""
    with inside(pairing.organization_id):
        Closing.objects.filter(pairing=pairing).update(began_at=ago(days=days))


def outcomes(pairing):
    with inside(pairing.organization_id):
        rows = Closing.objects.filter(pairing=pairing).order_by("began_at")
        return [(each.by, each.outcome, each.reason) for each in rows]


@database
@pytest.mark.parametrize(("who", "other"), [(0, 1), (1, 0)])
def test_one_begins_and_the_other_says_yes(client, mails, who, other):
    *two, pairing = create_met()
    meeting = plan(pairing, by=two[1])
    assert "End it well now" in page_of(client, two[who], pairing)

    said = begin(client, two[who], pairing)
    deliver(pairing.cohort)

    assert f"{two[other].member} hears of it now." in said.text
    assert "You have begun a good end" in main_of(said)
    assert states_of([pairing]) == ["closing"]
    assert sent(pairing.cohort, BEGAN) == [two[other].member.email]
    (mail,) = [each for each in mails() if "end your pair well" in each["Subject"]]
    assert f"/pairs/{pairing.pk}/ending/" in text_of(mail, "plain")
    assert "Your answer is awaited" in main_of(own_page(client, two[other].member, pairing))

    page = main_of(yes(client, two[other], pairing))
    deliver(pairing.cohort)

    ended = reload(pairing)
    assert (ended.state, ended.mentor_place, ended.mentee_place) == ("closed_early", None, None)
    assert ended.ended_at is not None
    assert "You have completed your time as a pair." in page
    assert sent(pairing.cohort, ENDED_WELL) == sorted(each.member.email for each in two)
    assert outcomes(pairing) == [("mentor" if who == 0 else "mentee", "agreed", "")]
    assert reload(meeting).state == "cancelled"
    with inside(pairing.organization_id):
        assert Meeting.objects.filter(pairing=pairing).held().count() == 1


@database
def test_after_the_end_that_they_had_in_mind_it_is_completed(client):
    ada, carl, pairing = create_met(is_over=True)
    begin(client, ada, pairing)
    yes(client, carl, pairing)
    assert states_of([pairing]) == ["completed"]


@database
def test_what_the_two_wrote_is_found_again_after_the_end(client):
    ada, carl, pairing = create_met()
    begin(client, ada, pairing)
    yes(client, carl, pairing)
    change(pairing, ended_at=ago(days=90))
    page = main_of(own_page(client, ada.member))
    assert "Pairs of before" in page
    assert url(ada.member, "pair", pairing.pk) in page
    assert "Nobody yet, and nothing to answer" not in page
    home = login(client, ada.member).get(url(ada.member, "organization")).text
    assert url(ada.member, "pair", pairing.pk) not in home


@database
def test_a_reason_is_read_by_those_only_who_are_told(client, mails):
    ada, carl, pairing = create_met()
    owner = create_owner(ada.cohort.organization)
    reason = "There is not enough time at the moment"
    begin(client, ada, pairing, reason="no_time", tells=["partner"])
    deliver(pairing.cohort)
    assert outcomes(pairing) == [("mentor", "", "")]
    assert reason in page_of(client, carl, pairing)
    assert reason in page_of(client, ada, pairing)
    board = login(client, owner).get(url(owner, "cohort_health", pairing.cohort_id)).text
    assert reason not in board
    assert [each for each in mails() if reason in text_of(each, "plain")] == []
    with inside(pairing.organization_id):
        kept = [*AuditEvent.objects.values_list("details", flat=True)]
        kept += Message.objects.values_list("occurrence", flat=True)
    assert [each for each in kept if "no_time" in str(each)] == []


@database
def test_a_reason_for_those_who_run_it_is_not_shown_to_the_partner(client):
    ada, carl, pairing = create_met()
    begin(client, ada, pairing, reason="change", tells=["program"])
    assert outcomes(pairing) == [("mentor", "", "change")]
    assert "A new role, task or place" not in page_of(client, carl, pairing)


@database
def test_a_reason_that_nobody_is_told_is_not_kept(client):
    ada, _carl, pairing = create_met()
    begin(client, ada, pairing, reason="change")
    assert outcomes(pairing) == [("mentor", "", "")]
    with inside(pairing.organization_id, member_id=ada.member_id), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pairings_closingreason")
        assert cursor.fetchone() == (0,)


@database
def test_the_database_shows_the_reason_to_the_two_alone(client):
    ada, carl, pairing = create_met()
    owner = create_owner(ada.cohort.organization)
    begin(client, ada, pairing, reason="other", tells=["partner"])
    seen = {}
    for name, member_id in {
        "ada": ada.member_id,
        "carl": carl.member_id,
        "owner": owner.pk,
        "nobody": None,
    }.items():
        with inside(pairing.organization_id, member_id=member_id), connection.cursor() as cursor:
            cursor.execute("SELECT reason FROM pairings_closingreason")
            seen[name] = cursor.fetchall()
    assert seen == {"ada": [("other",)], "carl": [("other",)], "owner": [], "nobody": []}
    with inside(pairing.organization_id, member_id=owner.pk), connection.cursor() as cursor:
        cursor.execute("UPDATE pairings_closingreason SET reason = 'change'")
        assert cursor.rowcount == 0


@database
def test_who_thinks_again_goes_on_and_the_other_is_told(client):
    ada, carl, pairing = create_met()
    begin(client, ada, pairing)
    late = press(client, carl, pairing, "pair_closing_take_back")
    assert "This has changed meanwhile." in late.text
    said = press(client, ada, pairing, "pair_closing_take_back")
    deliver(pairing.cohort)
    assert "You and Carl go on." in said.text
    assert states_of([pairing]) == ["active"]
    assert sent(pairing.cohort, WENT_ON) == [carl.member.email]
    assert sent(pairing.cohort, BEGAN) == []
    assert outcomes(pairing) == [("mentor", "went_on", "")]
    assert "End it well now" in page_of(client, carl, pairing)


@database
def test_the_other_one_is_reminded_once_after_five_working_days(client, time_machine):
    """From a Monday, although this organization writes on all days."""
    time_machine.move_to(MONDAY, tick=False)
    ada, carl, pairing = create_met()
    begin(client, ada, pairing)
    assert due(pairing, WAITS) == [datetime(2026, 11, 30, 8, tzinfo=UTC)]
    for day in range(1, 14):
        deliver(pairing.cohort, at=MONDAY + timedelta(days=day))
    assert sent(pairing.cohort, WAITS) == [carl.member.email]


@database
@pytest.mark.parametrize("why", ["yes", "back", "out", "leave"])
def test_nobody_is_reminded_of_what_is_settled_or_while_away(client, why):
    ada, carl, pairing = create_met()
    begin(client, ada, pairing)
    if why == "yes":
        yes(client, carl, pairing)
    if why == "back":
        press(client, ada, pairing, "pair_closing_take_back")
    if why == "out":
        answer(client, carl, pairing, "step_out")
    if why == "leave":
        with inside(pairing.organization_id):
            Member.objects.filter(pk=carl.member_id).update(on_leave=True)
    deliver(pairing.cohort, at=by_day(timezone.now() + timedelta(days=12)))
    assert sent(pairing.cohort, WAITS) == []


@database
def test_stepping_out_meanwhile_settles_it_and_leaves_no_trace_of_a_yes(client):
    ada, carl, pairing = create_met()
    begin(client, ada, pairing)
    answer(client, carl, pairing, "step_out")
    assert states_of([pairing]) == ["withdrawn"]
    assert outcomes(pairing) == [("mentor", "otherwise", "")]
    assert "You were a pair. This is over." in main_of(own_page(client, ada.member, pairing))


@database
def test_nobody_is_asked_how_it_is_going_while_they_say_goodbye(client):
    ada, _carl, pairing = create_met()
    begin(client, ada, pairing)
    with inside(pairing.organization_id):
        going_on = Schedule.objects.filter(subject_id=pairing.pk, next_at__isnull=False)
        assert going_on.count() == 0
    press(client, ada, pairing, "pair_closing_take_back")
    with inside(pairing.organization_id):
        assert going_on.all().count() == 2


@database
def test_a_pair_that_has_not_met_has_nothing_to_end(client):
    ada, _carl, pairing = create_pair()
    page = page_of(client, ada, pairing)
    assert "You have not met yet, so there is nothing to end." in page
    begin(client, ada, pairing)
    assert states_of([pairing]) == ["introductory"]


@database
def test_a_pair_on_a_break_can_be_ended_well(client):
    ada, carl, pairing = create_met()
    change(pairing, state="paused", paused_until=today() + timedelta(days=20))
    begin(client, ada, pairing)
    assert (reload(pairing).state, reload(pairing).paused_until) == ("closing", None)
    yes(client, carl, pairing)
    assert states_of([pairing]) == ["closed_early"]


@database
def test_beginning_twice_is_beginning_once(client):
    ada, carl, pairing = create_met()
    begin(client, ada, pairing)
    begin(client, ada, pairing)
    begin(client, carl, pairing)
    assert outcomes(pairing) == [("mentor", "", "")]


@database
def test_the_home_names_it_as_the_next_step_of_the_other_one(client):
    ada, carl, pairing = create_met()
    begin(client, ada, pairing)
    homes = {
        who: main_of(login(client, who.member).get(url(who.member, "organization")))
        for who in (ada, carl)
    }
    assert "Ada would like to end your pair well" in homes[carl]
    assert "would like to end" not in homes[ada]


@database
def test_a_hand_is_asked_for_from_the_same_page(client):
    ada, _carl, pairing = create_met()
    owner = create_owner(ada.cohort.organization)
    page = main_of(press(client, ada, pairing, "pair_hand", wish="ask", back="pair_ending"))
    deliver(pairing.cohort)
    assert "You have asked for a hand" in page
    assert sent(pairing.cohort, "pairings.help_asked") == [owner.email]


@database
@pytest.mark.parametrize("view", ["pair_ending", "pair_closing"])
def test_nobody_but_the_two_opens_it(client, view):
    _ada, carl, pairing = create_met()
    for who in (create_member(carl.member.organization), create_member(create_organization())):
        assert login(client, who).get(url(who, view, pairing.pk)).status_code == 404


def test_both_who_begin_it_at_once_begin_it_once(committed_db):
    _ada, _carl, pairing = create_met()

    def deed(side):
        def run():
            try:
                operations.begin(pairing=pairing, side=side, why=Why(), now=timezone.now())
            except CannotClose:
                return "late"
            return "begun"

        return pairing.person(side).member_id, run

    assert at_once(pairing.organization_id, *map(deed, Side)) == ["begun", "late"]
    assert len(outcomes(pairing)) == 1


def test_two_yeses_at_once_end_it_once(client, committed_db):
    ada, _carl, pairing = create_met()
    begin(client, ada, pairing)

    def deed():
        done = complete(pairing=pairing, side=Side.MENTEE, now=timezone.now())
        return "ended" if done else "over"

    assert at_once(pairing.organization_id, deed, deed) == ["ended", "over"]
    with inside(pairing.organization_id):
        assert Message.objects.filter(kind=ENDED_WELL).count() == 2


def test_a_yes_and_a_second_thought_at_once_leave_one_of_the_two(client, committed_db):
    ada, _carl, pairing = create_met()
    begin(client, ada, pairing)

    def yes_now():
        done = complete(pairing=pairing, side=Side.MENTEE, now=timezone.now())
        return "ended" if done else "late"

    def back_now():
        done = go_on(pairing=pairing, side=Side.MENTOR, now=timezone.now())
        return "on" if done else "late"

    done = at_once(pairing.organization_id, yes_now, back_now)
    (state,) = states_of([pairing])
    assert (done, state) in ((["ended", "late"], "closed_early"), (["late", "on"], "active"))


@database
def test_the_database_allows_one_open_closing(client):
    ada, _carl, pairing = create_met()
    begin(client, ada, pairing)
    with inside(pairing.organization_id):
        again = {"pairing": pairing, "by": Side.MENTEE, "began_at": timezone.now()}
        with (
            pytest.raises(IntegrityError, match="pairings_closing_open_once"),
            transaction.atomic(),
        ):
            Closing.objects.create(**again)
