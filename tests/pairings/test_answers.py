"""Yes, and what follows from it."""

import pytest
import time_machine
from django.utils import timezone

from mentoring.outbox.mailbox import text_of
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.answers import NotOpen, accept
from programs.enums import Kind, Side
from tests.factories import inside, url
from tests.matching.people import Place
from tests.pairings.people import (
    MONDAY,
    answer,
    ask,
    create_two,
    days,
    deliver,
    main_of,
    own_page,
    propose,
    sent,
    states_of,
)
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db


def test_a_mutual_yes_makes_a_pair_that_knows_its_roles_and_its_next_step(client, mails):
    with time_machine.travel(MONDAY, tick=False):
        ada, carl = create_two()
        pairing = ask(ada, carl)
        page = main_of(answer(client, carl, pairing))
        deliver(ada.cohort)

    assert "You and Ada" in page
    assert "Ada is the mentor." in page
    assert "Focus: AI tools" in page
    assert "Next: you write to Ada and propose a first meeting." in page
    assert "7 Dec 2026" in page
    hers = main_of(own_page(client, ada.member))
    assert "You are the mentor." in hers
    assert "Next: Carl writes to you and proposes a first meeting." in hers
    texts = {
        str(each["To"]): text_of(each, "plain") for each in mails() if "pair" in each["Subject"]
    }
    to_ada = next(text for to, text in texts.items() if ada.member.email in to)
    to_carl = next(text for to, text in texts.items() if carl.member.email in to)
    assert "You are the mentor. Focus: AI tools." in to_ada
    assert "Ada is the mentor. Focus: AI tools." in to_carl
    assert "Next: you write to Ada and propose a first meeting" in to_carl
    with inside(ada.organization_id):
        pairing.refresh_from_db()
    assert (pairing.state, pairing.mentor_place, pairing.mentee_place) == ("introductory", 1, 1)


@pytest.mark.parametrize("kind", [Kind.REVERSE, Kind.TRADITIONAL])
def test_the_senior_is_asked_first_and_the_other_only_after_the_yes(client, kind):
    ada, carl = create_two(program={"kind": kind})
    senior, junior = (carl, ada) if kind == Kind.REVERSE else (ada, carl)
    (pairing,) = propose((ada, carl))
    deliver(ada.cohort)
    assert sent(ada.cohort, "pairings.proposal") == [senior.member.email]
    assert "does not know" in main_of(own_page(client, senior.member))

    page = answer(client, senior, pairing)
    deliver(ada.cohort)

    assert "Thank you. Now the other person is asked." in page.text
    both = sorted([senior.member.email, junior.member.email])
    assert sent(ada.cohort, "pairings.proposal") == both
    assert "the other person has said yes" in main_of(own_page(client, junior.member))
    assert "You are a pair." in answer(client, junior, pairing).text
    assert "You are a pair." in answer(client, junior, pairing).text
    deliver(ada.cohort)
    assert sent(ada.cohort, "pairings.began") == both


def test_when_the_last_place_is_taken_the_other_proposals_end_kindly(client, mails):
    ada, carl = create_two()
    dora = take_part(ada.cohort, Side.MENTEE, name="Dora")
    ben = take_part(ada.cohort, Side.MENTOR, name="Ben")
    pairing, other, third = ask(ada, carl), ask(ada, dora), ask(ben, carl)

    answer(client, carl, pairing)
    deliver(ada.cohort)

    assert states_of([pairing, other, third]) == ["introductory", "expired", "expired"]
    assert sent(ada.cohort, "pairings.ended") == [ben.member.email]
    assert "With Carl it does not work out this time." in main_of(own_page(client, ben.member))


def test_the_first_yes_needs_places_too_and_without_them_nobody_is_asked(client):
    ada, carl = create_two()
    with inside(ada.organization_id):
        type(ada).objects.filter(pk=ada.pk).update(capacity=2)
    dora = take_part(ada.cohort, Side.MENTEE, name="Dora")
    answer(client, carl, ask(ada, carl))
    (pairing,) = propose((ada, dora))
    with inside(ada.organization_id):
        type(ada).objects.filter(pk=ada.pk).update(capacity=1)

    late = answer(client, dora, pairing)
    deliver(ada.cohort)

    assert "The place was taken a moment ago. Thank you for your yes." in late.text
    assert states_of([pairing]) == ["expired"]
    assert sent(ada.cohort, "pairings.proposal") == []


