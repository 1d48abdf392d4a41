"""The page of the own matches: empty, long, and always as cheap."""

import pytest

from programs.enums import Side
from tests.factories import create_member, login, url
from tests.pairings.people import answer, ask, create_round, create_two, main_of, own_page
from tests.profiles.people import create_topics, take_part

pytestmark = pytest.mark.django_db


def test_without_anything_there_is_a_next_step(client):
    page = main_of(own_page(client, create_member()))
    assert "Nobody yet, and nothing to answer" in page
    assert "Discover people" in page


@pytest.mark.parametrize("count", [1, 11])
def test_the_page_costs_the_same_however_much_waits(client, django_assert_num_queries, count):
    cohort = create_round()
    topics = create_topics(cohort.organization, "AI tools", "Open talks")
    carl = take_part(cohort, Side.MENTEE, name="Carl", topics=topics, capacity=20)
    for number in range(count):
        pair = ask(take_part(cohort, Side.MENTOR, topics=topics), carl)
        answer(client, carl, pair)
        mentor = take_part(cohort, Side.MENTOR, topics=topics[:1], name=f"Mentor {number}")
        ask(mentor, carl)
    own_page(client, carl.member)

    with django_assert_num_queries(14):
        page = client.get(url(carl.member, "pairs"))

    assert main_of(page).count("Yes, with pleasure") == min(count, 10)


def test_what_waits_comes_in_pages_the_most_urgent_first(client):
    cohort = create_round()
    carl = take_part(cohort, Side.MENTEE, name="Carl")
    for number in range(12):
        ask(take_part(cohort, Side.MENTOR, name=f"Mentor {number}"), carl)
    login(client, carl.member)

    second = main_of(client.get(url(carl.member, "pairs"), {"page": 2}))
    part = client.get(url(carl.member, "pairs"), {"page": 2}, headers={"HX-Request": "true"}).text

    for text in (second, part):
        assert text.count("Yes, with pleasure") == 2
        assert "Page 2 of 2" in text
        assert "Mentor 11" in text
    assert "<main" not in part


@pytest.mark.parametrize("view", ["pair", "request"])
def test_every_page_with_an_answer_says_who_can_see_it(client, view):
    ada, carl = create_two()
    if view == "request":
        page = login(client, ada.member).get(url(ada.member, "pair_request", carl.pk))
    else:
        page = own_page(client, carl.member, ask(ada, carl))
    assert "Who can see this" in page.text
