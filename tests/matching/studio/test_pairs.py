"""Two people seen from a plan, and what an admin wants of them."""

import pytest

from accounts.models import AuditEvent
from mentoring.matching.enums import Action, Purpose, Wanted
from mentoring.matching.models import PairWish
from programs.enums import CohortState, ParticipantState
from tests.factories import inside, login, url
from tests.matching.people import MENTEE, MENTOR, Place, send, start, work
from tests.matching.studio.steps import SAVEPOINTS, ask_to_publish, create_studio, work_out

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
HTMX = {"HX-Request": "true"}


def pair_url(studio, run, mentor, mentee, view="cohort_matching_pair") -> str:
    return studio.url(view, run.pk, mentor.pk, mentee.pk)


def wish(client, studio, run, mentor, mentee, do="confirm", **more):
    address = pair_url(studio, run, mentor, mentee, "cohort_matching_wish")
    return client.post(address, {"do": do, **more}, follow=True)


def wishes(studio) -> list[PairWish]:
    with inside(studio.place.organization):
        return list(PairWish.objects.order_by("wanted_at"))


def test_a_pair_shows_a_bar_for_each_part_of_its_score(client, django_assert_num_queries):
    studio = create_studio()
    run = studio.plan()
    login(client, studio.admin)
    address = pair_url(studio, run, studio.mentors[0], studio.mentees[0])
    client.get(address)

    with django_assert_num_queries(SAVEPOINTS + 19):
        text = client.get(address).text

    (pair,) = [each for each in studio.pairs(run) if each.mentor_id == studio.mentors[0].pk]
    assert f"{round(pair.score / 10_000)} of 100 points" in text
    assert text.count('class="part"') == 8
    assert "The mentor offers what the mentee wants to learn." in text


def test_a_pair_of_which_one_has_gone_since_can_still_be_looked_at(client):
    studio = create_studio()
    run = studio.plan()
    gone = studio.mentees[0]
    with inside(studio.place.organization):
        type(gone).objects.filter(pk=gone.pk).update(state=ParticipantState.WITHDRAWN)
    login(client, studio.admin)

    text = client.get(pair_url(studio, run, studio.mentors[0], gone)).text

    assert "One of the two does not take part at the moment." in text
    answer = wish(client, studio, run, studio.mentors[0], gone, wanted="lock")
    assert "One of the two does not take part at the moment." in answer.text
    assert wishes(studio) == []


def test_a_worker_tells_ranks_and_alternatives(client):
    studio = create_studio(3)
    run = studio.plan()
    login(client, studio.admin)
    who = (studio.mentors[0], studio.mentees[0])
    assert "Looking at the alternatives" in client.get(pair_url(studio, run, *who)).text

    text = outlook(client, studio, run, *who)

    assert "For Mentee 0: number 1 of 3 possible mentors." in text
    assert "For Mentor 0: number 1 of 3 possible mentees." in text
    assert ">Mentor 1</a>" in text
    assert ">Mentee 2</a>" in text
    assert ">Mentor 0</a>" not in text


def outlook(client, studio, run, mentor, mentee) -> str:
    """The part of the page that comes as soon as a worker has looked."""
    work_out(run, mentor, mentee)
    address = pair_url(studio, run, mentor, mentee, "cohort_matching_outlook")
    return " ".join(client.get(address, headers=HTMX).text.split())


def test_a_swap_is_shown_before_it_counts(client):
    studio = create_studio(3)
    run = studio.plan()
    login(client, studio.admin)
    mentor, mentee = studio.mentors[1], studio.mentees[0]

    offered = outlook(client, studio, run, studio.mentors[0], mentee)
    wish(client, studio, run, mentor, mentee, do="preview", wanted="lock")
    trial = work(studio.newest(Purpose.TRIAL))
    address = pair_url(studio, run, mentor, mentee)
    text = client.get(f"{address}?wanted=lock&trial={trial.pk}").text

    assert f'action="{pair_url(studio, run, mentor, mentee, "cohort_matching_wish")}"' in offered
    assert offered.count(">Swap<") == 4
    assert ("Mentor 1", "Mentee 0") in studio.together(trial)
    assert "2 people would have other partners:" in text
    assert "Keep together and match again" in text
    assert wishes(studio) == []


