"""What the other side, admins and strangers must not notice."""

import re

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.models import Member
from mentoring.outbox.mailbox import text_of
from mentoring.pairings.models import Offer
from mentoring.pairings.operations.endings import forget_offers
from mentoring.pairings.queries.pairs import card_of
from mentoring.tenancy.scope import within
from programs.enums import Side
from tests.factories import create_member, create_owner, inside, login, url
from tests.pairings.people import (
    HELLO,
    answer,
    ask,
    by_day,
    create_two,
    days,
    deliver,
    main_of,
    own_page,
    propose,
    sent,
    states_of,
)
from tests.profiles.people import create_grade, take_part
from tests.profiles.test_discover import shown

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def seen_by(client, participant, pairing) -> list[str]:
    """Everything a person sees of a pairing."""
    pages = [own_page(client, participant.member), own_page(client, participant.member, pairing)]
    return [TOKEN.sub("", main_of(page)) for page in pages] + shown(client, participant.member)


def test_a_decline_cannot_be_told_from_silence(client, mails):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    deliver(ada.cohort)
    before = seen_by(client, ada, pairing)

    said = answer(client, carl, pairing, "decline")

    assert "All right, not now. Nobody is told." in said.text
    assert "Waiting for your answer" not in main_of(said)
    assert seen_by(client, ada, pairing) == before
    deliver(ada.cohort, at=pairing.expires_at - days(1))
    assert seen_by(client, ada, pairing) == before
    assert len(mails()) == 1


def test_the_log_of_messages_does_not_tell_a_decline_either(client):
    ada, carl = create_two()
    answer(client, carl, ask(ada, carl), "decline")
    deliver(ada.cohort)

    assert sent(ada.cohort, "pairings.request") == [carl.member.email]


@pytest.mark.parametrize("is_declined", [True, False], ids=["declined", "not answered"])
def test_at_the_deadline_one_sentence_says_the_same_for_both(client, mails, is_declined):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    if is_declined:
        answer(client, carl, pairing, "decline")
    deliver(ada.cohort, at=pairing.expires_at)

    assert states_of([pairing]) == ["expired"]
    assert sent(ada.cohort, "pairings.ended") == [ada.member.email]
    assert "With Carl it does not work out this time." in main_of(own_page(client, ada.member))
    (mail,) = [each for each in mails() if ada.member.email in str(each["To"])]
    assert "With Carl it does not work out this time." in text_of(mail, "plain")
    with inside(ada.organization_id):
        pairing.refresh_from_db()
    assert (pairing.set_aside_at, pairing.asked) == (None, Side.MENTEE)


def test_who_said_not_now_may_change_their_mind_until_the_deadline(client):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    answer(client, carl, pairing, "decline")
    assert "You said “not now”" in main_of(own_page(client, carl.member))

    assert "You are a pair." in answer(client, carl, pairing).text


def test_the_junior_never_knows_of_a_proposal_that_the_senior_declines(client, mails):
    ada, carl = create_two()
    before = shown(client, ada.member)
    (pairing,) = propose((ada, carl))
    assert own_page(client, ada.member, pairing).status_code == 404
    assert "Nobody yet" in main_of(own_page(client, ada.member))
    answer(client, carl, pairing, "decline")
    deliver(ada.cohort, at=pairing.expires_at + days(30))

    assert states_of([pairing]) == ["declined"]
    assert own_page(client, ada.member, pairing).status_code == 404
    assert own_page(client, carl.member, pairing).status_code == 404
    assert [each for each in mails() if ada.member.email in str(each["To"])] == []
    assert shown(client, ada.member) == before


def test_a_strangers_and_a_missing_pair_give_the_same_bytes(client):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    stranger = create_owner(ada.cohort.organization)
    login(client, stranger)
    for view in ("pair", "pair_accept", "pair_decline", "pair_take_back"):
        answers = []
        for key in (pairing.pk, ada.pk):
            address = url(stranger, view, key)
            answers.append(client.get(address) if view == "pair" else client.post(address))
        assert [each.status_code for each in answers] == [404, 404]
        assert answers[0].content == answers[1].content
    assert states_of([pairing]) == ["proposed"]


