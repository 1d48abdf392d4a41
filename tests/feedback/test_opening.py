"""When feedback is the partner's to read, and what the partner may do with it."""

import re
from datetime import timedelta

import pytest

from mentoring.feedback.operations import opening
from mentoring.outbox.mailbox import text_of
from programs.enums import Moment, Side
from programs.models import Program
from programs.operations.questions import change_questions, questions_of, version_of
from programs.queries.questions import newest_forms
from tests.factories import create_owner, inside, login, url
from tests.feedback.people import (
    KIND,
    create_ended,
    give,
    give_both,
    let_end,
    page_of,
    press,
    responses,
    said_by,
)
from tests.lib.test_pdfs import failures
from tests.lib.test_pdfs import text_of as words_in
from tests.meetings.test_logs import ago
from tests.pairings.people import deliver, main_of, sent

pytestmark = pytest.mark.django_db

ARRIVED, THANKED = "feedback.arrived", "feedback.thanked"


def test_it_is_read_when_both_have_sent_it_and_not_before(client, mails):
    ada, carl, pairing = create_ended()
    give(client, ada, pairing)
    deliver(pairing.cohort)
    waiting = page_of(client, carl, pairing).text
    assert "spoke up" not in waiting
    assert said_by(ada, pairing, reader=carl) == []
    assert sent(pairing.cohort, ARRIVED) == []

    give(client, carl, pairing, score=2, text="You were <i>bold</i>.")
    assert "Both of you have sent it: it opens in a moment." in page_of(client, carl, pairing).text
    deliver(pairing.cohort)

    to_carl, to_ada = (
        main_of(page_of(client, carl, pairing)),
        main_of(page_of(client, ada, pairing)),
    )
    assert "and that&#x27;s when I spoke up." in to_carl
    assert "You were &lt;i&gt;bold&lt;/i&gt;." in to_ada
    assert to_ada.count("2 of 5") == 5
    assert sent(pairing.cohort, ARRIVED) == sorted(each.member.email for each in (ada, carl))
    told = [each for each in mails() if "has written to you" in str(each["Subject"])]
    assert len(told) == 2
    for mail in told:
        text = text_of(mail, "plain")
        assert f"/pairs/{pairing.pk}/feedback/" in text
        assert "spoke up" not in text
        assert "bold" not in text


def test_after_the_time_that_the_program_gives_it_is_read_although_one_has_not_answered(client):
    ada, carl, pairing = create_ended(days=2)
    give(client, ada, pairing)
    with inside(pairing.organization_id):
        ends = opening.opens_at(pairing)
    deliver(pairing.cohort, at=ends - timedelta(minutes=1))
    assert said_by(ada, pairing, reader=carl) == []
    deliver(pairing.cohort, at=ends + timedelta(minutes=1))
    assert said_by(ada, pairing, reader=carl) == [4, 4, 4, 4, KIND]
    assert responses(pairing).keys() == {"mentor", "mentee"} - {"mentee"}
    assert sent(pairing.cohort, ARRIVED) == [carl.member.email]


@pytest.mark.parametrize(("days", "readable"), [(29, []), (31, [4, 4, 4, 4, KIND])])
def test_how_long_that_is_is_up_to_the_program(client, days, readable):
    ada, carl, pairing = create_ended(days=days)
    with inside(pairing.organization_id):
        Program.objects.update(feedback_days=30)
    give(client, ada, pairing)
    deliver(pairing.cohort)
    assert said_by(ada, pairing, reader=carl) == readable


def wait_for_days(pairing, days, owner):
    """The program gives another time."""
    with inside(pairing.organization_id):
        program = Program.objects.get(pk=pairing.cohort.program_id)
        forms = newest_forms(program)
        change_questions(
            program=program,
            questions={side: questions_of(form) for side, form in forms.items()},
            version=version_of(program, Moment.PARTNER, forms),
            actor=owner,
            feedback_days=days,
        )


@pytest.mark.parametrize(("days", "early", "late"), [(3, 2, 4), (40, 39, 41)])
def test_a_program_that_thinks_again_moves_the_day_for_what_waits(client, days, early, late):
    ada, carl, pairing = create_ended()
    owner = create_owner(ada.cohort.organization)
    give(client, ada, pairing)
    wait_for_days(pairing, days, owner)
    deliver(pairing.cohort, at=ago(days=-early))
    assert said_by(ada, pairing, reader=carl) == []
    deliver(pairing.cohort, at=ago(days=-late))
    assert said_by(ada, pairing, reader=carl) == [4, 4, 4, 4, KIND]


def test_a_program_that_thinks_again_twice_holds_nothing_back_for_ever(client):
    ada, carl, pairing = create_ended()
    owner = create_owner(ada.cohort.organization)
    give(client, ada, pairing)
    wait_for_days(pairing, 40, owner)
    deliver(pairing.cohort, at=ago(days=-20))
    assert said_by(ada, pairing, reader=carl) == []
    wait_for_days(pairing, 14, owner)
    deliver(pairing.cohort, at=ago(days=-21))
    assert said_by(ada, pairing, reader=carl) == [4, 4, 4, 4, KIND]


