"""Choosing from which day on to be asked."""

from datetime import date, timedelta

import pytest

from programs.enums import Cadence
from programs.proposals import months_later
from tests.checkins.people import create_active, page_of, schedules
from tests.factories import login, url
from tests.meetings.people import BERLIN
from tests.pairings.agreeing import agree
from tests.pairings.people import answer, main_of, today

pytestmark = pytest.mark.django_db


def choose(client, who, pairing, day):
    address = url(who.member, "pair_check_in_day", pairing.pk)
    return login(client, who.member).post(address, {"day": day}, follow=True)


def anchors(pairing) -> dict[str, date]:
    return {each.label: each.anchor for each in schedules(pairing)}


def test_one_of_the_two_chooses_a_day_and_the_other_keeps_the_usual_one(client):
    ada, carl, pairing = create_active()
    first, day = pairing.introduced_at.astimezone(BERLIN).date(), today() + timedelta(days=9)
    page = choose(client, ada, pairing, day.isoformat())
    assert anchors(pairing) == {"mentor": day, "mentee": first}
    assert "as you chose" in main_of(page)
    assert "as you chose" not in main_of(page_of(client, carl, pairing))


def test_the_day_stays_when_the_rhythm_changes(client):
    ada, _carl, pairing = create_active()
    day = today() + timedelta(days=9)
    choose(client, ada, pairing, day.isoformat())
    agree(pairing, cadence=Cadence.QUARTERLY)
    (mentor,) = [each for each in schedules(pairing) if each.label == "mentor"]
    assert (mentor.anchor, mentor.every, mentor.next_on) == (day, "quarter", day)


def test_an_empty_day_is_the_usual_one_again(client):
    ada, _carl, pairing = create_active()
    choose(client, ada, pairing, (today() + timedelta(days=9)).isoformat())
    choose(client, ada, pairing, "")
    first = pairing.introduced_at.astimezone(BERLIN).date()
    assert anchors(pairing) == {"mentor": first, "mentee": first}


@pytest.mark.parametrize(
    ("day", "error"),
    [
        (today, "Choose a day that is still ahead."),
        (
            lambda: months_later(today(), 3) + timedelta(days=1),
            "Choose a day within three months from now.",
        ),
        (lambda: "soon", "Enter a valid date."),
    ],
)
def test_a_day_that_does_not_fit_is_refused_in_words(client, day, error):
    ada, _carl, pairing = create_active()
    before = anchors(pairing)
    page = main_of(choose(client, ada, pairing, str(day())))
    assert error in page
    assert anchors(pairing) == before


def test_a_pair_that_has_ended_asks_nobody_whatever_day_they_choose(client):
    ada, carl, pairing = create_active()
    answer(client, carl, pairing, "step_out")
    choose(client, ada, pairing, (today() + timedelta(days=9)).isoformat())
    assert [each.next_at for each in schedules(pairing)] == [None, None]
