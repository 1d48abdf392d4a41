"""Enrolling as a mentor and as a mentee, page by page."""

from datetime import timedelta

import pytest

from accounts.models import AuditEvent, Member
from mentoring.profiles.models import CriteriaStatement, Profile, SelfRating, TopicChoice
from mentoring.profiles.ratings import STATEMENTS
from programs.enums import CohortState, ParticipantState, Side
from programs.models import (
    CohortInvitation,
    Eligibility,
    Participant,
    PreparationDone,
    PreparationItem,
)
from tests.factories import create_member, create_organization, inside, login, url
from tests.profiles.people import TODAY, create_cohort, create_place, create_topics, take_part

pytestmark = pytest.mark.django_db

SECRET_AIM = "I want to stop pretending that I understand AI."


def page_of(member, cohort, side, step) -> str:
    return url(member, "enroll_step", cohort.pk, side, step)


def rates(side, score=3) -> dict:
    return {f"rate_{each.key}": score for each in STATEMENTS[side]}


def own(member, model, /, **wanted):
    with inside(member.organization_id, member_id=member.pk):
        return list(model.objects.filter(**wanted))


def participant_of(member) -> Participant:
    (found,) = own(member, Participant, member=member)
    return found


def enroll_as_mentor(client, member, cohort, topics):
    """Every page of a mentor; returns the last answer."""
    first, second = topics
    pick = {
        "pick": [first.pk, second.pk],
        f"rank_{first.pk}": 2,
        f"rank_{second.pk}": 1,
        f"note_{second.pk}": "I use it every day.",
    }
    client.post(page_of(member, cohort, "mentor", "topics"), pick)
    client.post(page_of(member, cohort, "mentor", "words"), {"about": "I test things."})
    when = {
        "languages": ["de", "en"],
        "availability": ["mon_am", "fri_pm"],
        "meeting_form": "video",
        "capacity": 2,
        "finding": "wait",
    }
    client.post(page_of(member, cohort, "mentor", "when"), when)
    client.post(page_of(member, cohort, "mentor", "start"), rates(Side.MENTOR, 4))
    return client.post(page_of(member, cohort, "mentor", "send"), {"consented": "on"}, follow=True)


def enroll_as_mentee(client, member, cohort, topics):
    aims = {"aims": SECRET_AIM, "challenges": "Time."}
    client.post(page_of(member, cohort, "mentee", "aims"), aims)
    client.post(page_of(member, cohort, "mentee", "topics"), {"pick": [topics[0].pk]})
    when = {"languages": ["en"], "meeting_form": "any", "is_findable": "on"}
    client.post(page_of(member, cohort, "mentee", "when"), when)
    client.post(page_of(member, cohort, "mentee", "start"), rates(Side.MENTEE, 2))
    agreed = {"consented": "on", "pledged": "on"}
    return client.post(page_of(member, cohort, "mentee", "send"), agreed, follow=True)


def test_a_mentor_starts_from_what_leaders_may_not_know_and_ends_knowing_what_is_next(client):
    organization, cohort, ada = create_place()
    topics = create_topics(organization, "AI tools", "Short videos")
    login(client, ada)

    begin = client.get(url(ada, "enroll", cohort.pk, "mentor"), follow=True)
    end = enroll_as_mentor(client, ada, cohort, topics)

    assert "What do you know that leaders here may not?" in begin.text
    assert "Thank you, you are enrolled" in end.text
    assert "Your enrollment is looked at" in end.text
    mine = participant_of(ada)
    assert (mine.state, mine.capacity, mine.meeting_form) == ("pending", 2, "video")
    assert (mine.waits_to_be_asked, mine.is_findable) == (True, True)
    assert mine.consented_at
    assert not mine.pledged_at
    choices = own(ada, TopicChoice, member=ada)
    ranked = sorted((each.rank, each.topic_id, each.note) for each in choices)
    assert ranked == [(1, topics[1].pk, "I use it every day."), (2, topics[0].pk, "")]
    (profile,) = own(ada, Profile)
    assert (profile.about, profile.availability) == ("I test things.", ["mon_am", "fri_pm"])
    assert own(ada, Member, pk=ada.pk)[0].languages == ["de", "en"]
    assert {each.score for each in own(ada, SelfRating)} == {4}


