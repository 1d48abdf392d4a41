"""Asking somebody with a few words, in either direction."""

from datetime import timedelta

import pytest

from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.requests import NotNow
from mentoring.pairings.queries.requests import MOST_OPEN, Barrier
from programs.enums import CohortState, Side
from tests.factories import create_member, inside, login, url
from tests.pairings.people import (
    HELLO,
    answer,
    ask,
    ask_by_page,
    create_round,
    create_two,
    deliver,
    main_of,
    own_page,
    propose,
    sent,
    states_of,
)
from tests.profiles.people import TODAY, take_part
from tests.profiles.test_discover import shown

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asking", [0, 1], ids=["mentor asks", "mentee asks"])
def test_a_request_waits_on_both_pages_with_its_words_and_its_roles(client, asking):
    two = create_two()
    mine, partner = two[asking], two[1 - asking]

    page = ask_by_page(client, mine.member, partner)

    assert f"Your request is on its way to {partner.member.name}." in page.text
    assert "Waiting for the other person" in main_of(page)
    theirs = main_of(own_page(client, partner.member))
    assert "Waiting for your answer" in theirs
    assert "my team&#x27;s tools &quot;talk&quot; to each other." in theirs
    assert "You both: AI tools" in theirs
    assert "Open talks" not in theirs.split("You both")[1]
    assert ("You would be the mentor." in theirs) == (partner.side == Side.MENTOR)


def test_a_mentor_who_waits_to_be_asked_can_be_asked(client):
    cohort = create_round()
    carl = take_part(cohort, Side.MENTEE, name="Carl")
    ada = take_part(cohort, Side.MENTOR, name="Ada", is_findable=False, waits_to_be_asked=True)

    assert "on its way to Ada" in ask_by_page(client, carl.member, ada).text


@pytest.mark.parametrize(
    "who",
    ["not findable", "other organization", "own side", "same manager", "missing", "gone"],
)
def test_whoever_cannot_be_found_answers_like_somebody_who_does_not_exist(client, who):
    cohort = create_round()
    boss = create_member(cohort.organization)
    ada = take_part(cohort, Side.MENTOR, name="Ada", person={"manager": boss})
    other = {
        "not findable": lambda: take_part(cohort, Side.MENTEE, is_findable=False).pk,
        "other organization": lambda: create_two()[1].pk,
        "own side": lambda: take_part(cohort, Side.MENTOR).pk,
        "same manager": lambda: take_part(cohort, Side.MENTEE, person={"manager": boss}).pk,
        "missing": lambda: boss.pk,
        "gone": lambda: (
            take_part(cohort, Side.MENTEE, person={"deactivated_at": "2026-01-01T00:00Z"}).pk
        ),
    }[who]()
    login(client, ada.member)

    strange = client.get(url(ada.member, "pair_request", other))
    posted = client.post(url(ada.member, "pair_request", other), {"offer": HELLO})
    missing = client.get(url(ada.member, "pair_request", cohort.pk))

    assert [strange.status_code, posted.status_code, missing.status_code] == [404, 404, 404]
    assert strange.content == missing.content


def test_who_can_be_found_no_more_at_the_last_moment_is_not_asked():
    ada, carl = create_two()
    with inside(ada.organization_id):
        type(ada.member).objects.filter(pk=ada.member_id).update(manager=carl.member)

    with pytest.raises(NotNow) as refused:
        ask(ada, carl)

    assert refused.value.barrier == Barrier.NOT_FOUND
    with inside(ada.organization_id):
        assert Pairing.objects.count() == 0


@pytest.mark.parametrize("state", [CohortState.ENROLLING, CohortState.MATCHING])
def test_requests_begin_when_matching_has_opened(client, state):
    ada, carl = create_two(state=state)
    page = ask_by_page(client, ada.member, carl)

    is_open = state == CohortState.MATCHING
    assert ("Requests begin once enrollment has closed" in page.text) == (not is_open)
    dora = take_part(ada.cohort, Side.MENTEE, name="Dora")
    discover = client.get(url(ada.member, "discover")).text
    assert (url(ada.member, "pair_request", dora.pk) in discover) == is_open
    with inside(ada.organization_id):
        assert Pairing.objects.count() == is_open


