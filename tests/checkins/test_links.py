"""Answering from the mail without signing in: what the links do, and what they do not tell."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from mentoring.checkins.models import CheckIn
from mentoring.checkins.tokens import answer_urls
from tests.checkins.people import (
    MONTH,
    asking_mails,
    check_ins,
    create_asked,
    let_time_pass,
    links_in,
    said_by,
    say,
)
from tests.factories import create_organization, inside, reload, url
from tests.meetings.people import meetings, typed
from tests.meetings.test_links import path_of
from tests.meetings.test_logs import ago, planned_for_yesterday
from tests.pairings.people import answer

pytestmark = pytest.mark.django_db


def links_of(mails, who) -> dict[str, str]:
    return links_in(asking_mails(mails(), who)[0])


@pytest.mark.parametrize("said", ["date", "well", "help"])
def test_the_link_shows_the_answer_and_the_button_gives_it(mails, said):
    ada, _carl, pairing = create_asked()
    link, nobody = links_of(mails, ada)[said], Client()

    shown = nobody.get(link)
    assert check_ins(pairing) == [("mentee", False), ("mentor", False)]
    noted = nobody.post(link, {"who": "keep"}, follow=True)

    assert shown.status_code == 200
    assert "Nothing is noted before you press the button." in shown.text
    assert "Noted. Thank you." in noted.text
    assert said_by(ada, pairing) == [said]
    for page in (shown, noted):
        for name in ("Ada", "Carl", "AI tools", "example.org"):
            assert name not in page.text
        assert page["Referrer-Policy"] == "same-origin"


def test_we_met_notes_the_planned_meeting_from_the_mail(mails):
    ada, carl, pairing = create_asked()
    meeting = planned_for_yesterday(pairing, carl)
    nobody = Client()
    noted = nobody.post(links_of(mails, ada)["met"], {"minutes": 30}, follow=True)
    assert "Noted. Thank you." in noted.text
    assert (reload(meeting).state, reload(meeting).held_noted_by) == ("held", "mentor")


def test_we_met_asks_when_it_was_in_the_zone_of_the_person(mails):
    ada, _carl, pairing = create_asked()
    link, at = links_of(mails, ada)["met"], ago(days=1)
    refused = Client().post(link, {"starts_at": "", "minutes": 30, "means": "video"})
    Client().post(link, typed(at))
    assert "This field is required." in refused.text
    assert [each.starts_at for each in meetings(pairing)][-1] == at


def test_asking_the_page_without_pressing_changes_nothing(mails):
    ada, _carl, pairing = create_asked()
    for method in ("get", "head"):
        for link in links_of(mails, ada).values():
            assert getattr(Client(), method)(link).status_code == 200
    assert check_ins(pairing) == [("mentee", False), ("mentor", False)]


def test_another_answer_replaces_the_one_of_the_mail(client, mails):
    ada, _carl, pairing = create_asked()
    links = links_of(mails, ada)
    Client().post(links["well"])
    shown = Client().get(links["help"])
    assert "You have said “All well”. The latest answer counts." in shown.text
    Client().post(links["help"], {"who": "keep"})
    assert said_by(ada, pairing) == ["help"]


def bent(link, pairing):
    return link.replace("/well/", "x/well/")


def for_another_organization(link, pairing):
    return link.replace(str(pairing.organization_id), str(create_organization().pk))


def with_an_unknown_answer(link, pairing):
    return link.replace("/well/", "/bored/")


@pytest.mark.parametrize("changed", [bent, for_another_organization, with_an_unknown_answer])
def test_a_link_that_was_not_made_here_opens_nothing(mails, changed):
    ada, _carl, pairing = create_asked()
    assert_dead(changed(links_of(mails, ada)["well"], pairing), ada, pairing)


def test_after_the_end_of_the_pair_the_link_is_dead(client, mails):
    ada, carl, pairing = create_asked()
    answer(client, carl, pairing, "step_out")
    assert_dead(links_of(mails, ada)["well"], ada, pairing)


def test_a_newer_question_takes_the_place_of_the_old_link(mails):
    ada, _carl, pairing = create_asked()
    link = links_of(mails, ada)["well"]
    for day in (30, 31, 32):
        let_time_pass(pairing, at=pairing.introduced_at + MONTH + timedelta(days=day))
    assert len(check_ins(pairing)) == 4
    assert_dead(link, ada, pairing)


def test_after_two_months_a_link_has_grown_too_old(mails):
    ada, _carl, pairing = create_asked()
    with time_machine.travel(timezone.now() + timedelta(days=62)):
        assert_dead(links_of(mails, ada)["well"], ada, pairing)


def assert_dead(link, who, pairing):
    for response in (Client().get(link), Client().post(link)):
        assert response.status_code == 404
        assert "This link does not work any more" in response.text
    assert said_by(who, pairing) == []


def test_the_link_of_one_does_not_answer_for_the_other(mails):
    ada, carl, pairing = create_asked()
    Client().post(links_of(mails, ada)["well"])
    assert said_by(ada, pairing) == ["well"]
    assert said_by(carl, pairing) == []


def test_a_token_for_somebody_elses_check_in_opens_nothing():
    ada, carl, pairing = create_asked()
    with inside(pairing.organization_id):
        check_in = CheckIn.objects.get(pairing=pairing, member=ada.member_id)
    check_in.member_id = carl.member_id
    response = Client().get(path_of(answer_urls(check_in)["well"]))
    assert response.status_code == 404


def test_after_the_answer_the_way_to_the_calendar_and_to_help_is_shown(client, mails):
    ada, _carl, pairing = create_asked()
    links = links_of(mails, ada)
    planned = Client().post(links["date"], follow=True)
    assert url(ada.member, "meeting_plan", pairing.pk) in planned.text
    helped = Client().post(links["help"], {"who": "keep"}, follow=True)
    assert url(ada.member, "pair_check_in", pairing.pk) in helped.text
    say(client, ada, pairing, "well")