def test_a_mentee_states_aims_and_pledges_time(client):
    organization, cohort, leader = create_place(program={"cadence": "fortnightly"})
    topics = create_topics(organization, "AI tools")
    login(client, leader)

    begin = client.get(url(leader, "enroll", cohort.pk, "mentee"), follow=True)
    end = enroll_as_mentee(client, leader, cohort, topics)
    pledge = client.get(page_of(leader, cohort, "mentee", "aims"))

    assert "What brings you here?" in begin.text
    assert "Thank you, you are enrolled" in end.text
    assert "90 minutes a month for 6 months" not in pledge.text
    mine = participant_of(leader)
    assert (mine.state, mine.is_findable) == ("pending", True)
    assert mine.pledged_at
    assert SECRET_AIM in pledge.text


def test_the_pledge_names_the_time_that_the_program_takes(client):
    _, cohort, leader = create_place(program={"cadence": "fortnightly", "length_months": 9})
    login(client, leader)
    client.post(page_of(leader, cohort, "mentee", "aims"), {"aims": "", "challenges": ""})

    answer = client.get(page_of(leader, cohort, "mentee", "send"))

    assert "about 90 minutes a month for 9 months" in answer.text


def test_nothing_is_kept_of_looking_around(client):
    _, cohort, ada = create_place()
    login(client, ada)

    client.get(page_of(ada, cohort, "mentor", "topics"))
    client.get(page_of(ada, cohort, "mentor", "when"))

    assert own(ada, Participant) == []


def test_saving_for_later_keeps_half_an_answer_and_leads_back_to_it(client):
    organization, cohort, ada = create_place()
    (topic,) = create_topics(organization, "AI tools")
    login(client, ada)

    nothing_yet = {"later": "1"}
    client.post(page_of(ada, cohort, "mentor", "topics"), nothing_yet)
    client.post(page_of(ada, cohort, "mentor", "topics"), {"pick": [topic.pk], "later": "1"})
    page = client.get(url(ada, "taking_part"))
    back = client.get(url(ada, "enroll", cohort.pk, "mentor"))
    half = {f"rate_{STATEMENTS[Side.MENTOR][0].key}": 5, "later": "1"}
    saved = client.post(page_of(ada, cohort, "mentor", "start"), half, follow=True)

    assert "You have begun and everything is kept." in page.text
    assert back.url == page_of(ada, cohort, "mentor", "words")
    assert "Saved. You can go on whenever you like." in saved.text
    assert participant_of(ada).state == ParticipantState.DRAFT
    assert [each.score for each in own(ada, SelfRating)] == [5]


def test_two_tabs_and_a_double_click_make_one_enrollment(client):
    organization, cohort, ada = create_place()
    topics = create_topics(organization, "AI tools", "Short videos")
    login(client, ada)
    enroll_as_mentor(client, ada, cohort, topics)

    again = client.post(page_of(ada, cohort, "mentor", "send"), {"consented": "on"}, follow=True)
    other_tab = client.post(page_of(ada, cohort, "mentor", "words"), {"about": "Newer."})

    assert "Thank you, you are enrolled" in again.text
    assert other_tab.status_code == 302
    assert participant_of(ada).state == ParticipantState.PENDING
    assert own(ada, Profile)[0].about == "Newer."
    with inside(organization):
        sent = AuditEvent.objects.filter(action="enrollment.sent")
        assert [each.details["side"] for each in sent] == ["mentor"]


