"""Goals of a pair: optional, for the two alone, and counted without their words."""

from datetime import timedelta

import pytest

from mentoring.meetings.models import Goal, GoalTally
from mentoring.meetings.queries.goals import MOST_OPEN, goal_counts, goals_in, text_of
from tests.factories import inside, login, url
from tests.meetings.reaching import look, post, set_goal
from tests.pairings.people import answer, main_of, own_page, propose, today
from tests.pairings.test_stepping_out import create_pair, others

pytestmark = pytest.mark.django_db
GOAL = 'I ask <one> "open" question & it\'s meant'


def goals(pairing) -> list[tuple[str, str, int]]:
    with inside(pairing.organization_id, member_id=pairing.mentor.member_id):
        return [(text_of(each), each.state, each.version) for each in goals_in(pairing)]


def counts(pairing):
    with inside(pairing.organization_id):
        return goal_counts([pairing.pk]).get(pairing.pk)


def in_days(number):
    return today() + timedelta(days=number)


def test_none_is_fine_and_the_page_says_so(client):
    ada, _carl, pairing = create_pair()
    for page in (
        look(client, ada, "pair_goals", pairing.pk),
        own_page(client, ada.member, pairing),
    ):
        assert "Clear goals often help, not always." in main_of(page)
    assert counts(pairing) is None


def test_either_sets_one_and_both_read_it(client):
    ada, carl, pairing = create_pair()
    day = in_days(30)
    said = post(client, carl, "pair_goals", pairing.pk, text=GOAL, due_on=day.isoformat())
    assert "The goal is noted. It is between the two of you." in said.text
    assert "Set by you" in said.text
    page = main_of(look(client, ada, "pair_goals", pairing.pk))
    assert "&lt;one&gt;" in page
    assert "Set by Carl" in page
    assert f'datetime="{day.isoformat()}"' in page
    assert "&lt;one&gt;" in main_of(own_page(client, ada.member, pairing))
    assert counts(pairing) == (1, 0)


def test_the_same_form_twice_sets_one(client):
    ada, _carl, pairing = create_pair()
    for text in (GOAL, f" {GOAL}\r\n"):
        post(client, ada, "pair_goals", pairing.pk, text=text)
    assert goals(pairing) == [(GOAL, "open", 1)]


def test_it_is_reached_let_go_and_opened_again_and_the_numbers_follow(client):
    ada, carl, pairing = create_pair()
    goal, other = (set_goal(pairing, text, by=ada) for text in (GOAL, "Another one"))
    seen = []
    for who, which, state, version in [
        (carl, goal, "done", 1),
        (carl, goal, "done", 1),
        (ada, other, "dropped", 1),
        (ada, goal, "open", 2),
    ]:
        post(client, who, "goal_move", which.pk, state=state, seen=version)
        seen.append(counts(pairing))
    assert seen == [(2, 1), (2, 1), (1, 1), (1, 0)]
    assert goals(pairing) == [(GOAL, "open", 3), ("Another one", "dropped", 2)]
    page = main_of(look(client, ada, "pair_goals", pairing.pk))
    assert "Reached or let go" in page
    assert "Let go" in page


def test_a_stale_button_changes_nothing_and_the_page_shows_how_it_stands(client):
    ada, carl, pairing = create_pair()
    goal = set_goal(pairing, GOAL, by=ada)
    post(client, carl, "goal_edit", goal.pk, text="Other words", seen=1)
    page = post(client, ada, "goal_move", goal.pk, state="done", seen=1)
    assert "Somebody has changed this goal" in page.text
    assert "Other words" in main_of(page)
    assert goals(pairing) == [("Other words", "open", 2)]


def test_a_stale_change_overwrites_nothing_and_nothing_typed_is_lost(client):
    ada, carl, pairing = create_pair()
    goal = set_goal(pairing, GOAL, by=ada)
    post(client, carl, "goal_edit", goal.pk, text="Other words", seen=1)
    page = main_of(post(client, ada, "goal_edit", goal.pk, text="My words", seen=1))
    again = post(client, ada, "goal_edit", goal.pk, text="My words", seen=2)
    for text in ("As it stands now", "Other words", "My words", 'name="seen" value="2"'):
        assert text in page
    assert "The goal is changed." in again.text
    assert goals(pairing) == [("My words", "open", 3)]