def test_only_pairs_of_the_newest_plan_that_wait_are_swapped(client):
    studio = create_studio(3)
    old, run = studio.plan(), studio.plan()
    login(client, studio.admin)
    who = (studio.mentors[0], studio.mentees[0])

    assert "Swap" not in outlook(client, studio, old, *who)
    assert "Swap" in outlook(client, studio, run, *who)
    send(ask_to_publish(studio, run))
    assert "Swap" not in outlook(client, studio, run, *who)


def test_a_pair_of_the_plan_has_its_points_once(client):
    studio = create_studio(3)
    run = studio.plan()
    login(client, studio.admin)

    pair = outlook(client, studio, run, studio.mentors[0], studio.mentees[0])
    others = outlook(client, studio, run, studio.mentors[0], studio.mentees[1])

    assert "Together they would have" not in pair
    assert "Together they would have" in others


def test_forbidding_is_shown_before_it_counts(client):
    studio = create_studio()
    run = studio.plan()
    login(client, studio.admin)
    who = (studio.mentors[0], studio.mentees[0])

    wish(client, studio, run, *who, do="preview", wanted="forbid")
    trial = work(studio.newest(Purpose.TRIAL))
    text = client.get(f"{pair_url(studio, run, *who)}?wanted=forbid&trial={trial.pk}").text

    assert studio.together(trial) == {("Mentor 0", "Mentee 1"), ("Mentor 1", "Mentee 0")}
    assert "2 people would have other partners:" in text
    assert "Keep apart and match again" in text
    assert wishes(studio) == []


def test_what_a_trial_of_another_cohort_found_is_not_shown_with_a_pair(client):
    studio = create_studio()
    near = Place(studio.place.organization)
    near.topics.update(studio.place.topics)
    two = [near.person(side, "Everything").pk for side in (MENTOR, MENTEE)]
    runs = studio.plan(), work(start(near.cohort))
    trial = start(studio.cohort, Purpose.TRIAL)
    login(client, studio.admin)

    shown = []
    for run, who in ((runs[0], [studio.mentors[0].pk, studio.mentees[0].pk]), (runs[1], two)):
        address = url(near.organization, "cohort_matching_pair", run.cohort_id, run.pk, *who)
        page = client.get(address, {"wanted": "forbid", "trial": trial.pk})
        shown.append('id="trial"' in page.text)

    assert shown == [True, False]


def test_confirming_saves_the_wish_and_matches_again(client):
    studio = create_studio()
    run = studio.plan()
    login(client, studio.admin)

    answer = wish(client, studio, run, studio.mentors[0], studio.mentees[1], wanted="lock")
    again = work(studio.newest(Purpose.PLAN))

    assert "These two are kept together." in answer.text
    assert studio.together(again) == {("Mentor 0", "Mentee 1"), ("Mentor 1", "Mentee 0")}
    locked = {
        each.is_locked for each in studio.pairs(again) if str(each.mentor.member) == "Mentor 0"
    }
    assert locked == {True}
    with inside(studio.place.organization):
        event = AuditEvent.objects.get(action=Action.PAIR_LOCKED)
    assert event.subject_name == "Mentor 0 & Mentee 1"


def test_taking_a_wish_back_leaves_the_pair_to_the_scores(client):
    studio = create_studio()
    run = studio.plan()
    who = (studio.mentors[0], studio.mentees[0])
    studio.place.wish(*who, Wanted.FORBID)
    login(client, studio.admin)

    answer = wish(client, studio, run, *who, do="clear")

    assert "These two are left to the scores again." in answer.text
    assert wishes(studio) == []


