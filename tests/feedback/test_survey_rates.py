"""How many have answered in each wave: numbers for those who run a cohort, and never who."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Reach, Role
from mentoring.feedback.models import Response
from mentoring.feedback.queries.surveys import rates_of
from programs.enums import Moment, Side
from programs.models import ProgramReach
from tests.factories import create_member, create_owner, inside, login, url
from tests.feedback.surveying import answer_all, ask_in, create_beginners, waves_off
from tests.pairings.agreeing import create_pair
from tests.pairings.people import main_of
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db
BASELINE, MIDPOINT = Moment.BASELINE, Moment.MIDPOINT


def create_pairs(count: int, *moments: Moment):
    """So many pairs in one cohort, all of which were asked."""
    now = timezone.now()
    pairs = [create_beginners(now)]
    cohort = pairs[0].mentor.cohort
    for number in range(1, count):
        people = [take_part(cohort, side, name=f"{side} {number}") for side in Side]
        pairs.append(create_pair(*people, now=now))
    for pairing in pairs:
        for moment in moments:
            ask_in(pairing, moment, now=now)
    return create_owner(cohort.organization), pairs


def rates(client, member, pairs) -> str:
    page = login(client, member).get(url(member, "cohort_surveys", pairs[0].cohort_id))
    assert page.status_code == 200
    return main_of(page)


def cells(text: str) -> list[list[str]]:
    """The rows of the tables as people read them."""
    found = re.findall(r"<tr>\s*<th scope=\"row\".*?</tr>", text, re.DOTALL)
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.split(r"</t[hd]>", row)][:4]
        for row in found
    ]


def test_each_wave_says_how_many_were_asked_and_have_answered(client):
    owner, pairs = create_pairs(6, BASELINE)
    for pairing in pairs[:4]:
        answer_all(pairing.mentor, pairing, BASELINE)
    answer_all(pairs[0].mentee, pairs[0], BASELINE)
    answer_all(pairs[1].mentee, pairs[1], BASELINE, is_draft=True)
    text = rates(client, owner, pairs)
    assert cells(text) == [["Mentors", "6", "4", "67% of 6"], ["Mentees", "6", "1", "17% of 6"]]
    assert "Open until" in text
    assert "Still to come: After the first meeting, Half-way" in " ".join(text.split())
    assert "you see how many, and never who" in text.lower()


def test_in_a_small_group_a_number_would_tell_who_has_answered(client):
    owner, pairs = create_pairs(4, BASELINE)
    before = rates(client, owner, pairs)
    assert cells(before) == [
        ["Mentors", "4", "–", "from 5 people on"],
        ["Mentees", "4", "–", "from 5 people on"],
    ]
    answer_all(pairs[0].mentor, pairs[0], BASELINE)
    assert rates(client, owner, pairs) == before


def test_before_anybody_was_asked_the_page_says_when_people_are(client):
    owner, pairs = create_pairs(1)
    text = rates(client, owner, pairs)
    assert "Nobody was asked yet" in text
    assert "<table" not in text


def test_what_the_program_does_not_ask_is_not_still_to_come(client):
    owner, pairs = create_pairs(1, BASELINE)
    waves_off(pairs[0], MIDPOINT, Moment.LATER)
    text = rates(client, owner, pairs)
    assert "Half-way" not in text
    assert "Six months later" not in text


def test_a_wave_is_closed_when_the_last_can_answer_no_more(client):
    owner, pairs = create_pairs(5, BASELINE)
    with inside(owner.organization_id):
        Response.objects.update(asked_at=timezone.now() - timedelta(days=29))
    assert "Closed since" in rates(client, owner, pairs)
    ask_in(create_beginners(), BASELINE, now=timezone.now())
    assert "Closed since" in rates(client, owner, pairs)
    with inside(owner.organization_id):
        newest = Response.objects.filter(pairing=pairs[0].pk)
        newest.update(asked_at=timezone.now())
    assert "Open until" in rates(client, owner, pairs)


def test_hr_sees_it_and_a_narrowed_admin_only_of_the_own_programs(client):
    owner, pairs = create_pairs(1, BASELINE)
    here = owner.organization
    analyst = create_member(here, roles=[Role.HR_ANALYST])
    text = rates(client, analyst, pairs)
    assert url(analyst, "cohort_people", pairs[0].cohort_id) not in text
    narrowed = create_member(here, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS)
    address = url(narrowed, "cohort_surveys", pairs[0].cohort_id)
    missing = url(narrowed, "cohort_surveys", owner.pk)
    login(client, narrowed)
    refused = client.get(address)
    assert (refused.status_code, refused.content) == (404, client.get(missing).content)
    with inside(here):
        ProgramReach.objects.create(member=narrowed, program_id=pairs[0].cohort.program_id)
    assert client.get(address).status_code == 200


def test_who_only_takes_part_is_refused(client):
    _owner, pairs = create_pairs(1, BASELINE)
    mentor = pairs[0].mentor.member
    address = url(mentor, "cohort_surveys", pairs[0].cohort_id)
    assert login(client, mentor).get(address).status_code == 403


def test_the_page_is_linked_from_the_cohort(client):
    owner, pairs = create_pairs(1, BASELINE)
    analyst = create_member(owner.organization, roles=[Role.HR_ANALYST])
    for member, view in (
        (owner, "cohort"),
        (owner, "cohort_health"),
        (analyst, "cohort_matching_summary"),
    ):
        page = login(client, member).get(url(member, view, pairs[0].cohort_id)).text
        assert url(member, "cohort_surveys", pairs[0].cohort_id) in page


@pytest.mark.parametrize("moments", [(BASELINE,), (BASELINE, Moment.INTRODUCTION, MIDPOINT)])
@pytest.mark.parametrize("count", [1, 30])
def test_many_pairs_and_waves_cost_as_much_as_one(
    client, django_assert_num_queries, count, moments
):
    owner, pairs = create_pairs(count, *moments)
    login(client, owner)
    client.get(url(owner, "pairs"))
    with django_assert_num_queries(12):
        client.get(url(owner, "cohort_surveys", pairs[0].cohort_id))
    with inside(owner.organization_id):
        found = rates_of(pairs[0].mentor.cohort, now=timezone.now())
        assert [each.moment for each in found] == list(moments)
        assert {side.asked for each in found for side in each.sides} == {count}
