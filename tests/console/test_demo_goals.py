"""Demo pairs want to reach something, and their cohort reads some of it without names."""

import pytest
from django.utils import timezone

from mentoring.console.demo.goals import PUBLISHED, reach_something
from mentoring.meetings.models import PublishedCommitment
from programs.enums import CohortState, Side
from tests.factories import inside
from tests.meetings.reaching import wordings
from tests.meetings.test_goals import counts
from tests.pairings.agreeing import create_pair
from tests.pairings.people import create_round
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("others", "shown"), [(4, len(PUBLISHED)), (3, 0)])
def test_what_is_published_waits_for_enough_leaders(others, shown):
    cohort = create_round(state=CohortState.RUNNING)
    pairing = create_pair(*[take_part(cohort, side) for side in Side])
    for _ in range(others):
        for side in Side:
            take_part(cohort, side)

    with inside(cohort.organization_id):
        reach_something([pairing], mark="KANARI ", now=timezone.now())

    states = [state for _, state, _ in wordings(pairing)]
    assert sorted(states[-2:]) == ["draft", "proposed"]
    assert all(text.startswith("KANARI ") for text, *_ in wordings(pairing))
    assert counts(pairing) == (3, 1)
    with inside(cohort.organization_id):
        rows = list(PublishedCommitment.objects.all())
    assert len(rows) == shown
    assert all(each.text.startswith("KANARI ") for each in rows)