def test_a_pair_that_breaks_a_rule_needs_a_reason(client):
    studio = create_studio()
    close = studio.place.person(MENTEE, "Topic 0", name="Cleo Close", department="Works")
    run = studio.plan()
    login(client, studio.admin)
    who = (studio.mentors[0], close)

    page = client.get(pair_url(studio, run, *who)).text
    refused = wish(client, studio, run, *who, wanted="lock", reason=" ")
    assert wishes(studio) == []
    accepted = wish(client, studio, run, *who, wanted="lock", reason="They asked for it.")

    assert "The two work in the same department." in page
    assert "Please write down why" in refused.text
    assert "(optional)" not in refused.text
    assert "It waits for a second person" in accepted.text
    (kept,) = wishes(studio)
    assert (kept.broken, kept.reason) == (["department"], "They asked for it.")


@pytest.mark.parametrize("wanted", Wanted)
def test_nobody_wishes_anything_of_a_cohort_that_is_over(client, wanted):
    studio = create_studio()
    run = studio.plan()
    with inside(studio.place.organization):
        for state in (CohortState.RUNNING, CohortState.CLOSING):
            type(studio.cohort).objects.update(state=state)
    login(client, studio.admin)

    answer = wish(client, studio, run, studio.mentors[0], studio.mentees[1], wanted=wanted.value)

    assert "This cohort is not being matched at the moment." in answer.text
    assert wishes(studio) == []


def test_some_pairs_cannot_be_even_with_a_reason(client):
    studio = create_studio()
    run = studio.plan()
    studio.place.wish(studio.mentors[0], studio.mentees[0], Wanted.LOCK)
    paused = studio.place.person(MENTEE, "Topic 0", name="Pat", person={"on_leave": True})
    login(client, studio.admin)

    full = wish(
        client, studio, run, studio.mentors[0], studio.mentees[1], wanted="lock", reason="Yes."
    )
    away = wish(client, studio, run, studio.mentors[1], paused, wanted="lock", reason="Yes.")

    assert "as many others as there are places" in full.text
    assert "does not take part at the moment" in away.text
    assert len(wishes(studio)) == 1


def test_lines_of_managers_are_rules_too(client):
    studio = create_studio()
    boss = studio.mentees[0]
    below = studio.place.person(
        MENTOR, "Topic 0", name="Below", department="Works", manager=boss.member
    )
    run = studio.plan()
    login(client, studio.admin)

    text = client.get(pair_url(studio, run, below, boss)).text

    assert "One of the two reports to the other, directly or through others." in text


def test_a_pair_by_hand_starts_with_one_person_and_then_the_other(
    client, django_assert_num_queries
):
    studio = create_studio(3)
    run = studio.plan()
    login(client, studio.admin)
    address = studio.url("cohort_matching_choose", run.pk)
    mentee = studio.mentees[1]

    first = client.get(address).text
    with django_assert_num_queries(SAVEPOINTS + 13):
        second = client.get(f"{address}?mentee={mentee.pk}").text

    assert f"{address}?mentee={mentee.pk}" in first
    assert "Somebody for Mentee 1" in second
    assert pair_url(studio, run, studio.mentors[2], mentee) in second


@pytest.mark.parametrize("is_near", [True, False], ids=["another cohort", "somewhere else"])
def test_people_of_another_cohort_cannot_be_looked_at(client, is_near):
    studio = create_studio()
    other = Place(studio.place.organization if is_near else None)
    mentor, mentee = (other.person(side) for side in (MENTOR, MENTEE))
    run = studio.plan()
    login(client, studio.admin)

    swapped = (studio.mentees[0], studio.mentors[0])
    for who in ((mentor, studio.mentees[0]), (studio.mentors[0], mentee), swapped):
        assert client.get(pair_url(studio, run, *who)).status_code == 404
        address = pair_url(studio, run, *who, "cohort_matching_wish")
        assert client.post(address, {"do": "confirm", "wanted": "forbid"}).status_code == 404
    assert wishes(studio) == []
