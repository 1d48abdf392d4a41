"""In the demo it is known of everybody where they stand, since long before the first cohort."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.careers import note_steps
from accounts.models import CareerStep, Member
from mentoring.console.demo.build import Recipe, build
from mentoring.tenancy.scope import within
from programs.models import Participant
from tests.console.test_demo import organization_of

pytestmark = pytest.mark.django_db(databases=["default", "cache"])


def test_everybody_has_a_past_and_some_have_a_promotion():
    now = timezone.now()
    [first, *_] = build(Recipe(organizations=1, people=16), now=now)
    with within(organization_of(first.email)):
        everybody = set(Member.objects.values_list("pk", flat=True))
        assert note_steps(everybody, now=now) == 0
        long_ago = CareerStep.objects.filter(since__lt=now - timedelta(days=800))
        taking_part = set(Participant.objects.values_list("member", flat=True))
        assert taking_part
        assert taking_part <= set(long_ago.values_list("member", flat=True))
        promoted = CareerStep.objects.filter(since=now - timedelta(days=150))
        assert promoted.count() == 3
        for each in promoted:
            before = long_ago.filter(member=each.member_id).latest("since", "pk")
            assert (before.grade_rank, before.is_here) == (each.grade_rank - 1, True)