def test_what_is_sent_later_than_that_is_read_at_once(client):
    ada, carl, pairing = create_ended(days=60)
    give(client, carl, pairing)
    deliver(pairing.cohort)
    assert said_by(carl, pairing, reader=ada) == [4, 4, 4, 4, 4, KIND]


def test_the_page_waits_for_a_worker_also_when_only_one_has_sent_it(client):
    ada, carl, pairing = create_ended(days=60)
    give(client, carl, pairing)
    waiting = main_of(page_of(client, carl, pairing))
    assert f"{ada.member} can read it in a moment." in waiting
    assert "load delay:3s" in waiting
    assert "Change it" not in waiting
    assert "at the latest on" not in waiting

    deliver(pairing.cohort)
    assert f"{ada.member} can read it." in main_of(page_of(client, carl, pairing))
    give(client, ada, pairing)
    answer = main_of(page_of(client, ada, pairing))
    assert f"{carl.member} can read it in a moment." in answer
    assert "load delay:3s" in answer
    deliver(pairing.cohort)
    read = main_of(page_of(client, ada, pairing))
    assert f"{carl.member} can read it." in read
    assert "load delay:3s" not in read


def test_a_draft_is_never_handed_over_and_holds_up_nobody(client):
    ada, carl, pairing = create_ended(days=60)
    press(client, ada, pairing, do="later")
    give(client, carl, pairing)
    deliver(pairing.cohort)
    assert responses(pairing)["mentor"].opened_at is None
    assert said_by(carl, pairing, reader=ada) == [4, 4, 4, 4, 4, KIND]


def test_both_may_send_it_while_the_pair_is_closing(client):
    ada, carl, pairing = create_ended(state="closing")
    let_end(pairing, at=None)
    give_both(client, ada, carl, pairing=pairing)
    assert said_by(ada, pairing, reader=carl) == [4, 4, 4, 4, f"{KIND} mentor"]


def test_the_partner_may_say_thank_you_once(client, mails):
    ada, carl, pairing = create_ended()
    early = press(client, ada, pairing, "thank")
    assert f"{carl.member} hears of it." not in early.text
    give_both(client, ada, carl, pairing=pairing)
    thanks = press(client, ada, pairing, "thank")
    assert f"{carl.member} hears of it." in thanks.text
    assert "You have said thank you." in main_of(thanks)
    assert f"{carl.member} hears of it." not in press(client, ada, pairing, "thank").text
    deliver(pairing.cohort)
    assert sent(pairing.cohort, THANKED) == [carl.member.email]
    assert f"{ada.member} says thank you." in main_of(page_of(client, carl, pairing))
    assert responses(pairing)["mentor"].thanked_at is None


def test_all_that_one_has_received_is_kept_in_one_place(client):
    ada, carl, pairing = create_ended()
    address = url(ada.member, "own_feedback")
    assert "Nothing yet" in main_of(login(client, ada.member).get(address))
    give_both(client, ada, carl, pairing=pairing)
    page = main_of(login(client, ada.member).get(address))
    assert url(ada.member, "pair_feedback", pairing.pk) in page
    assert str(carl.member) in page


def test_what_one_has_received_is_kept_as_a_document_that_everybody_can_read(client):
    ada, carl, pairing = create_ended()
    address = url(carl.member, "pair_feedback_download", pairing.pk)
    assert login(client, carl.member).get(address).status_code == 302
    give_both(client, ada, carl, pairing=pairing)
    answer = login(client, carl.member).get(address)
    pdf = answer.content
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="Feedback from Ada.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert failures(pdf) == []
    read = " ".join(words_in(pdf).split())
    assert "and that's when I spoke up. mentor" in read
    assert "My partner engaged with our goals. 4 of 5" in read
    assert "mentee" not in read


def test_the_home_asks_first_and_tells_of_what_has_come(client):
    ada, carl, pairing = create_ended()

    def step():
        home = login(client, ada.member).get(url(ada.member, "organization")).text
        found = re.search(r'id="next-step".*?</(?:section|div|article)>', home, re.DOTALL)
        return found.group() if found else ""

    assert "What would you like to tell" in step()
    give(client, ada, pairing)
    assert step() == ""
    give(client, carl, pairing)
    deliver(pairing.cohort)
    assert "has given you feedback" in step()
    press(client, ada, pairing, "thank")
    assert step() == ""


def test_a_page_of_the_pair_leads_to_it(client):
    ada, _carl, pairing = create_ended()
    page = login(client, ada.member).get(url(ada.member, "pair", pairing.pk))
    assert url(ada.member, "pair_feedback", pairing.pk) in main_of(page)


def test_two_workers_hand_it_over_and_tell_once(client):
    ada, carl, pairing = create_ended()
    give(client, ada, pairing)
    give(client, carl, pairing)
    with inside(pairing.organization_id):
        for _time in range(2):
            opening.open_due([pairing.pk], now=ago(days=0))
    deliver(pairing.cohort)
    assert sent(pairing.cohort, ARRIVED) == sorted(each.member.email for each in (ada, carl))
    assert Side.MENTOR in responses(pairing)
