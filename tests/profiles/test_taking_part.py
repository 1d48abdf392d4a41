"""What one takes part in: stepping out, pausing, and the own profile."""

from datetime import timedelta

import pytest

from accounts.models import AuditEvent, Member
from mentoring.profiles.models import Aims, Profile, SelfRating, TopicChoice
from programs.enums import ParticipantState, Side
from programs.models import Participant
from programs.operations.topics import merge
from tests.factories import create_member, create_organization, create_owner, inside, login, url
from tests.profiles.people import TODAY, create_cohort, create_place, create_topics, take_part
from tests.profiles.test_enrollment import enroll_as_mentee, own, page_of, participant_of

pytestmark = pytest.mark.django_db


def test_the_page_says_what_one_could_join_and_where_one_stands(client):
    organization, cohort, ada = create_place()
    take_part(create_cohort(organization), Side.MENTOR, member=ada)
    login(client, ada)

    page = client.get(url(ada, "taking_part"))

    assert f"You could be a mentor in {cohort}" in page.text
    assert f"You could be a mentee in {cohort}" in page.text
    assert "Spring 2, as mentor" in page.text
    assert "You are in and ready." in page.text


def test_without_anything_to_join_the_page_is_no_dead_end(client):
    ada = create_member()

    page = login(client, ada).get(url(ada, "taking_part"))

    assert "Nothing is open for you right now" in page.text
    assert url(ada, "own_profile") in page.text


def test_the_home_page_brings_it_as_a_part(client):
    _, cohort, ada = create_place()
    login(client, ada)

    home = client.get(url(ada, "organization"))
    part = client.get(url(ada, "taking_part"), headers={"HX-Request": "true"})

    assert f'hx-get="{url(ada, "taking_part")}"' in home.text
    assert f"You could be a mentor in {cohort}" in part.text
    assert "<html" not in part.text


def test_stepping_out_asks_for_nothing_and_deletes_what_was_private(client):
    organization, cohort, leader = create_place()
    topics = create_topics(organization, "AI tools")
    login(client, leader)
    enroll_as_mentee(client, leader, cohort, topics)
    mine = participant_of(leader)

    page = client.post(url(leader, "participation_withdraw", mine.pk), follow=True)
    again = client.post(url(leader, "participation_withdraw", mine.pk))

    assert "You do not take part in" in page.text
    assert again.status_code == 404
    assert (own(leader, Aims), own(leader, SelfRating)) == ([], [])
    assert participant_of(leader).state == ParticipantState.WITHDRAWN
    assert participant_of(leader).is_findable is False
    assert len(own(leader, TopicChoice)) == 1
    with inside(organization):
        assert AuditEvent.objects.filter(action="enrollment.withdrawn").count() == 1


def test_who_stepped_out_may_begin_anew(client):
    organization, cohort, leader = create_place()
    topics = create_topics(organization, "AI tools")
    login(client, leader)
    enroll_as_mentee(client, leader, cohort, topics)
    client.post(url(leader, "participation_withdraw", participant_of(leader).pk))

    page = client.get(page_of(leader, cohort, "mentee", "aims"))
    enroll_as_mentee(client, leader, cohort, topics)

    assert "pretending" not in page.text
    assert participant_of(leader).state == ParticipantState.PENDING


def test_a_break_ends_on_its_day_or_earlier(client):
    organization, cohort, ada = create_place()
    mine = take_part(cohort, Side.MENTOR, member=ada)
    login(client, ada)
    pause, resume = (url(ada, f"participation_{what}", mine.pk) for what in ("pause", "resume"))

    past = client.post(pause, {"until": TODAY - timedelta(days=1)})
    never = client.post(pause, {"until": TODAY + timedelta(days=900)})
    client.post(pause, {"until": TODAY + timedelta(days=7)})
    during = client.get(url(ada, "taking_part"))
    client.post(resume)

    assert "Choose a day that is still ahead." in past.text
    assert "Choose a day within a year." in never.text
    assert "You have a break until" in during.text
    assert participant_of(ada).paused_until is None
    with inside(organization):
        events = AuditEvent.objects.filter(action__startswith="enrollment.").order_by("at")
        assert [each.action for each in events] == ["enrollment.paused", "enrollment.resumed"]