def test_a_request_needs_a_word_and_is_sent_once(client):
    ada, carl = create_two()
    assert "One sentence is enough" in ask_by_page(client, ada.member, carl, offer=" ").text
    ask_by_page(client, ada.member, carl)
    again = ask_by_page(client, ada.member, carl)

    assert "Waiting for Carl." in again.text
    with inside(ada.organization_id):
        assert Pairing.objects.count() == 1


def test_only_some_requests_are_open_at_a_time(client):
    cohort = create_round()
    ada = take_part(cohort, Side.MENTOR)
    leaders = [take_part(cohort, Side.MENTEE, name=f"L{n}") for n in range(MOST_OPEN + 1)]
    pairings = [ask(ada, each) for each in leaders[:MOST_OPEN]]

    assert "You have 5 open requests." in ask_by_page(client, ada.member, leaders[-1]).text
    answer(client, ada, pairings[0], "take_back")
    assert "on its way to L5" in ask_by_page(client, ada.member, leaders[-1]).text


def test_a_decline_frees_nothing_among_the_open_requests(client):
    cohort = create_round()
    ada = take_part(cohort, Side.MENTOR)
    leaders = [take_part(cohort, Side.MENTEE, name=f"L{n}") for n in range(MOST_OPEN + 1)]
    pairings = [ask(ada, each) for each in leaders[:MOST_OPEN]]
    answer(client, leaders[0], pairings[0], "decline")

    assert "You have 5 open requests." in ask_by_page(client, ada.member, leaders[-1]).text
    with inside(cohort.organization_id):
        assert Pairing.objects.count() == MOST_OPEN


def test_who_has_no_place_left_or_a_break_cannot_ask(client):
    ada, carl = create_two()
    dora = take_part(ada.cohort, Side.MENTEE, name="Dora")
    answer(client, carl, ask(ada, carl))
    full = ask_by_page(client, ada.member, dora)
    assert "You have as many partners as you wanted." in full.text

    ben = take_part(ada.cohort, Side.MENTOR, paused_until=TODAY + timedelta(days=3))
    assert "You have a break." in ask_by_page(client, ben.member, dora).text


def test_taken_and_full_people_are_not_found_any_more(client):
    ada, carl = create_two()
    take_part(ada.cohort, Side.MENTEE, name="Dora")
    ben = take_part(ada.cohort, Side.MENTOR, name="Ben")
    pairing = ask(ada, carl)
    assert shown(client, ada.member) == ["Dora"]
    assert shown(client, ben.member) == ["Carl", "Dora"]

    answer(client, carl, pairing)
    assert shown(client, ben.member) == ["Dora"]


def test_who_has_a_partner_and_a_place_left_is_still_found(client):
    cohort = create_round()
    ada, ben = (take_part(cohort, Side.MENTOR, name=name) for name in ("Ada", "Ben"))
    carl = take_part(cohort, Side.MENTEE, name="Carl", capacity=2)
    answer(client, carl, ask(ada, carl))

    assert shown(client, ben.member) == ["Carl"]


def test_a_withdrawn_request_leaves_no_trace_for_the_other(client):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    assert "Withdrawn. Nobody is told." in answer(client, ada, pairing, "take_back").text
    deliver(ada.cohort)

    assert states_of([pairing]) == ["withdrawn"]
    assert "Nobody yet, and nothing to answer" in main_of(own_page(client, carl.member))
    assert "This is not open any more" in main_of(own_page(client, carl.member, pairing))
    assert sent(ada.cohort, "pairings.request") == []
    assert sent(ada.cohort, "pairings.ended") == []


def test_the_same_person_is_not_asked_again_at_once(client):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    deliver(ada.cohort, at=pairing.expires_at)
    assert "You asked this person not long ago." in ask_by_page(client, ada.member, carl).text


def test_a_proposal_unknown_to_the_junior_becomes_the_request(client):
    ada, carl = create_two()
    (pairing,) = propose((ada, carl))
    assert shown(client, ada.member) == ["Carl"]
    assert shown(client, carl.member) == []

    ask_by_page(client, ada.member, carl)
    page = answer(client, carl, pairing)

    assert "You are a pair." in page.text
    assert states_of([pairing]) == ["introductory"]
