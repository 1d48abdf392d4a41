"""A break of a pair, and its end."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import Member
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.breaks import BadDay, resume
from mentoring.pairings.operations.breaks import pause as begin
from programs.enums import Side
from programs.models import Participant
from tests.factories import create_member, inside, login, reload, url
from tests.pairings.people import answer, by_day, days, deliver, main_of, own_page, sent, today
from tests.pairings.test_drift import met
from tests.pairings.test_races import at_once
from tests.pairings.test_stepping_out import SIDES, create_pair

PAUSED, OVER = "pairings.paused", "pairings.break_over"
AWAY = "pairings.partner_away"


def day_in(number: int) -> str:
    return (timezone.now() + days(number)).date().isoformat()


def pause(client, who, pairing, until: str):
    address = url(who.member, "pair_pause", pairing.pk)
    return login(client, who.member).post(address, {"until": until}, follow=True)


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "other"), SIDES)
def test_either_begins_a_break_and_the_other_is_told_without_a_reason(client, mails, who, other):
    *two, pairing = create_pair()

    said = pause(client, two[who], pairing, day_in(30))
    deliver(pairing.cohort)

    found = reload(pairing)
    assert (found.state, str(found.paused_until)) == ("paused", day_in(30))
    assert f"You have a break. {two[other].member} reads until when, and no reason." in said.text
    assert sent(pairing.cohort, PAUSED) == [two[other].member.email]
    (mail,) = [each for each in mails() if "a break until" in each["Subject"]]
    assert "Nobody has to give a reason" in text_of(mail, "plain")
    shown = main_of(own_page(client, two[other].member, pairing))
    assert "The two of you have a break" in shown
    assert "Go on now" in shown


@pytest.mark.django_db
@pytest.mark.parametrize("has_met", [True, False])
def test_either_ends_it_and_the_pair_is_where_it_was(client, has_met):
    ada, carl, pairing = create_pair()
    if has_met:
        met(pairing, timezone.now())
    pause(client, ada, pairing, day_in(30))

    said = answer(client, carl, pairing, "resume")

    assert "Welcome back." in said.text
    found = reload(pairing)
    assert (found.state, found.paused_until) == ("active" if has_met else "introductory", None)
    assert found.resumed_at is not None
    assert "There is no break to end." in answer(client, ada, pairing, "resume").text


@pytest.mark.django_db
def test_on_the_day_both_are_asked_whether_they_go_on_and_it_does_not_end_by_itself(client):
    ada, carl, pairing = create_pair()
    pause(client, ada, pairing, day_in(10))
    deliver(pairing.cohort, at=by_day(timezone.now() + days(11)))
    assert sent(pairing.cohort, OVER) == sorted([ada.member.email, carl.member.email])
    assert reload(pairing).state == "paused"


@pytest.mark.django_db
def test_another_day_replaces_the_first_and_is_asked_about_once(client):
    ada, carl, pairing = create_pair()
    for number in (10, 20, 20):
        pause(client, ada, pairing, day_in(number))
    deliver(pairing.cohort, at=by_day(timezone.now() + days(11)))
    assert sent(pairing.cohort, OVER) == []
    deliver(pairing.cohort, at=by_day(timezone.now() + days(21)))
    assert len(sent(pairing.cohort, OVER)) == 2
    assert sent(pairing.cohort, PAUSED) == [carl.member.email]


@pytest.mark.django_db
@pytest.mark.parametrize("is_told_between", [True, False])
def test_another_break_until_the_same_day_is_told_too_and_asked_about_once(client, is_told_between):
    ada, carl, pairing = create_pair()
    pause(client, ada, pairing, day_in(10))
    if is_told_between:
        deliver(pairing.cohort)
    answer(client, carl, pairing, "resume")
    pause(client, ada, pairing, day_in(10))
    deliver(pairing.cohort)
    assert sent(pairing.cohort, PAUSED) == [carl.member.email] * (1 + is_told_between)
    deliver(pairing.cohort, at=by_day(timezone.now() + days(11)))
    assert sent(pairing.cohort, OVER) == sorted([ada.member.email, carl.member.email])


@pytest.mark.django_db
def test_the_first_day_again_is_told_again_and_asked_about_once(client):
    ada, carl, pairing = create_pair()
    for number in (10, 20, 10):
        pause(client, ada, pairing, day_in(number))
        deliver(pairing.cohort)
    assert sent(pairing.cohort, PAUSED) == [carl.member.email] * 3
    deliver(pairing.cohort, at=by_day(timezone.now() + days(21)))
    assert len(sent(pairing.cohort, OVER)) == 2


@pytest.mark.django_db
def test_what_was_planned_before_breaks_had_a_moment_is_understood(client):
    ada, carl, pairing = create_pair()
    pause(client, ada, pairing, day_in(10))
    with inside(pairing.organization_id):
        for row in Message.objects.filter(kind__in=[PAUSED, OVER]):
            Message.objects.filter(pk=row.pk).update(occurrence=row.occurrence.partition("/")[0])
    deliver(pairing.cohort, at=by_day(timezone.now() + days(11)))
    assert sent(pairing.cohort, PAUSED) == [carl.member.email]
    assert len(sent(pairing.cohort, OVER)) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["leave", "break"])
def test_who_is_away_is_not_asked_whether_to_go_on(client, why):
    ada, carl, pairing = create_pair()
    pause(client, ada, pairing, day_in(10))
    with inside(pairing.organization_id):
        if why == "leave":
            Member.objects.filter(pk=carl.member_id).update(on_leave=True)
        else:
            Participant.objects.filter(pk=carl.pk).update(paused_until=today() + days(30))
    deliver(pairing.cohort, at=by_day(timezone.now() + days(11)))
    assert sent(pairing.cohort, OVER) == [ada.member.email]


@pytest.mark.django_db
def test_nobody_is_asked_once_the_two_went_on_or_parted(client):
    ada, _carl, pairing = create_pair()
    pause(client, ada, pairing, day_in(10))
    answer(client, ada, pairing, "resume")
    deliver(pairing.cohort, at=by_day(timezone.now() + days(11)))
    assert sent(pairing.cohort, OVER) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("until", "error"),
    [
        (lambda: day_in(0), "Choose a day that is still ahead."),
        (lambda: day_in(185), "Choose a day within half a year."),
        (lambda: "soon", "Enter a valid date."),
        (lambda: "", "This field is required."),
    ],
)
def test_a_break_ends_on_a_day_ahead(client, until, error):
    ada, _carl, pairing = create_pair()
    said = pause(client, ada, pairing, until())
    assert error in said.text
    assert reload(pairing).state == "introductory"


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 184])
def test_the_operation_refuses_such_days_itself(number):
    ada, _carl, pairing = create_pair()
    now = timezone.now()
    with inside(ada.organization_id), pytest.raises(BadDay):
        begin(pairing=pairing, side=Side.MENTOR, until=today() + days(number), now=now)


@pytest.mark.django_db
def test_an_ended_pair_has_no_break_and_a_stranger_finds_none(client):
    ada, carl, pairing = create_pair()
    stranger = create_member(pairing.cohort.organization)
    assert login(client, stranger).get(url(stranger, "pair_pause", pairing.pk)).status_code == 404
    assert client.post(url(stranger, "pair_resume", pairing.pk)).status_code == 404
    answer(client, carl, pairing, "step_out")
    said = pause(client, ada, pairing, day_in(5))
    assert "This is not open any more. Nothing is lost." in said.text
    assert reload(pairing).state == "withdrawn"


@pytest.mark.django_db
def test_a_pair_on_a_break_can_be_ended(client):
    ada, carl, pairing = create_pair()
    pause(client, ada, pairing, day_in(10))
    answer(client, carl, pairing, "step_out")
    found = reload(pairing)
    assert (found.state, found.paused_until) == ("withdrawn", None)


@pytest.mark.django_db
def test_the_database_keeps_the_day_to_breaks():
    _ada, _carl, pairing = create_pair()
    with inside(pairing.organization_id), pytest.raises(IntegrityError, match="_paused"):
        Pairing.objects.filter(pk=pairing.pk).update(paused_until=today())


def test_two_who_go_on_at_once_do_it_once(committed_db, client):
    ada, _carl, pairing = create_pair()
    pause(client, ada, pairing, day_in(10))

    def going_on() -> str:
        return str(resume(pairing=pairing, now=timezone.now()))

    assert at_once(ada.organization_id, going_on, going_on) == ["False", "True"]


@pytest.mark.django_db
def test_the_partner_of_somebody_who_has_a_break_from_everything_is_told(client, mails):
    ada, carl, pairing = create_pair()
    address = url(carl.member, "participation_pause", carl.pk)
    said = login(client, carl.member).post(address, {"until": day_in(20)}, follow=True)
    assert said.status_code == 200
    deliver(pairing.cohort)

    assert sent(pairing.cohort, AWAY) == [ada.member.email]
    (mail,) = [each for each in mails() if "has a break until" in each["Subject"]]
    assert "You need not do anything until then." in text_of(mail, "plain")
    assert reload(pairing).state == "introductory"


@pytest.mark.django_db
def test_another_break_from_everything_until_the_same_day_is_told_too(client):
    ada, carl, pairing = create_pair()
    begins = url(carl.member, "participation_pause", carl.pk)
    ends = url(carl.member, "participation_resume", carl.pk)
    for _ in range(2):
        for _ in range(2):
            login(client, carl.member).post(begins, {"until": day_in(20)})
            deliver(pairing.cohort)
        assert client.post(ends, follow=True).status_code == 200
    assert sent(pairing.cohort, AWAY) == [ada.member.email] * 2


@pytest.mark.django_db
def test_an_ended_pair_hears_of_no_break(client):
    ada, carl, pairing = create_pair()
    address = url(carl.member, "participation_pause", carl.pk)
    login(client, carl.member).post(address, {"until": day_in(20)})
    answer(client, ada, pairing, "step_out")
    deliver(pairing.cohort)
    assert sent(pairing.cohort, AWAY) == []
