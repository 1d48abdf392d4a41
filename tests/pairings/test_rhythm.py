"""What counts for a pair: the agreement in force, else the program's defaults."""

from datetime import UTC, date, datetime

import pytest

from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import Rhythm, rhythm_of
from programs.enums import Cadence, Side
from tests.factories import inside
from tests.pairings.agreeing import agree, create_pair, in_days, propose
from tests.pairings.people import ask, create_round, create_two
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db
# The first of September is over in Berlin.
EVENING = datetime(2026, 8, 31, 22, 30, tzinfo=UTC)


def rhythms(*pairings: Pairing) -> list[Rhythm]:
    with inside(pairings[0].organization_id):
        found = rhythm_of(pairings)
    return [found[each.pk] for each in pairings]


def test_without_an_agreement_the_program_counts_from_the_day_the_pair_began():
    rules = {"cadence": Cadence.QUARTERLY, "meeting_minutes": 90, "length_months": 6}
    pairing = create_pair(now=EVENING, program=rules)
    assert rhythms(pairing) == [Rhythm(Cadence.QUARTERLY, 90, date(2027, 3, 1), False)]


def test_before_a_pair_has_begun_the_end_is_that_of_the_cohort():
    ada, carl = create_two()
    assert rhythms(ask(ada, carl)) == [Rhythm(Cadence.MONTHLY, 45, ada.cohort.ends_on, False)]


def test_what_is_in_force_counts_and_a_proposal_does_not():
    pairing = create_pair()
    (usual,) = rhythms(pairing)
    propose(pairing, Side.MENTOR, minutes=30)
    assert rhythms(pairing) == [usual]
    agree(pairing, minutes=60, cadence=Cadence.FORTNIGHTLY)
    propose(pairing, Side.MENTOR, minutes=30)
    assert rhythms(pairing) == [Rhythm(Cadence.FORTNIGHTLY, 60, in_days(180), True)]
    agree(pairing, minutes=75)
    assert rhythms(pairing) == [Rhythm(Cadence.MONTHLY, 75, in_days(180), True)]


@pytest.mark.parametrize("count", [1, 4])
def test_many_pairs_cost_one_query(django_assert_num_queries, count):
    cohort = create_round()
    people = [
        [take_part(cohort, side, name=f"{side} {number}") for side in Side]
        for number in range(count)
    ]
    pairings = [create_pair(*both) for both in people]
    for each in pairings[1:]:
        agree(each, minutes=60)
        agree(each, minutes=75)
    with inside(cohort.organization_id):
        bare = list(Pairing.objects.only("pk"))
        with django_assert_num_queries(1):
            found = rhythm_of(bare)
    assert sorted(each.minutes for each in found.values()) == [45] + [75] * (count - 1)
