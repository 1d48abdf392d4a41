"""Demo pairs agree: one has confirmed, another waits."""

import pytest
from django.utils import timezone

from mentoring.console.demo.agreements import agree_in_pairs
from mentoring.pairings.queries.agreements import standing_of
from programs.enums import Side
from tests.factories import inside
from tests.pairings.agreeing import create_pair, versions_of
from tests.pairings.people import ask, create_round
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db


def test_pairs_have_by_turns_an_agreement_and_one_that_waits_for_the_mentor():
    cohort = create_round()
    people = [[take_part(cohort, side) for side in Side] for _ in range(3)]
    pairings = [create_pair(*both) for both in people[:2]]
    asked = ask(*people[2])
    with inside(cohort.organization_id):
        agree_in_pairs([*pairings, asked], mark="KANARI ", now=timezone.now())

    assert [versions_of(each) for each in (*pairings, asked)] == [
        [(1, "mentee", "in force")],
        [(1, "mentee", "open")],
        [],
    ]
    with inside(cohort.organization_id, member_id=people[0][0].member_id):
        terms = standing_of(pairings[0]).current.terms
    assert [each.startswith("KANARI ") for each in (terms.offers, terms.seeks)] == [True, True]
