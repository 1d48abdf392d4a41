"""The reporting line and the pairs."""

import pytest
from django.utils import timezone

from accounts.enums import Conflict
from accounts.models import Member
from accounts.operations.people import change_record
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.conflicts import mark_conflicts
from mentoring.pairings.operations.proposals import TooClose
from programs.enums import ParticipantState, Side
from tests.factories import create_owner, inside
from tests.pairings.people import (
    answer,
    ask,
    create_round,
    create_two,
    days,
    main_of,
    own_page,
    propose,
    states_of,
)
from tests.profiles.people import TODAY, take_part

pytestmark = pytest.mark.django_db


def put_under(person: Member, manager: Member | None, owner: Member) -> None:
    with inside(owner.organization):
        change_record(member=person, values={"manager": manager}, actor=owner, now=timezone.now())


def mark_of(pairing: Pairing) -> tuple[str, bool]:
    with inside(pairing.organization_id):
        pairing.refresh_from_db()
    return pairing.conflict, pairing.conflict_found_at is not None


def test_a_new_manager_marks_the_pair_and_another_one_clears_the_mark(client):
    ada, carl = create_two()
    owner = create_owner(ada.cohort.organization)
    pairing = ask(ada, carl)
    answer(client, carl, pairing)

    put_under(ada.member, carl.member, owner)
    assert mark_of(pairing) == (Conflict.BELOW, True)
    assert "You work too close to each other now" in main_of(own_page(client, ada.member, pairing))
    assert states_of([pairing]) == ["introductory"]

    put_under(ada.member, owner, owner)
    assert mark_of(pairing) == ("", False)
    assert "too close" not in main_of(own_page(client, ada.member, pairing))


def test_pairs_against_the_hierarchy_are_refused_together_unless_overridden(client):
    ada, carl = create_two()
    dora = take_part(ada.cohort, Side.MENTEE, name="Dora")
    owner = create_owner(ada.cohort.organization)
    put_under(ada.member, carl.member, owner)

    with pytest.raises(TooClose) as refused:
        propose((ada, dora), (ada, carl))
    assert refused.value.conflicts == {(ada.pk, carl.pk): Conflict.BELOW}
    with inside(ada.organization_id):
        assert Pairing.objects.count() == 0

    (pairing,) = propose((ada, carl), overridden={(ada.pk, carl.pk)})
    with inside(ada.organization_id):
        assert mark_conflicts(now=timezone.now()) == 0
    answer(client, carl, pairing)
    assert "You are a pair." in answer(client, ada, pairing).text


def test_proposing_passes_over_what_is_open_and_who_is_not_there():
    cohort = create_round()
    mentors = [take_part(cohort, Side.MENTOR) for _ in range(2)]
    away = [
        take_part(cohort, Side.MENTEE, paused_until=TODAY + days(9)),
        take_part(cohort, Side.MENTEE, person={"on_leave": True}),
        take_part(cohort, Side.MENTEE, state=ParticipantState.WITHDRAWN),
    ]
    there = take_part(cohort, Side.MENTEE)
    ask(mentors[0], there)

    made = propose(*[(mentor, mentee) for mentor in mentors for mentee in [*away, there, there]])

    assert [(each.mentor_id, each.mentee_id) for each in made] == [(mentors[1].pk, there.pk)]
    with pytest.raises(ValueError, match="of the cohort"):
        propose((there, mentors[0]))


@pytest.mark.parametrize("count", [2, 60])
def test_marking_costs_the_same_however_many_pairs(django_assert_num_queries, count):
    cohort = create_round()
    ada = take_part(cohort, Side.MENTOR)
    pairings = propose(*[(ada, take_part(cohort, Side.MENTEE)) for _ in range(count)])
    with inside(ada.organization_id):
        Member.objects.exclude(pk=ada.member_id).update(manager=ada.member)
        with django_assert_num_queries(5):
            changed = mark_conflicts(now=timezone.now())
    assert changed == len(pairings) == count
    assert mark_of(pairings[-1]) == (Conflict.ABOVE, True)
