"""What share has answered in each wave: for those who run a cohort, and never who."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.enums import Reach, Role
from mentoring.feedback.models import Response
from mentoring.feedback.queries.surveys import waves_of
from mentoring.lib.clock import day_at
from mentoring.reports.disclosure.weekly import tell_week
from mentoring.reports.enums import Refusal
from mentoring.reports.models import LedgerCell, Snapshot
from programs.enums import Moment, Side
from programs.models import ProgramReach
from tests.factories import create_member, create_owner, inside, login, url
from tests.feedback.surveying import answer_all, ask_in, create_beginners, waves_off
from tests.pairings.agreeing import create_pair
from tests.pairings.people import BERLIN, main_of
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


def tell(pairs, *, weeks: int = 0) -> None:
    """What a worker does in the night to Monday, so many weeks from now."""
    day = day_at(timezone.now(), BERLIN) + timedelta(weeks=weeks)
    sunday = day + timedelta(days=6 - day.weekday())
    with inside(pairs[0].organization_id):
        snapshot, _new = Snapshot.objects.get_or_create(
            as_of=sunday, defaults={"is_month_end": False, "taken_at": timezone.now()}
        )
        tell_week(snapshot.pk, now=timezone.now())


def decided(pairs) -> list[tuple[str, str]]:
    """Side and outcome of each decision, the earliest first."""
    with inside(pairs[0].organization_id):
        rows = LedgerCell.objects.order_by("as_of", "scope").values_list("scope", "refusal")
        return [(json.loads(scope)[-1][1], refusal or "told") for scope, refusal in rows]


def rates_in(client, member, pairs, *, weeks: int) -> str:
    """The page so many weeks and a few days later."""
    with time_machine.travel(timezone.now() + timedelta(weeks=weeks, days=7), tick=False):
        return rates(client, member, pairs)


def cells(text: str) -> list[list[str]]:
    """The rows of the tables as people read them."""
    found = re.findall(r"<tr>\s*<th scope=\"row\".*?</tr>", text, re.DOTALL)
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.split(r"</t[hd]>", row)][:3]
        for row in found
    ]


def test_each_wave_says_how_many_were_asked_and_what_share_has_answered(client):
    owner, pairs = create_pairs(6, BASELINE)
    for pairing in pairs[:4]:
        answer_all(pairing.mentor, pairing, BASELINE)
    answer_all(pairs[0].mentee, pairs[0], BASELINE)
    answer_all(pairs[1].mentee, pairs[1], BASELINE, is_draft=True)
    soon = "Counted once a week, in the night to Monday"
    assert cells(rates(client, owner, pairs)) == [["Mentors", "6", soon], ["Mentees", "6", soon]]

    tell(pairs)
    text = rates(client, owner, pairs)
    assert [row[:2] for row in cells(text)] == [["Mentors", "6"], ["Mentees", "6"]]
    assert [row[2].partition(" as of ")[0] for row in cells(text)] == [
        "67% of 6 people",
        "17% of 6 people",
    ]
    assert "Open until" in text
    assert "Still to come: After the first meeting, Half-way" in " ".join(text.split())
    assert "you see how many, and never who" in text.lower()


def test_in_a_small_group_a_share_would_tell_who_has_answered(client):
    owner, pairs = create_pairs(4, BASELINE)
    answer_all(pairs[0].mentor, pairs[0], BASELINE)
    tell(pairs)
    few = "Too few people for this figure"
    assert cells(rates(client, owner, pairs)) == [["Mentors", "4", few], ["Mentees", "4", few]]


def test_one_more_who_is_asked_would_be_the_difference_of_two_weeks(client):
    owner, pairs = create_pairs(6, BASELINE)
    tell(pairs)
    cohort = pairs[0].mentor.cohort
    more = create_pair(*(take_part(cohort, side, name=f"Late {side}") for side in Side))
    ask_in(more, BASELINE, now=timezone.now())
    answer_all(more.mentor, more, BASELINE)
    tell(pairs, weeks=1)
    row = cells(rates_in(client, owner, pairs, weeks=1))[0]
    assert row[:2] == ["Mentors", "7"]
    assert row[2].startswith("0% of 6 people as of ")
    assert row[2].endswith(str(Refusal.DIFFERENCE.label))


def test_the_same_people_are_counted_again_each_week_until_nobody_can_answer(client):
    owner, pairs = create_pairs(6, BASELINE)
    for week in range(8):
        tell(pairs, weeks=week)
        if not week:
            answer_all(pairs[0].mentor, pairs[0], BASELINE)
    # Four Sundays lie within 28 days, and the fifth tells what came after the last of them.
    assert decided(pairs) == [("mentee", "told"), ("mentor", "told")] * 5
    assert cells(rates_in(client, owner, pairs, weeks=8))[0][2].startswith("17% of 6 people")


def test_a_week_is_told_once_whatever_day_its_night_is():
    _owner, pairs = create_pairs(6, BASELINE)
    tell(pairs)
    before = decided(pairs)
    with inside(pairs[0].organization_id):
        latest = Snapshot.objects.get()
        for days in range(1, 7):
            later = Snapshot.objects.create(
                as_of=latest.as_of + timedelta(days=days),
                is_month_end=False,
                taken_at=timezone.now(),
            )
            assert tell_week(later.pk, now=timezone.now()) == []
    assert decided(pairs) == before == [("mentee", "told"), ("mentor", "told")]


def test_a_missed_sunday_is_told_as_of_the_next_day_that_was_taken():
    _owner, pairs = create_pairs(6, BASELINE)
    with inside(pairs[0].organization_id):
        day = day_at(timezone.now(), BERLIN) + timedelta(days=1)
        snapshot = Snapshot.objects.create(as_of=day, is_month_end=False, taken_at=timezone.now())
        tell_week(snapshot.pk, now=timezone.now())
    assert decided(pairs) == [("mentee", "told"), ("mentor", "told")]


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
    with django_assert_num_queries(13):
        client.get(url(owner, "cohort_surveys", pairs[0].cohort_id))
    with inside(owner.organization_id):
        found = waves_of(pairs[0].mentor.cohort, now=timezone.now())
    assert [each.moment for each in found] == list(moments)
    assert {asked for each in found for asked in each.asked.values()} == {count}