def test_an_offer_is_read_by_its_two_people_only_and_lies_encrypted():
    ada, carl = create_two()
    ask(ada, carl)
    admin = create_owner(ada.cohort.organization)

    def asked_by(member_id) -> list[str]:
        with inside(ada.organization_id, member_id=member_id), connection.cursor() as cursor:
            cursor.execute("SELECT text FROM pairings_offer")
            return [text for (text,) in cursor.fetchall()]

    (stored,) = asked_by(ada.member_id)
    assert asked_by(carl.member_id) == [stored]
    assert HELLO not in stored
    assert "tools" not in stored
    assert asked_by(admin.pk) == []
    assert asked_by(None) == []


def test_an_offer_is_never_in_a_mail_and_goes_when_the_request_ends(client, mails):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    deliver(ada.cohort, at=by_day(pairing.expires_at - days(1)))
    deliver(ada.cohort, at=pairing.expires_at)

    assert len(mails()) == 3
    texts = [text_of(each, part) for each in mails() for part in ("plain", "html")]
    assert [text for text in texts if "each other" in text] == []
    with inside(ada.organization_id, member_id=ada.member_id):
        assert Offer.objects.count() == 0


def test_an_offer_that_was_taken_back_goes_too(client):
    ada, carl = create_two()
    answer(client, ada, ask(ada, carl), "take_back")
    deliver(ada.cohort)

    for who in (ada, carl):
        with inside(ada.organization_id, member_id=who.member_id):
            assert Offer.objects.count() == 0


def test_when_the_time_is_over_nobody_reads_the_offer_even_before_a_worker_has_looked(client):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    shown = []
    for at in (pairing.expires_at - days(0.01), pairing.expires_at):
        with time_machine.travel(at, tick=False):
            page = main_of(own_page(client, carl.member, pairing))
        with inside(ada.organization_id, member_id=carl.member_id):
            shown.append(("to each other." in page, card_of(pairing, carl.member, now=at).offer))

    assert shown == [(True, HELLO), (False, "")]


def test_the_offer_of_a_pair_outlives_the_pair(client):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    answer(client, carl, pairing)
    login(client, carl.member).post(url(carl.member, "participation_withdraw", carl.pk))
    with within(ada.organization_id):
        forget_offers([pairing.pk])

    assert states_of([pairing]) == ["withdrawn"]
    with inside(ada.organization_id, member_id=ada.member_id):
        assert Offer.objects.count() == 1


def test_the_offer_stays_with_the_pair(client):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    answer(client, carl, pairing)
    deliver(ada.cohort, at=timezone.now() + days(30))
    assert "to each other." in main_of(own_page(client, carl.member, pairing))


def test_those_who_run_it_see_numbers_and_no_declines(client):
    ada, carl = create_two()
    dora = take_part(ada.cohort, Side.MENTEE, name="Dora")
    (first, second) = propose((ada, carl), (ada, dora))
    answer(client, carl, first, "decline")
    deliver(ada.cohort, at=second.expires_at)
    admin = create_owner(ada.cohort.organization)

    page = main_of(login(client, admin).get(url(admin, "cohort_pairs", ada.cohort.pk)))
    member = create_member(ada.cohort.organization)
    refused = login(client, member).get(url(member, "cohort_pairs", ada.cohort.pk))

    assert "<dt>Not taken up</dt><dd>2</dd>" in page
    assert "Not answered in time" not in page
    assert "Carl" not in page
    assert refused.status_code == 403


def test_grades_are_shown_only_where_the_program_says_so(client):
    for shows in (True, False):
        ada, carl = create_two(program={"shows_grades": shows})
        grade = create_grade(ada.cohort.organization, "Trainee grade", 1)
        with inside(ada.organization_id):
            Member.objects.filter(pk=ada.member_id).update(grade=grade)
        pairing = ask(ada, carl)
        for page in (own_page(client, carl.member), own_page(client, carl.member, pairing)):
            assert ("Trainee grade" in main_of(page)) == shows
