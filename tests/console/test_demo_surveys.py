"""In the demo pairs were asked in waves, and enough have answered to show how many."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring.console.demo.surveys import ask_in_waves
from mentoring.feedback.models import Response
from mentoring.feedback.queries.surveys import waiting_surveys, waves_of
from programs.enums import Moment, Side
from tests.factories import inside
from tests.feedback.surveying import again, answers_of, meet
from tests.pairings.agreeing import create_pair
from tests.pairings.people import create_round
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db


def test_pairs_were_asked_in_three_waves_and_some_have_answered():
    now = timezone.now()
    cohort = create_round()
    people = [[take_part(cohort, side) for side in Side] for _ in range(5)]
    pairings = [create_pair(*both, now=now - timedelta(days=70)) for both in people]
    for pairing in pairings[:2]:
        meet(pairing, now - timedelta(days=56))
    with inside(cohort.organization_id):
        ask_in_waves(mark="KANARI ", now=now)
        found = waves_of(cohort, now=now)
        sent = Counter(Response.objects.sent().values_list("moment", "side"))
    assert {each.moment: list(each.asked.values()) for each in found} == {
        Moment.BASELINE: [5, 5],
        Moment.INTRODUCTION: [2, 2],
        Moment.MIDPOINT: [2, 2],
    }
    assert [[sent[each.moment, side] for side in Side] for each in found] == [
        [5, 5],
        [0, 1],
        [1, 2],
    ]
    assert [each.is_open for each in found] == [False, True, True]
    first, second = again(pairings[0]), again(pairings[1])
    with inside(cohort.organization_id):
        waiting = waiting_surveys([first], first.mentor.member, now=now)
    assert {each.moment for each in waiting} == {Moment.INTRODUCTION, Moment.MIDPOINT}
    assert answers_of(second.mentee, second, Moment.INTRODUCTION)[0] == 1
    assert str(answers_of(second.mentee, second, Moment.INTRODUCTION)[1]).startswith("KANARI ")
