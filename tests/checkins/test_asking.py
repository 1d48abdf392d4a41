"""Who is asked how it is going: when, how often, and who is not."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.models import Holiday, Member, Organization
from mentoring.checkins.operations.asking import Occasion, ask
from mentoring.meetings.enums import AgendaSection
from mentoring.meetings.operations.logs import log
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message, Schedule
from mentoring.outbox.registry import effect_kind
from mentoring.outbox.unrolling import unroll_some
from mentoring.pairings.operations.breaks import pause, resume
from mentoring.tenancy.scope import within
from programs.enums import Cadence, Side
from programs.models import Participant
from tests.checkins.people import (
    MONTH,
    ask_both,
    asking_mails,
    check_ins,
    create_active,
    create_asked,
    let_time_pass,
    links_in,
    say,
    schedules,
)
from tests.factories import inside
from tests.meetings.people import BERLIN, create_pair, held, meetings, plan, plan_of
from tests.meetings.test_logs import ago, create_old_pair, reload_with_people
from tests.meetings.writing import put
from tests.pairings.agreeing import agree
from tests.pairings.people import answer, sent, today
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db
PROMPT, REPEAT = "checkins.prompt", "checkins.repeat"


def going_on(pairing) -> list[tuple[str, str]]:
    return [(each.label, each.every) for each in schedules(pairing) if each.next_at]


def test_both_are_asked_in_the_rhythm_of_the_pair_from_their_first_meeting_on():
    _ada, _carl, pairing = create_pair()
    assert going_on(pairing) == []
    ada, _carl, pairing = create_active()
    first = pairing.introduced_at.astimezone(BERLIN).date()

    assert going_on(pairing) == [("mentee", "month"), ("mentor", "month")]
    assert {each.anchor for each in schedules(pairing)} == {first}
    assert {each.next_on > first for each in schedules(pairing)} == {True}
    agree(pairing, cadence=Cadence.FORTNIGHTLY)
    assert going_on(pairing) == [("mentee", "fortnight"), ("mentor", "fortnight")]
    held(reload_with_people(pairing), by=ada, starts_at=ago(days=1))
    assert going_on(pairing) == [("mentee", "fortnight"), ("mentor", "fortnight")]


def test_nobody_is_asked_on_the_day_on_which_the_two_first_met():
    early = timezone.now().astimezone(BERLIN).replace(hour=7, minute=0, second=0, microsecond=0)
    ada, _carl, pairing = create_old_pair()
    held(pairing, by=ada, starts_at=early - timedelta(days=1))
    let_time_pass(pairing, at=early.replace(hour=10) - timedelta(days=1))
    assert check_ins(pairing) == []
    assert len(going_on(pairing)) == 2


def test_the_mail_says_who_the_mentor_is_the_next_step_and_the_next_meeting(mails):
    ada, carl, pairing = create_active()
    put(meetings(pairing)[0], ada, "Show <one> tool that’s new", AgendaSection.BEFORE_NEXT)
    plan(pairing, by=carl, starts_at=ago(days=-3))

    ask_both(pairing)

    assert sent(pairing.cohort, PROMPT) == sorted([ada.member.email, carl.member.email])
    (mail,) = asking_mails(mails(), carl)
    text, html = text_of(mail, "plain"), text_of(mail, "html")
    assert mail["Subject"] == "How is it going with Ada?"
    assert "Ada is the mentor. Focus: AI tools." in text
    assert "- Show <one> tool that’s new" in text
    assert "Show &lt;one&gt; tool that’s new" in html
    assert "Next meeting: " in text
    assert "Not planned yet" not in text
    assert sorted(links_in(mail)) == ["date", "help", "met", "well"]
    assert mail["List-Unsubscribe"]


def test_it_comes_at_the_hour_of_the_organization_where_the_person_is():
    ada, carl, pairing = create_active()
    with inside(pairing.organization_id):
        Organization.objects.update(reminder_hour=time(8))
        Member.objects.filter(pk=carl.member_id).update(time_zone="Asia/Tokyo")
        Schedule.objects.all().delete()
    held(reload_with_people(pairing), by=ada, starts_at=ago(days=2))
    mentee, mentor = schedules(pairing)
    assert (mentee.zone, mentor.zone) == ("Asia/Tokyo", "Europe/Berlin")
    assert mentor.next_at.astimezone(BERLIN).time() == time(8)
    assert mentee.next_at.astimezone(ZoneInfo("Asia/Tokyo")).time() == time(8)


def test_a_worker_who_is_back_at_night_leaves_the_mail_for_the_next_morning():
    _ada, _carl, pairing = create_active()
    came_at = schedules(pairing)[0].next_at
    let_time_pass(pairing, at=came_at + timedelta(hours=14))
    assert check_ins(pairing) == [("mentee", False), ("mentor", False)]
    assert sent(pairing.cohort, PROMPT) == []
    for day in range(1, 5):
        let_time_pass(pairing, at=came_at + timedelta(days=day))
    assert len(sent(pairing.cohort, PROMPT)) == 2


def test_who_does_not_answer_gets_one_gentle_repeat_and_no_more(mails):
    ada, carl, pairing = create_asked()
    asked_at = pairing.introduced_at + MONTH
    for day in range(1, 12):
        let_time_pass(pairing, at=asked_at + timedelta(days=day))
    assert sent(pairing.cohort, PROMPT) == sorted([ada.member.email, carl.member.email])
    assert sent(pairing.cohort, REPEAT) == sorted([ada.member.email, carl.member.email])
    first, again = asking_mails(mails(), ada)
    assert again["Subject"] == "One tap: how is it going with Carl?"
    assert "We asked a few days ago and do not ask again this time." in text_of(again, "plain")
    assert sorted(links_in(first)) == sorted(links_in(again))


@pytest.mark.parametrize("sends_on_free_days", [True, False])
def test_the_repeat_waits_four_working_days(sends_on_free_days):
    _ada, _carl, pairing = create_active()
    friday = datetime(2026, 10, 2, 9, tzinfo=BERLIN)
    with inside(pairing.organization_id):
        Organization.objects.update(sends_on_free_days=sends_on_free_days)
        Holiday.objects.create(date=date(2026, 10, 6), name="Day off")
        ask([Occasion(pairing, Side.MENTOR, friday.date())], due_at=friday, now=friday)
        due = set(Message.objects.filter(kind=REPEAT).values_list("due_at", flat=True))
    assert due == {datetime(2026, 10, 9, 9, tzinfo=BERLIN)}


def test_who_has_answered_is_not_asked_again(client):
    ada, carl, pairing = create_asked()
    say(client, ada, pairing, "well")
    let_time_pass(pairing, at=pairing.introduced_at + MONTH + timedelta(days=9))
    assert sent(pairing.cohort, REPEAT) == [carl.member.email]


@pytest.mark.parametrize("what", ["met", "met before", "planned"])
def test_nobody_is_asked_again_once_the_two_have_met_or_set_a_date(what):
    """Carl notes it in the app two hours after both were asked."""
    _ada, carl, pairing = create_active()
    asked_at = schedules(pairing)[0].next_at
    let_time_pass(pairing, at=asked_at)
    assert len(sent(pairing.cohort, PROMPT)) == 2
    now, pairing = asked_at + timedelta(hours=2), reload_with_people(pairing)
    if what == "planned":
        plan(pairing, by=carl, starts_at=now + timedelta(days=20), now=now)
    else:
        days = 0 if what == "met" else 3
        was = plan_of(now - timedelta(days=days, minutes=60))
        with inside(pairing.organization_id, member_id=carl.member_id):
            log(pairing=pairing, side=Side.MENTEE, was=was, now=now)
    for day in range(1, 12):
        let_time_pass(pairing, at=asked_at + timedelta(days=day))
    assert sent(pairing.cohort, REPEAT) == []


@pytest.mark.parametrize("why", ["break", "ended", "leave", "paused", "deactivated"])
def test_nobody_is_asked_about_a_pair_that_rests_or_somebody_who_is_away(client, why):
    ada, carl, pairing = create_active()
    if why == "ended":
        answer(client, ada, pairing, "step_out")
    with inside(pairing.organization_id):
        if why == "break":
            until = today() + timedelta(days=60)
            pause(pairing=pairing, side=Side.MENTOR, until=until, now=timezone.now())
        if why == "leave":
            Member.objects.filter(pk=carl.member_id).update(on_leave=True)
        if why == "paused":
            until = today() + timedelta(days=60)
            Participant.objects.filter(pk=carl.pk).update(paused_until=until)
        if why == "deactivated":
            Member.objects.filter(pk=carl.member_id).update(deactivated_at=timezone.now())

    ask_both(pairing)

    assert check_ins(pairing) == []
    assert sent(pairing.cohort, PROMPT) == []


def test_the_end_of_a_pair_ends_its_schedules(client):
    ada, _carl, pairing = create_active()
    answer(client, ada, pairing, "step_out")
    assert [each.next_at for each in schedules(pairing)] == [None, None]


def test_after_a_break_the_two_are_asked_again():
    _ada, _carl, pairing = create_active()
    now = timezone.now()
    with inside(pairing.organization_id):
        pause(pairing=pairing, side=Side.MENTEE, until=today() + timedelta(days=5), now=now)
    assert going_on(pairing) == []
    with inside(pairing.organization_id):
        assert resume(pairing=pairing, now=now + timedelta(days=3))
    assert going_on(pairing) == [("mentee", "month"), ("mentor", "month")]


def test_what_is_asked_between_the_mail_and_a_break_does_not_go_out():
    _ada, _carl, pairing = create_asked()
    now = pairing.introduced_at + MONTH
    with inside(pairing.organization_id):
        until = today() + timedelta(days=30)
        pause(pairing=pairing, side=Side.MENTEE, until=until, now=now)
    let_time_pass(pairing, at=now + timedelta(days=9))
    assert sent(pairing.cohort, REPEAT) == []


def test_asking_twice_is_asking_once(mails):
    ada, _carl, pairing = create_asked()
    with inside(pairing.organization_id):
        for each in Message.objects.filter(kind="checkins.ask"):
            again = {"state": "queued", "finished_at": None, "look_at": each.due_at}
            Message.objects.filter(pk=each.pk).update(**again)
    let_time_pass(pairing, at=pairing.introduced_at + MONTH)
    assert check_ins(pairing) == [("mentee", False), ("mentor", False)]
    assert len(asking_mails(mails(), ada)) == 1


@pytest.mark.parametrize("pairs", [1, 4])
def test_asking_many_costs_as_much_as_asking_two(pairs, django_assert_num_queries):
    ada, _carl, pairing = create_active()
    for number in range(1, pairs):
        mentor = take_part(ada.cohort, Side.MENTOR, name=f"Mentor {number}")
        mentee = take_part(ada.cohort, Side.MENTEE, name=f"Mentee {number}")
        create_active((mentor, mentee))
    with within(pairing.organization_id):
        unroll_some(now=pairing.introduced_at + MONTH)
    with inside(pairing.organization_id):
        due = list(Message.objects.filter(kind="checkins.ask"))
        assert len(due) == 2 * pairs
        kind = effect_kind("checkins.ask")
        with django_assert_num_queries(13):
            assert kind.unwanted(due, timezone.now()) == {}
            kind.apply(due, timezone.now())
    assert len(check_ins(pairing)) == 2
