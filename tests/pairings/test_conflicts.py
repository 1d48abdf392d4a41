"""The reporting line and the pairs."""

import pytest
from django.utils import timezone

from accounts.enums import Conflict
from accounts.models import Member
from accounts.operations.people import change_record
from mentoring.outbox.mailbox import text_of
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
    deliver,
    main_of,
    own_page,
    propose,
    sent,
    states_of,
)
from tests.profiles.people import TODAY, create_cohort, take_part

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


def test_an_override_lets_one_pair_through_and_no_other():
    ada, carl = create_two()
    ben = take_part(ada.cohort, Side.MENTOR, name="Ben")
    owner = create_owner(ada.cohort.organization)
    for mentor in (ada, ben):
        put_under(mentor.member, carl.member, owner)

    with pytest.raises(TooClose) as refused:
        propose((ada, carl), (ben, carl), overridden={(ada.pk, carl.pk)})

    assert refused.value.conflicts == {(ben.pk, carl.pk): Conflict.BELOW}
    with inside(ada.organization_id):
        assert Pairing.objects.count() == 0


def test_an_override_does_not_cover_another_conflict_that_came_later(client):
    ada, carl = create_two()
    owner = create_owner(ada.cohort.organization)
    put_under(ada.member, carl.member, owner)
    (pairing,) = propose((ada, carl), overridden={(ada.pk, carl.pk)})
    for person in (ada, carl):
        put_under(person.member, owner, owner)

    assert mark_of(pairing) == (Conflict.SAME_MANAGER, True)
    assert "This is not open any more" in answer(client, carl, pairing).text
    assert states_of([pairing]) == ["expired"]


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
    elsewhere = take_part(create_cohort(cohort.organization), Side.MENTEE)
    for pair in ((there, mentors[0]), (mentors[0], elsewhere)):
        with pytest.raises(ValueError, match="of the cohort"):
            propose(pair)


def test_proposing_passes_over_who_has_no_place_left(client):
    ada, carl = create_two()
    dora = take_part(ada.cohort, Side.MENTEE, name="Dora")
    ben = take_part(ada.cohort, Side.MENTOR, name="Ben", capacity=2)
    for mentor, mentee in ((ada, carl), (ben, take_part(ada.cohort, Side.MENTEE))):
        answer(client, mentee, ask(mentor, mentee))

    made = propose(*[(mentor, mentee) for mentor in (ada, ben) for mentee in (carl, dora)])

    assert [(each.mentor_id, each.mentee_id) for each in made] == [(ben.pk, dora.pk)]


@pytest.mark.parametrize("count", [2, 60])
def test_marking_costs_the_same_however_many_pairs(django_assert_num_queries, count):
    cohort = create_round()
    ada = take_part(cohort, Side.MENTOR)
    pairings = propose(*[(ada, take_part(cohort, Side.MENTEE)) for _ in range(count)])
    with inside(ada.organization_id):
        Member.objects.exclude(pk=ada.member_id).update(manager=ada.member)
        with django_assert_num_queries(10):
            changed = mark_conflicts(now=timezone.now())
    assert changed == len(pairings) == count
    assert mark_of(pairings[-1]) == (Conflict.ABOVE, True)


FOUND = "pairings.conflict_found"
FOUND_IN_COHORT = "pairings.conflict_found_in_cohort"


def test_both_and_those_who_run_it_hear_of_a_new_conflict_once(client, mails):
    ada, carl = create_two()
    owner = create_owner(ada.cohort.organization)
    pairing = ask(ada, carl)
    answer(client, carl, pairing)

    put_under(ada.member, carl.member, owner)
    put_under(carl.member, owner, owner)
    deliver(pairing.cohort)

    assert sent(pairing.cohort, FOUND) == [ada.member.email, carl.member.email]
    assert sent(pairing.cohort, FOUND_IN_COHORT) == [owner.email]
    texts = {
        each["To"].addresses[0].addr_spec: text_of(each, "plain")
        for each in mails()
        if "close" in each["Subject"]
    }
    assert "one of you and Carl now stands above the other" in texts[ada.member.email]
    assert "Ada is the mentor." in texts[carl.member.email]
    assert "has brought Ada and Carl too close" in texts[owner.email]
    assert f"/cohorts/{pairing.cohort_id}/health/" in texts[owner.email]


def test_a_conflict_that_is_gone_before_the_mail_left_is_not_told(client):
    ada, carl = create_two()
    owner = create_owner(ada.cohort.organization)
    pairing = ask(ada, carl)
    answer(client, carl, pairing)
    put_under(ada.member, carl.member, owner)
    put_under(ada.member, owner, owner)
    deliver(pairing.cohort)
    assert sent(pairing.cohort, FOUND) == []
    assert sent(pairing.cohort, FOUND_IN_COHORT) == []


def test_one_that_comes_back_is_told_again(client):
    ada, carl = create_two()
    owner = create_owner(ada.cohort.organization)
    pairing = ask(ada, carl)
    answer(client, carl, pairing)
    for manager in (carl.member, owner, carl.member):
        put_under(ada.member, manager, owner)
        deliver(pairing.cohort)
    assert len(sent(pairing.cohort, FOUND)) == 4


def test_nobody_hears_of_a_conflict_of_a_proposal_or_of_one_that_was_allowed(client):
    ada, carl = create_two()
    owner = create_owner(ada.cohort.organization)
    pairing = ask(ada, carl)
    put_under(ada.member, carl.member, owner)
    deliver(pairing.cohort)
    assert sent(pairing.cohort, FOUND) == []
    assert sent(pairing.cohort, FOUND_IN_COHORT) == []