def test_a_draft_cannot_be_paused(client):
    _, cohort, ada = create_place()
    mine = take_part(cohort, Side.MENTOR, member=ada, state=ParticipantState.DRAFT)

    page = login(client, ada).post(
        url(ada, "participation_pause", mine.pk), {"until": TODAY + timedelta(days=7)}
    )

    assert "You can pause once you have enrolled." in page.text


def test_answers_are_edited_after_the_window_has_closed(client):
    organization, cohort, leader = create_place()
    enroll_as_mentee(login(client, leader), leader, cohort, create_topics(organization, "AI tools"))
    with inside(organization):
        for state in ("matching", "running"):
            type(cohort).objects.update(state=state)

    saved = client.post(
        page_of(leader, cohort, "mentee", "aims"), {"aims": "Other", "challenges": ""}, follow=True
    )
    baseline = client.get(page_of(leader, cohort, "mentee", "start"))

    assert "Your answers are saved." in saved.text
    assert baseline.status_code == 302
    assert "Other" in client.get(page_of(leader, cohort, "mentee", "aims")).text


def test_the_profile_is_saved_and_hints_quietly_at_what_would_help(client):
    ada = create_member()
    login(client, ada)
    about = {
        "about": "I build things.",
        "languages": ["en"],
        "availability": ["mon_am"],
        "meeting_form": "phone",
    }

    before = client.get(url(ada, "own_profile"))
    after = client.post(url(ada, "own_profile"), about, follow=True)

    assert "One line about yourself helps people to find you." in before.text
    assert "One line about yourself" not in after.text
    assert "%" not in after.text.split("<main")[1].split("</main")[0]
    (profile,) = own(ada, Profile)
    assert (profile.about, profile.meeting_form) == ("I build things.", "phone")
    assert own(ada, Member)[0].languages == ["en"]


def test_who_takes_part_keeps_a_topic(client):
    organization, cohort, ada = create_place()
    (topic,) = create_topics(organization, "AI tools")
    take_part(cohort, Side.MENTOR, member=ada, topics=[topic])
    login(client, ada)

    kept = client.post(url(ada, "own_topics", "offered"), {})
    free = client.post(url(ada, "own_topics", "sought"), {"pick": [topic.pk]})

    assert "Keep at least one topic while you take part." in kept.text
    assert free.status_code == 302
    directions = sorted(each.direction for each in own(ada, TopicChoice))
    assert directions == ["offered", "sought"]


def test_an_archived_topic_stays_with_who_chose_it_and_is_offered_to_nobody_else(client):
    organization, cohort, ada = create_place()
    old, new = create_topics(organization, "Fax", "AI tools")
    take_part(cohort, Side.MENTOR, member=ada, topics=[old])
    with inside(organization):
        type(old).objects.filter(pk=old.pk).update(archived_at=ada.joined_at)
    bob = create_member(organization)

    mine = login(client, ada).get(url(ada, "own_topics", "offered"))
    client.post(url(ada, "own_topics", "offered"), {"pick": [old.pk, new.pk]})
    client.force_login(bob.user)
    client.post(url(bob, "own_topics", "offered"), {"pick": [old.pk]})

    assert "No longer offered to others" in mine.text
    assert len(own(ada, TopicChoice, member=ada)) == 2
    assert own(bob, TopicChoice, member=bob) == []


def test_a_merged_topic_takes_its_people_along():
    organization = create_organization()
    owner = create_owner(organization)
    cohort = create_cohort(organization)
    old, new = create_topics(organization, "Artificial intelligence", "AI tools")
    one = take_part(cohort, Side.MENTOR, topics=[old])
    both = take_part(cohort, Side.MENTOR, topics=[old, new])

    with inside(organization):
        merge(source=old, target=new, actor=owner)
        chosen = TopicChoice.objects.values_list("member", "topic")

        assert set(chosen) == {(one.member_id, new.pk), (both.member_id, new.pk)}
        assert len(chosen) == 2


@pytest.mark.parametrize("count", [3, 30])
def test_the_page_costs_the_same_however_much_one_takes_part_in(
    client, django_assert_num_queries, count
):
    organization, _, ada = create_place()
    for _number in range(count):
        take_part(create_cohort(organization), Side.MENTOR, member=ada)
    login(client, ada)
    client.get(url(ada, "own_profile"))  # the session is known from now on

    with django_assert_num_queries(17):
        page = client.get(url(ada, "taking_part"))

    assert page.text.count("Edit answers") == count
    with inside(organization):
        assert Participant.objects.count() == count