@pytest.mark.parametrize(
    ("side", "step", "answers", "said"),
    [
        ("mentor", "topics", {}, "Choose at least one topic."),
        ("mentee", "topics", {}, "Choose at least one topic."),
        ("mentor", "start", {}, "Please look at this again"),
        ("mentor", "send", {}, "Please read and confirm this."),
        ("mentee", "send", {"consented": "on"}, "Please confirm the pledge."),
        ("mentee", "send", {"pledged": "on"}, "Please read and confirm this."),
    ],
)
def test_what_is_missing_is_said_on_its_page(client, side, step, answers, said):
    organization, cohort, ada = create_place()
    create_topics(organization, "AI tools")
    login(client, ada)
    client.post(page_of(ada, cohort, side, "topics"), {"later": "1"})

    answer = client.post(page_of(ada, cohort, side, step), answers)

    assert answer.status_code == 200
    assert said in answer.text
    assert participant_of(ada).state == ParticipantState.DRAFT


def test_sending_without_a_topic_or_a_rating_leads_to_the_page_that_lacks_it(client):
    organization, cohort, ada = create_place()
    (topic,) = create_topics(organization, "AI tools")
    login(client, ada)
    client.post(page_of(ada, cohort, "mentor", "topics"), {"later": "1"})

    no_topic = client.post(page_of(ada, cohort, "mentor", "send"), {"consented": "on"})
    client.post(page_of(ada, cohort, "mentor", "topics"), {"pick": [topic.pk]})
    no_rating = client.post(page_of(ada, cohort, "mentor", "send"), {"consented": "on"})

    assert no_topic.url == page_of(ada, cohort, "mentor", "topics")
    assert no_rating.url == page_of(ada, cohort, "mentor", "start")
    assert participant_of(ada).state == ParticipantState.DRAFT


def test_more_than_seven_topics_are_too_many_and_nothing_typed_is_lost(client):
    organization, cohort, ada = create_place()
    topics = create_topics(organization, *(f"Topic {number}" for number in range(8)))
    login(client, ada)
    many = {"pick": [each.pk for each in topics], f"note_{topics[0].pk}": "Mine."}

    answer = client.post(page_of(ada, cohort, "mentor", "topics"), many)

    assert "Choose at most 7 topics" in answer.text
    assert 'value="Mine."' in answer.text
    assert own(ada, TopicChoice) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"enrollment_opens_on": TODAY + timedelta(days=2)}, "Enrollment has not opened yet"),
        ({"enrollment_closes_on": TODAY - timedelta(days=2)}, "Enrollment is closed"),
        ({"state": CohortState.RUNNING}, "Enrollment is closed"),
    ],
)
def test_outside_the_window_a_friendly_page_says_when(client, fields, said):
    _, cohort, ada = create_place(**fields)
    login(client, ada)

    shown = client.get(url(ada, "enroll", cohort.pk, "mentor"))
    sent = client.post(page_of(ada, cohort, "mentor", "words"), {"about": "Late."})

    assert said in shown.text
    assert said in sent.text
    assert own(ada, Participant) == []


def test_only_eligible_people_enroll_unless_they_are_invited_by_name(client):
    organization, cohort, ada = create_place()
    other = create_member(organization)
    with inside(organization):
        Eligibility.objects.create(cohort=cohort, member=other)
    login(client, ada)

    refused = client.get(url(ada, "enroll", cohort.pk, "mentor"))
    with inside(organization):
        CohortInvitation.objects.create(
            cohort=cohort,
            member=ada,
            side=Side.MENTOR,
            invited_by=other,
            invited_at=ada.joined_at,
        )
    invited = client.get(url(ada, "enroll", cohort.pk, "mentor"), follow=True)
    wrong_side = client.get(url(ada, "enroll", cohort.pk, "mentee"))

    assert "This round is for others" in refused.text
    assert "What do you know that leaders here may not?" in invited.text
    assert "This round is for others" in wrong_side.text


def test_somebody_on_leave_is_left_in_peace(client):
    organization, cohort, _ = create_place()
    away = create_member(organization, on_leave=True)
    login(client, away)

    answer = client.get(url(away, "enroll", cohort.pk, "mentor"))

    assert "You are on leave" in answer.text