@pytest.mark.parametrize(
    ("day", "error"),
    [
        (-1, "Choose a day that is still ahead, or leave it empty."),
        (2000, "Choose a day within three years."),
    ],
)
def test_a_day_is_ahead_and_not_too_far(client, day, error):
    ada, _carl, pairing = create_pair()
    page = post(client, ada, "pair_goals", pairing.pk, text=GOAL, due_on=in_days(day).isoformat())
    assert error in page.text
    assert "&lt;one&gt;" in main_of(page)
    assert goals(pairing) == []


def test_a_day_that_has_passed_may_stay(client):
    ada, _carl, pairing = create_pair()
    day = in_days(-9)
    goal = set_goal(pairing, GOAL, by=ada, due_on=day)
    post(client, ada, "goal_edit", goal.pk, text="Other words", due_on=day.isoformat(), seen=1)
    assert goals(pairing) == [("Other words", "open", 2)]


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "\x00\x07"])
def test_nothing_is_set_without_words(client, text):
    ada, _carl, pairing = create_pair()
    page = post(client, ada, "pair_goals", pairing.pk, text=text)
    assert "Write a word or two first." in page.text
    assert goals(pairing) == []


def test_there_are_not_too_many_at_once(client):
    ada, _carl, pairing = create_pair()
    *_, last = [set_goal(pairing, f"Goal {number}", by=ada) for number in range(MOST_OPEN)]
    page = post(client, ada, "pair_goals", pairing.pk, text=GOAL)
    assert "Finish or let go of one first" in page.text
    assert "&lt;one&gt;" in main_of(page)
    post(client, ada, "goal_move", last.pk, state="done", seen=1)
    post(client, ada, "pair_goals", pairing.pk, text=GOAL)
    assert counts(pairing) == (MOST_OPEN + 1, 1)
    back = post(client, ada, "goal_move", last.pk, state="open", seen=2)
    assert "Finish or let go of one first" in back.text


def test_an_ended_pair_only_reads(client):
    ada, carl, pairing = create_pair()
    goal = set_goal(pairing, GOAL, by=ada)
    answer(client, carl, pairing, "step_out")
    page = main_of(look(client, ada, "pair_goals", pairing.pk))
    new = post(client, ada, "pair_goals", pairing.pk, text="New words")
    moved = post(client, ada, "goal_move", goal.pk, state="done", seen=1)
    changed = post(client, ada, "goal_edit", goal.pk, text="New words", seen=1)
    assert "&lt;one&gt;" in page
    assert "Set this goal" not in page
    for answered in (new, moved, changed):
        assert "This pair has ended, so this stays as it is." in answered.text
    assert "New words" in changed.text
    assert goals(pairing) == [(GOAL, "open", 1)]


def test_a_proposal_has_no_goals(client):
    *_, pairing = create_pair()
    ben, dora = others(pairing)
    (proposed,) = propose((ben, dora))
    assert look(client, dora, "pair_goals", proposed.pk).status_code == 404


@pytest.mark.parametrize("count", [1, 15])
def test_the_page_costs_the_same_however_many(client, django_assert_num_queries, count):
    ada, _carl, pairing = create_pair()
    for number in range(count):
        set_goal(pairing, f"Goal {number}", by=ada)
    look(client, ada, "pair_goals", pairing.pk)
    with django_assert_num_queries(16):
        page = client.get(url(ada.member, "pair_goals", pairing.pk))
    assert main_of(page).count("Set by you") == count


def test_the_page_of_a_pair_shows_three_what_has_a_day_first(client):
    ada, _carl, pairing = create_pair()
    for number in range(4):
        set_goal(pairing, f"Goal {number}", by=ada, due_on=in_days(9 - number) if number else None)
    whole = main_of(login(client, ada.member).get(url(ada.member, "pair", pairing.pk)))
    page = whole.split('id="goals"')[1].split("</section>")[0]
    assert [page.find(f"Goal {number}") > 0 for number in range(4)] == [False, True, True, True]
    assert page.index("Goal 3") < page.index("Goal 2") < page.index("Goal 1")
    assert "There are more." in page


def test_the_numbers_are_rows_of_their_own_without_words():
    ada, _carl, pairing = create_pair()
    set_goal(pairing, GOAL, by=ada)
    with inside(pairing.organization_id):
        assert list(Goal.objects.all()) == []
        (tally,) = GoalTally.objects.all()
    names = {field.name for field in GoalTally._meta.get_fields()}
    assert names == {"id", "organization", "pairing", "goals_set", "goals_done"}
    assert (tally.goals_set, tally.goals_done) == (1, 0)
