"""The end that a pair agreed on: who hears of it, when, and who does not."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from accounts.models import Holiday, Member
from mentoring.outbox.foresight import foresee
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.breaks import pause, resume
from mentoring.pairings.operations.countdown import END_PASSED, ENDS_SOON, count_down
from mentoring.pairings.queries.countdown import ends_of
from mentoring.tenancy.scope import within
from programs.enums import CohortState, Side
from programs.models import Participant
from tests.factories import create_organization, create_owner, inside, login, reload, url
from tests.pairings.agreeing import OFFERS, SEEKS, agree, create_pair, propose
from tests.pairings.people import MONDAY, answer, create_two, deliver, main_of, own_page, sent
from tests.profiles.people import create_cohort, take_part

# A Friday.
END = date(2027, 5, 7)
MONTH, WEEK, PASSED = (f"{mark}:2027-05-07" for mark in ("month", "week", "passed"))
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def at_noon():
    with time_machine.travel(MONDAY, tick=False):
        yield


def at(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=UTC)


def create_agreed(ends_on: date = END, **fields) -> Pairing:
    """A pair in Berlin that has agreed on an end, in an organization with free weekends."""
    organization = create_organization(time_zone="Europe/Berlin", **fields)
    cohort = create_cohort(organization, state=CohortState.MATCHING)
    pairing = create_pair(*create_two(cohort))
    agree(pairing, ends_on=ends_on)
    return pairing


def planned(pairing, mark: str = "") -> list[tuple[str, datetime]]:
    """Occasions and moments of what the mentor is to get."""
    with inside(pairing.organization_id):
        rows = Message.objects.filter(kind__in=[ENDS_SOON, END_PASSED]).order_by("due_at")
        rows = rows.filter(occurrence__startswith=f"mentor@{mark}", state="queued")
        rows = rows.filter(occurrence__contains=str(END))
        return [(row.occurrence.removeprefix("mentor@"), row.due_at) for row in rows]


def both(pairing) -> list[str]:
    return sorted([pairing.mentor.member.email, pairing.mentee.member.email])


def soon(pairing) -> list[str]:
    return sent(pairing.cohort, ENDS_SOON)


def change(pairing, **fields) -> None:
    with inside(pairing.organization_id):
        Pairing.objects.filter(pk=pairing.pk).update(**fields)


def test_both_hear_of_it_on_working_mornings_where_they_are():
    pairing = create_agreed()
    # Summer time has begun; four weeks before is a Friday, and the day after the end a Saturday.
    assert planned(pairing) == [(MONTH, at(4, 9, 7)), (WEEK, at(4, 30, 7)), (PASSED, at(5, 10, 7))]


@pytest.mark.parametrize(
    ("zone", "hour", "days"),
    [
        ("Asia/Tokyo", time(7, 30), [(4, 8, 22, 30), (4, 29, 22, 30), (5, 9, 22, 30)]),
        ("America/New_York", time(9), [(4, 9, 13, 0), (4, 30, 13, 0), (5, 10, 13, 0)]),
    ],
)
def test_the_hour_is_the_organizations_and_the_place_the_readers(zone, hour, days):
    organization = create_organization(time_zone="Europe/Berlin", reminder_hour=hour)
    ada, carl = create_two(create_cohort(organization, state=CohortState.MATCHING))
    with inside(organization):
        ada.member.user.time_zone = zone
        ada.member.user.save()
    pairing = create_pair(ada, carl)
    agree(pairing, ends_on=END)
    assert [moment for _, moment in planned(pairing)] == [
        datetime(2027, *parts, tzinfo=UTC) for parts in days
    ]


def test_free_days_move_the_mails_and_never_past_the_end():
    organization = create_organization(time_zone="UTC")
    with inside(organization):
        for day in (date(2027, 4, 9), date(2027, 4, 30), *days_of_may(3, 7)):
            Holiday.objects.create(date=day, name="Off")
    pairing = create_pair(*create_two(create_cohort(organization, state=CohortState.MATCHING)))
    agree(pairing, ends_on=END)
    # The whole last week is off: a mail on the Monday after the end would be no use.
    assert planned(pairing) == [(MONTH, at(4, 12, 9)), (PASSED, at(5, 10, 9))]


def days_of_may(first: int, last: int) -> list[date]:
    return [date(2027, 5, day) for day in range(first, last + 1)]


@pytest.mark.parametrize(
    ("left", "marks"),
    [(40, ["month", "week", "passed"]), (34, ["week", "passed"]), (6, ["passed"])],
)
def test_a_pair_that_is_shorter_than_that_hears_less_of_it(left, marks):
    ends_on = MONDAY.date() + timedelta(days=left)
    pairing = create_agreed(ends_on)
    with inside(pairing.organization_id):
        rows = Message.objects.filter(kind__in=[ENDS_SOON, END_PASSED])
        found = rows.filter(occurrence__startswith="mentor@", occurrence__contains=str(ends_on))
        names = [row.occurrence.partition("@")[2] for row in found.order_by("due_at")]
    assert names == [f"{mark}:{ends_on}" for mark in marks]


def test_the_mail_says_who_is_who_how_often_they_met_and_both_ways_on(mails):
    pairing = create_agreed()
    deliver(pairing.cohort, at=at(4, 9))
    assert soon(pairing) == both(pairing)
    found = {str(each["To"]): each for each in mails() if "or longer?" in str(each["Subject"])}
    (mail,) = [each for to, each in found.items() if to.startswith("Carl")]
    text = " ".join(text_of(mail, "plain").split())
    assert str(mail["Subject"]) == "You and Ada: until 7 May 2027, or longer?"
    assert "agreed on ends on 7 May 2027." in text
    assert "Ada is the mentor. Focus: AI tools." in text
    assert f"/pairs/{pairing.pk}/agreement/propose/" in text
    assert f"/pairs/{pairing.pk}/meetings/plan/" in text
    for part in ("plain", "html"):
        for hidden in (OFFERS, SEEKS, "juniors don"):
            assert hidden not in text_of(mail, part)


def test_the_ways_on_lead_to_pages_that_are_there(client, mails):
    pairing = create_agreed()
    deliver(pairing.cohort, at=at(4, 9))
    mail = next(each for each in mails() if "or longer?" in str(each["Subject"]))
    member = pairing.mentor.member if "Ada" in str(mail["To"]) else pairing.mentee.member
    login(client, member)
    addresses = [
        line.strip().removeprefix("http://testserver")
        for line in text_of(mail, "plain").splitlines()
        if f"/pairs/{pairing.pk}" in line
    ]
    assert len(addresses) == 3
    assert [client.get(each).status_code for each in addresses] == [200, 200, 200]


def test_each_comes_once_however_often_workers_look():
    pairing = create_agreed()
    with inside(pairing.organization_id):
        people = Pairing.objects.with_people().get(pk=pairing.pk)
        for _ in range(2):
            count_down([people], now=MONDAY)
    for _ in range(2):
        for moment in (at(4, 9), at(4, 30), at(5, 10), at(5, 30)):
            deliver(pairing.cohort, at=moment)
    assert soon(pairing) == sorted(both(pairing) * 2)
    assert sent(pairing.cohort, END_PASSED) == both(pairing)
    assert reload(pairing).state == "introductory"


@pytest.mark.parametrize("why", ["moved", "proposed", "break", "ended", "closing", "archived"])
def test_nobody_hears_of_an_end_that_is_none_any_more(client, why):
    pairing = create_agreed()
    if why == "moved":
        agree(pairing, ends_on=END + timedelta(days=60))
    if why == "proposed":
        propose(pairing, Side.MENTEE, ends_on=END + timedelta(days=60))
    if why == "ended":
        answer(client, pairing.mentor, pairing, "step_out")
    if why == "closing":
        change(pairing, state="closing")
    if why == "break":
        with inside(pairing.organization_id):
            until = MONDAY.date() + timedelta(days=180)
            pause(pairing=pairing, side=Side.MENTOR, until=until, now=MONDAY)
    if why == "archived":
        with inside(pairing.organization_id):
            Participant.objects.filter(pk=pairing.mentor_id).update(state="withdrawn")
            Participant.objects.filter(pk=pairing.mentee_id).update(state="withdrawn")

    for moment in (at(4, 9), at(4, 30), at(5, 10)):
        deliver(pairing.cohort, at=moment)

    assert (soon(pairing), sent(pairing.cohort, END_PASSED)) == ([], [])


@pytest.mark.parametrize("why", ["leave", "paused", "gone"])
def test_whoever_is_away_hears_nothing_and_the_other_does(why):
    pairing = create_agreed()
    with inside(pairing.organization_id):
        if why == "leave":
            Member.objects.filter(pk=pairing.mentee.member_id).update(on_leave=True)
        if why == "gone":
            Member.objects.filter(pk=pairing.mentee.member_id).update(deactivated_at=MONDAY)
        if why == "paused":
            rows = Participant.objects.filter(pk=pairing.mentee_id)
            rows.update(paused_until=END + timedelta(days=1))
    deliver(pairing.cohort, at=at(4, 9))
    deliver(pairing.cohort, at=at(4, 30))
    assert soon(pairing) == [pairing.mentor.member.email] * 2


def test_another_end_has_mails_of_its_own():
    pairing = create_agreed()
    later = END + timedelta(days=70)
    agree(pairing, ends_on=later)
    for moment in (at(4, 9), at(4, 30), at(5, 10)):
        deliver(pairing.cohort, at=moment)
    assert soon(pairing) == []
    deliver(pairing.cohort, at=at(6, 18))
    assert soon(pairing) == both(pairing)


def test_after_a_break_over_the_end_both_are_asked_once_and_not_at_once():
    pairing = create_agreed()
    with inside(pairing.organization_id):
        until = MONDAY.date() + timedelta(days=180)
        pause(pairing=pairing, side=Side.MENTOR, until=until, now=MONDAY)
    deliver(pairing.cohort, at=at(5, 10))
    with inside(pairing.organization_id):
        resume(pairing=pairing, now=at(5, 20))
    deliver(pairing.cohort, at=at(5, 26))
    assert sent(pairing.cohort, END_PASSED) == []
    deliver(pairing.cohort, at=at(5, 28))
    assert sent(pairing.cohort, END_PASSED) == both(pairing)


def test_a_break_before_the_end_doubles_nothing():
    pairing = create_agreed()
    with inside(pairing.organization_id):
        until = MONDAY.date() + timedelta(days=60)
        pause(pairing=pairing, side=Side.MENTOR, until=until, now=MONDAY)
        resume(pairing=pairing, now=MONDAY + timedelta(days=60))
    deliver(pairing.cohort, at=at(4, 9))
    assert soon(pairing) == both(pairing)


def test_without_an_agreement_the_programs_length_counts_and_the_mail_says_so(mails):
    organization = create_organization(time_zone="Europe/Berlin")
    pairing = create_pair(*create_two(create_cohort(organization, state=CohortState.MATCHING)))
    deliver(pairing.cohort, at=at(4, 26))
    (mail, *_) = [each for each in mails() if "or longer?" in str(each["Subject"])]
    text = " ".join(text_of(mail, "plain").split())
    assert "The time that the program plans for you and" in text
    assert "ends on 23 May 2027." in text


def test_nobody_else_hears_of_it(mails):
    pairing = create_agreed()
    owner = create_owner(pairing.mentor.member.organization)
    for moment in (at(4, 9), at(4, 30), at(5, 10), at(6, 30)):
        deliver(pairing.cohort, at=moment)
    told = [each for each in mails() if "until 7 May" in str(each["Subject"])]
    assert len(told) == 4
    assert [each for each in told if owner.email in str(each["To"])] == []


def test_another_organization_is_not_touched():
    pairing, other = create_agreed(), create_agreed()
    deliver(pairing.cohort, at=at(4, 9))
    assert (soon(pairing), soon(other)) == (both(pairing), [])
    with inside(pairing.organization_id):
        assert list(ends_of([pairing.pk, other.pk], now=at(4, 9))) == [pairing.pk]


def test_a_sweep_by_hand_tells_of_it_before():
    pairing = create_agreed()
    deliver(pairing.cohort, at=at(4, 8))
    with within(pairing.organization_id):
        told = list(foresee(now=at(4, 8), at=at(4, 9)))
    assert told.count((ENDS_SOON, "sent", "")) == 2


@pytest.mark.parametrize("count", [1, 6])
def test_asking_about_many_costs_the_same(django_assert_num_queries, count):
    first = create_agreed()
    cohort = first.mentor.cohort
    made = [first]
    for number in range(1, count):
        sides = [take_part(cohort, side, name=f"{side} {number}") for side in Side]
        made.append(create_pair(*sides))
    with inside(first.organization_id), django_assert_num_queries(4):
        assert len(ends_of([each.pk for each in made], now=at(4, 9))) == count


@pytest.mark.parametrize(
    ("today", "notice"),
    [
        (at(4, 8), ""),
        (at(4, 9), "Extend it, or let it end well"),
        (at(5, 7), "Extend it, or let it end well"),
        (at(5, 8), "The end you agreed on is over"),
    ],
)
def test_the_page_of_the_pair_shows_both_ways_in_time(client, today, notice):
    pairing = create_agreed()
    with time_machine.travel(today, tick=False):
        page = main_of(own_page(client, pairing.mentor.member, pairing))
    assert ('id="agreed-end"' in page, notice in page) == (bool(notice), True)
    assert (url(pairing.mentor.member, "pair_ending", pairing.pk) in page) == bool(notice)


def test_the_page_says_nothing_of_it_while_another_end_is_proposed(client):
    pairing = create_agreed()
    propose(pairing, Side.MENTEE, ends_on=END + timedelta(days=60))
    with time_machine.travel(at(5, 20), tick=False):
        page = main_of(own_page(client, pairing.mentor.member, pairing))
    assert "agreed-end" not in page
    assert "Waiting for you" in page