def test_a_draft_cohort_and_a_foreign_one_are_nothing(client):
    _, draft, ada = create_place(state=CohortState.DRAFT)
    foreign = create_cohort(create_organization())
    login(client, ada)

    for cohort in (draft, foreign):
        assert client.get(url(ada, "enroll", cohort.pk, "mentor")).status_code == 404
        assert client.post(page_of(ada, cohort, "mentor", "words"), {}).status_code == 404


def test_places_decide_between_in_and_the_waiting_list(client):
    organization, cohort, ada = create_place(places=1, needs_approval=False)
    topics = create_topics(organization, "AI tools", "Short videos")
    late = create_member(organization)
    enroll_as_mentor(login(client, ada), ada, cohort, topics)

    enroll_as_mentor(login(client, late), late, cohort, topics)

    assert participant_of(ada).state == ParticipantState.APPROVED
    assert participant_of(late).state == ParticipantState.WAITLISTED


def test_preparation_that_is_ticked_is_kept_with_its_date(client):
    organization, cohort, ada = create_place()
    topics = create_topics(organization, "AI tools", "Short videos")
    with inside(organization):
        item = PreparationItem.objects.create(program=cohort.program, title="Read", position=1)
        PreparationItem.objects.create(
            program=cohort.program, title="For the others", audience="mentee"
        )
    login(client, ada)
    enroll_as_mentor(client, ada, cohort, topics)
    mine = participant_of(ada)
    tick = url(ada, "preparation_done", mine.pk, item.pk)

    page = client.get(url(ada, "taking_part"))
    client.post(tick)
    done = own(ada, PreparationDone)
    client.post(tick, {"undo": "1"})

    assert ("Read" in page.text, "For the others" in page.text) == (True, False)
    assert [each.item_id for each in done] == [item.pk]
    assert own(ada, PreparationDone) == []


def test_criteria_are_asked_only_where_the_program_has_some_and_stored_encrypted(client):
    organization, cohort, ada = create_place(program={"criteria": "Women in engineering."})
    plain = create_cohort(organization)
    login(client, ada)
    said = {"meets": "on", "characteristic": "a woman", "may_be_used_in_matching": "", "later": "1"}

    client.post(page_of(ada, cohort, "mentor", "start"), said)
    asked = client.get(page_of(ada, cohort, "mentor", "start"))
    not_asked = client.get(page_of(ada, plain, "mentor", "start"))

    (row,) = own(ada, CriteriaStatement)
    assert (row.meets, row.may_be_used_in_matching) == (True, False)
    assert "woman" not in row.characteristic
    assert 'value="a woman"' in asked.text
    assert "I meet the criteria" not in not_asked.text


def test_the_audit_log_knows_that_somebody_enrolled_and_nothing_of_what_they_wrote(client):
    organization, cohort, leader = create_place()
    enroll_as_mentee(login(client, leader), leader, cohort, create_topics(organization, "AI tools"))

    with inside(organization):
        (event,) = AuditEvent.objects.filter(action="enrollment.sent")

    assert event.details == {"side": "mentee", "participation": "pending"}
    assert (event.actor_id, event.subject_name) == (leader.pk, cohort.name)


def test_renamed_roles_are_on_the_pages(client):
    organization = create_organization(
        terms={"mentor": {"one": "guide", "many": "guides"}, "mentee": {"many": "leaders"}}
    )
    cohort = create_cohort(organization)
    ada = create_member(organization)
    login(client, ada)

    assert "You could be a guide in" in client.get(url(ada, "taking_part")).text
    assert "How many leaders" in client.get(page_of(ada, cohort, "mentor", "when")).text
    assert "Guides of this round" in client.get(page_of(ada, cohort, "mentee", "when")).text


def test_the_other_members_participation_is_not_mine(client):
    _, cohort, ada = create_place()
    bob = take_part(cohort, Side.MENTOR, name="Bob")
    login(client, ada)

    for view in ("participation_withdraw", "participation_resume", "participation_pause"):
        assert client.post(url(ada, view, bob.pk), {"until": TODAY}).status_code == 404
    assert client.get(url(ada, "enrolled", cohort.pk, "mentor")).status_code == 404
