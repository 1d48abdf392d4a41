"""In the demo pairs come to their agreed end, an enrollment closes, and each week is told of."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring.console.demo.agreements import agree_in_pairs
from mentoring.console.demo.endings import let_enrollment_close, let_one_end
from mentoring.meetings.operations.week import WEEK
from mentoring.meetings.queries.health import Look, Need, pairs_of
from mentoring.outbox.models import Message, Schedule
from mentoring.pairings.operations.countdown import ENDS_SOON
from mentoring.pairings.queries.agreements import standing_of
from mentoring.tenancy.scope import within
from programs.enums import Side
from programs.operations import closing
from tests.console.test_demo import load, organization_of
from tests.factories import create_owner, inside, reload
from tests.pairings.agreeing import create_pair
from tests.pairings.people import create_round, today
from tests.profiles.people import create_cohort, take_part

pytestmark = pytest.mark.django_db(databases=["default", "cache"])


def test_one_pair_is_near_its_end_and_one_past_it():
    now = timezone.now()
    cohort = create_round()
    people = [[take_part(cohort, side) for side in Side] for _ in range(5)]
    pairings = [create_pair(*both, now=now - timedelta(days=70)) for both in people]
    with inside(cohort.organization_id):
        agree_in_pairs(pairings[:1], mark="KANARI ", now=now)
        let_one_end(pairings[:1], mark="KANARI ", now=now)
        found = {each.pk: each for each in pairs_of(cohort, Look(cohort.pk, now, today()))}
        ahead = Message.objects.filter(kind=ENDS_SOON, subject_id=pairings[0].pk)
        assert ahead.filter(due_at__gt=now, due_at__lt=now + timedelta(days=14)).count() == 2
    needs = [Need(found[each.pk].needs) == Need.PAST_END for each in pairings]
    assert needs == [False, False, False, True, False]
    with inside(cohort.organization_id, member_id=people[3][0].member_id):
        assert standing_of(pairings[3]).current.terms.offers.startswith("KANARI ")


def test_an_enrollment_closes_within_days():
    now = timezone.now()
    owner = create_owner()
    cohort = create_cohort(owner.organization, enrollment_opens_on=now.date() - timedelta(days=9))
    with inside(owner.organization_id):
        for _ in range(2):
            let_enrollment_close(admin=owner, now=now)
        planned = Message.objects.filter(kind=closing.PLAN, subject_id=cohort.pk)
        closes = reload(cohort).enrollment_closes_on
        assert {closing.day_of(each.occurrence) for each in planned} == {closes}
    assert closes == now.date() + timedelta(days=5)


def test_everybody_who_may_run_a_cohort_reads_of_its_week(capsys):
    [first, *_] = load(capsys, "--organizations", "1", "--people", "8")
    with within(organization_of(first["email"])):
        assert Schedule.objects.going_on().filter(kind=WEEK).count() == 4