def test_who_comes_too_late_is_shown_who_else_fits(client):
    place = Place()
    ada, ben = (place.person(Side.MENTOR, "AI", name=name) for name in ("Ada", "Ben"))
    carl, dora = (place.person(Side.MENTEE, "AI", name=name) for name in ("Carl", "Dora"))
    pairing, other = ask(ada, carl), ask(ada, dora)
    answer(client, carl, pairing)

    late = answer(client, dora, other)

    assert "The place was taken a moment ago. Thank you for your yes." in late.text
    assert late.redirect_chain[-1][0] == url(dora.member, "suggestions")
    assert str(ben.member) in main_of(late)
    assert "Ada" not in main_of(late)
    gone = main_of(own_page(client, dora.member, other))
    assert "This is not open any more" in gone
    assert "Who else fits you" in gone


def test_the_preview_says_why_the_two_fit(client):
    ada, carl = create_two()
    (pairing,) = propose((ada, carl))
    seen = main_of(own_page(client, carl.member, pairing))
    assert "Knows what you want to learn about: AI tools" in seen
    answer(client, carl, pairing)
    seen = main_of(own_page(client, ada.member, pairing))
    assert "Wants to learn what you know about: AI tools" in seen


def test_with_a_place_left_the_other_proposals_stay(client):
    ada, carl = create_two()
    with inside(ada.organization_id):
        type(ada).objects.filter(pk=ada.pk).update(capacity=2)
    dora = take_part(ada.cohort, Side.MENTEE, name="Dora")
    pairing, other = ask(ada, carl), ask(ada, dora)

    answer(client, carl, pairing)
    assert states_of([other]) == ["proposed"]
    answer(client, dora, other)

    with inside(ada.organization_id):
        places = set(Pairing.objects.live().values_list("mentor_place", flat=True))
    assert places == {1, 2}


def test_the_hierarchy_is_looked_at_again_with_the_yes(client):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    with inside(ada.organization_id):
        type(ada.member).objects.filter(pk=ada.member_id).update(manager=carl.member)

    page = answer(client, carl, pairing)

    assert "This is not open any more" in page.text
    assert states_of([pairing]) == ["expired"]


def test_a_yes_after_the_deadline_is_too_late_even_before_a_worker_has_looked(client):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    with time_machine.travel(pairing.expires_at + days(0.01), tick=False):
        page = main_of(own_page(client, carl.member, pairing))
        late = answer(client, carl, pairing)

    assert "Yes, with pleasure" not in page
    assert "This is not open any more" in late.text
    assert states_of([pairing]) == ["expired"]


def test_the_asking_side_cannot_answer_for_the_other(client):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    answer(client, ada, pairing)
    answer(client, ada, pairing, "decline")
    assert states_of([pairing]) == ["proposed"]
    with inside(ada.organization_id):
        pairing.refresh_from_db()
    assert (pairing.set_aside_at, pairing.mentee_agreed_at, carl.pk) == (None, None, carl.pk)


def test_who_is_asked_cannot_take_the_request_back(client):
    ada, carl = create_two()
    pairing = ask(ada, carl)

    late = answer(client, carl, pairing, "take_back")
    deliver(ada.cohort)

    assert "This is not open any more" in late.text
    assert states_of([pairing]) == ["proposed"]
    assert sent(ada.cohort, "pairings.ended") == []


def test_who_has_not_been_asked_yet_cannot_say_yes(client):
    ada, carl = create_two()
    (pairing,) = propose((ada, carl))

    assert answer(client, ada, pairing).status_code == 404
    with inside(ada.organization_id), pytest.raises(NotOpen):
        accept(pairing=pairing, side=Side.MENTOR, now=timezone.now())

    with inside(ada.organization_id):
        pairing.refresh_from_db()
    assert (pairing.state, pairing.asked) == ("proposed", "mentee")
    assert (pairing.mentor_agreed_at, pairing.mentee_agreed_at) == (None, None)
