"""The page of one wave: answering, going on later, sending once, and what comes after."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring.feedback.models import Response
from mentoring.pairings.wishes import SOMEBODY_ELSE
from programs.enums import WAVES, Moment, Side
from tests.factories import create_member, create_owner, inside, login, reload, url
from tests.feedback.surveying import (
    WORDS,
    answer_all,
    answers_of,
    asked,
    autosave,
    create_asked,
    create_beginners,
    create_met,
    end,
    members_of,
    page_of,
    press,
    questions_of,
    sent_by,
    typed,
    waves_off,
    write_form,
)
from tests.pairings.people import main_of, own_page

pytestmark = pytest.mark.django_db
INTRODUCTION = Moment.INTRODUCTION
SHOWN = "It’s &lt;good&gt; &amp; that&#x27;s it"


def test_it_says_who_reads_it_above_the_button_and_until_when_it_is_open(client):
    _ada, carl, pairing = create_asked()
    text = main_of(page_of(client, carl, pairing, INTRODUCTION))
    assert "How was it to meet Ada?" in text
    assert "about three minutes" in text
    assert "After your first meeting: how does it feel?" in text
    seen = text.index("This is confidential. Ada does not see it")
    assert seen < text.index("Send</span>")
    for promise in ("averages from 5 answers", "from 8 on", "comments from 10 on", "in batches"):
        assert promise in text
    assert "so that nobody reminds you again" in text


def test_sent_answers_are_thanked_for_and_shown_to_their_writer(client):
    _ada, carl, pairing = create_asked()
    questions = questions_of(carl, pairing, INTRODUCTION)
    answer = press(client, carl, pairing, INTRODUCTION, typed(questions))
    text = main_of(answer)
    assert answer.redirect_chain == [
        (url(carl.member, "pair_survey", pairing.pk, INTRODUCTION), 302)
    ]
    assert "Sent. Thank you." in answer.text
    assert "What you answered" in text
    assert "Still deciding" in text
    assert SHOWN in text
    assert "<textarea" not in text
    assert answers_of(carl, pairing, INTRODUCTION) == [1, WORDS]
    assert sent_by(carl, pairing, INTRODUCTION)


@pytest.mark.parametrize("moment", [each for each in WAVES if each != INTRODUCTION])
def test_every_wave_can_be_answered(client, moment):
    ada, _carl, pairing = create_asked(moment)
    questions = questions_of(ada, pairing, moment)
    text = main_of(press(client, ada, pairing, moment, typed(questions, value=4)))
    assert "4 of 5" in text
    assert "Ask for somebody else" not in text
    *scores, words = answers_of(ada, pairing, moment)
    assert (set(scores), words) == ({4}, WORDS)


@pytest.mark.parametrize("value", [0, 1, 2])
def test_after_the_introduction_both_are_offered_somebody_else_whatever_they_answered(
    client, value
):
    ada, carl, pairing = create_asked()
    seen = []
    for who in (ada, carl):
        questions = questions_of(who, pairing, INTRODUCTION)
        page = press(client, who, pairing, INTRODUCTION, typed(questions, value=value))
        found = main_of(page)
        at = found.index('<section class="card card-plain')
        seen.append(found[at : found.index("</section>", at)].replace(str(who.member), ""))
    assert "offered to everybody at this point, whatever they answered" in seen[0]
    address = url(carl.member, "pair_rematch", pairing.pk)
    assert f'action="{address}"' in seen[0]
    client.post(address, {"wish": "another"})
    assert SOMEBODY_ELSE.asked_at(reload(pairing), Side.MENTEE)
    assert SOMEBODY_ELSE.asked_at(reload(pairing), Side.MENTOR) is None
    after = main_of(page_of(client, carl, pairing, INTRODUCTION))
    assert "You have asked for somebody else" in after
    assert "You have asked" not in main_of(page_of(client, ada, pairing, INTRODUCTION))


def test_a_draft_is_kept_while_typing_and_comes_back(client):
    _ada, carl, pairing = create_asked()
    questions = questions_of(carl, pairing, INTRODUCTION)
    answer = autosave(client, carl, pairing, INTRODUCTION, typed(questions[1:]))
    assert (answer.status_code, "Saved as a draft at" in answer.text) == (200, True)
    assert "<html" not in answer.text
    assert answers_of(carl, pairing, INTRODUCTION) == [WORDS]
    assert sent_by(carl, pairing, INTRODUCTION) is None
    assert SHOWN in main_of(page_of(client, carl, pairing, INTRODUCTION))
    plain = autosave(client, carl, pairing, INTRODUCTION, typed(questions), by_htmx=False)
    assert plain.url == url(carl.member, "pair_survey", pairing.pk, INTRODUCTION)
    assert answers_of(carl, pairing, INTRODUCTION) == [1, WORDS]


def test_going_on_later_needs_no_answer_and_leads_to_the_pair(client):
    _ada, carl, pairing = create_asked()
    answer = press(client, carl, pairing, INTRODUCTION, {}, do="later")
    assert answer.redirect_chain == [(url(carl.member, "pair", pairing.pk), 302)]
    assert "Saved as a draft. You can go on at any time." in answer.text
    assert "not sent yet" in answer.text
    assert answers_of(carl, pairing, INTRODUCTION) == []


@pytest.mark.parametrize("by_htmx", [True, False])
def test_a_draft_that_arrives_after_sending_changes_nothing(client, by_htmx):
    _ada, carl, pairing = create_asked()
    questions = questions_of(carl, pairing, INTRODUCTION)
    answer_all(carl, pairing, INTRODUCTION)
    late = autosave(
        client,
        carl,
        pairing,
        INTRODUCTION,
        typed(questions, words="later", value=2),
        by_htmx=by_htmx,
    )
    assert late.status_code == (200 if by_htmx else 302)
    assert ("You have sent this already" in late.text) == by_htmx
    assert answers_of(carl, pairing, INTRODUCTION) == [1, WORDS]


def test_nobody_sends_twice_or_changes_what_was_sent(client):
    _ada, carl, pairing = create_asked()
    questions = questions_of(carl, pairing, INTRODUCTION)
    press(client, carl, pairing, INTRODUCTION, typed(questions))
    first = sent_by(carl, pairing, INTRODUCTION)
    again = press(client, carl, pairing, INTRODUCTION, typed(questions, words="other", value=2))
    assert "You have sent this before. Nothing was changed." in again.text
    assert answers_of(carl, pairing, INTRODUCTION) == [1, WORDS]
    assert sent_by(carl, pairing, INTRODUCTION) == first


def test_what_is_missing_is_said_and_nothing_typed_is_lost(client):
    _ada, carl, pairing = create_asked()
    _fit, more = questions_of(carl, pairing, INTRODUCTION)
    answer = press(client, carl, pairing, INTRODUCTION, typed([more]))
    assert (answer.status_code, answer.redirect_chain) == (200, [])
    assert "Please choose an answer." in answer.text
    assert SHOWN in answer.text
    assert sent_by(carl, pairing, INTRODUCTION) is None


@pytest.mark.parametrize("do", ["send", "later"])
def test_a_text_that_is_too_long_is_said_to_be_and_is_not_lost(client, do):
    _ada, carl, pairing = create_asked()
    questions = questions_of(carl, pairing, INTRODUCTION)
    answer = press(client, carl, pairing, INTRODUCTION, typed(questions, words="x" * 4001), do)
    assert (answer.status_code, answer.redirect_chain) == (200, [])
    assert "4,001 characters, and 4,000 fit" in answer.text
    assert "x" * 4001 in answer.text
    late = autosave(client, carl, pairing, INTRODUCTION, typed(questions, words="x" * 4001))
    assert "an answer that does not fit" in late.text
    assert answers_of(carl, pairing, INTRODUCTION) == [1]


def test_control_characters_go_and_strange_values_are_refused(client):
    _ada, carl, pairing = create_asked()
    fit, more = questions_of(carl, pairing, INTRODUCTION)
    data = {f"answer_{fit.pk.hex}": "7", f"answer_{more.pk.hex}": "a\x00b\x07c"}
    answer = press(client, carl, pairing, INTRODUCTION, data)
    assert "Please choose one of these answers." in answer.text
    press(client, carl, pairing, INTRODUCTION, {**data, f"answer_{fit.pk.hex}": "0"})
    assert answers_of(carl, pairing, INTRODUCTION) == [0, "abc"]


def test_the_questions_stay_those_with_which_somebody_began(client):
    ada, carl, pairing = create_asked()
    assert (
        "After your first meeting: how does it feel?"
        in page_of(client, carl, pairing, INTRODUCTION).text
    )
    write_form(pairing.cohort.program, INTRODUCTION, 3)
    assert (
        "After your first meeting: how does it feel?"
        in page_of(client, carl, pairing, INTRODUCTION).text
    )
    assert "Question 1" in page_of(client, ada, pairing, INTRODUCTION).text


def why(client, who, pairing, moment: str) -> str:
    page = page_of(client, who, pairing, moment)
    assert page.status_code == 200
    assert "<form" not in main_of(page)
    return " ".join(main_of(page).split())


def test_a_page_that_is_not_open_says_when_it_will_be(client):
    pairing = create_beginners(timezone.now())
    who = pairing.mentor
    assert "morning after you have become a pair" in why(client, who, pairing, "baseline")
    assert "after your first meeting is noted" in why(client, who, pairing, "introduction")
    assert "half-way between your first meeting" in why(client, who, pairing, "midpoint")
    assert "after your time as a pair is over" in why(client, who, pairing, "end")
    assert "half a year after your time" in why(client, who, pairing, "later")
    assert "As things stand that is about" in why(client, who, pairing, "baseline")
    waves_off(pairing, Moment.LATER)
    assert "does not ask at this point" in why(client, who, pairing, "later")


def test_a_page_that_is_not_open_any_more_says_so(client):
    ada, carl, pairing = create_asked()
    answer_all(carl, pairing, INTRODUCTION, is_draft=True)
    with inside(pairing.organization_id):
        Response.objects.update(asked_at=timezone.now() - timedelta(days=28))
    assert "Nothing is held against you" in why(client, ada, pairing, INTRODUCTION)
    begun = why(client, carl, pairing, INTRODUCTION)
    assert "It was not sent, and only you see it." in begun
    assert SHOWN in begun
    ended = create_met()
    end(ended[2], timezone.now())
    assert "there is nothing for you to do" in why(client, ended[0], ended[2], "midpoint")


def test_what_is_typed_when_it_has_just_closed_is_kept_and_not_sent(client):
    _ada, carl, pairing = create_asked()
    questions = questions_of(carl, pairing, INTRODUCTION)
    with inside(pairing.organization_id):
        Response.objects.update(asked_at=timezone.now() - timedelta(days=28))
    answer = press(client, carl, pairing, INTRODUCTION, typed(questions))
    assert "This is closed by now" in answer.text
    assert SHOWN in main_of(answer)
    assert sent_by(carl, pairing, INTRODUCTION) is None


def test_who_began_before_the_end_of_the_pair_may_finish(client):
    ada, carl, pairing = create_asked()
    questions = questions_of(carl, pairing, INTRODUCTION)
    end(pairing, timezone.now())
    assert "there is nothing for you to do" in why(client, ada, pairing, INTRODUCTION)
    sent = press(client, carl, pairing, INTRODUCTION, typed(questions))
    assert "What you answered" in sent.text
    assert "Ask for somebody else" not in sent.text


def test_a_foreign_pair_and_one_that_is_not_there_are_the_same(client):
    ada, _carl, pairing = create_asked()
    other = create_asked()[2]
    stranger = create_member(ada.member.organization)
    owner = create_owner(ada.member.organization)
    for member, key, moment in (
        (ada.member, other.pk, "introduction"),
        (stranger, pairing.pk, "introduction"),
        (owner, pairing.pk, "introduction"),
        (ada.member, pairing.pk, "partner"),
        (ada.member, pairing.pk, "nonsense"),
    ):
        login(client, member)
        missing = client.get(url(member, "pair_survey", ada.pk, "introduction"))
        for view in ("pair_survey", "pair_survey_draft"):
            answer = client.post(url(member, view, key, moment))
            assert answer.status_code == 404
        answer = client.get(url(member, "pair_survey", key, moment))
        assert (answer.status_code, answer.content) == (404, missing.content)


def home_of(client, who) -> str:
    return main_of(login(client, who.member).get(url(who.member, "organization")))


def test_the_home_says_what_waits_until_it_is_sent(client):
    _ada, carl, pairing = create_asked(Moment.END)
    address = url(carl.member, "pair_survey", pairing.pk, Moment.END)
    home = home_of(client, carl)
    title = "Looking back on your time with Ada"
    assert (f'href="{address}"' in home, title in home) == (True, True)
    assert "Tell how it goes" in home
    answer_all(carl, pairing, Moment.END, is_draft=True)
    assert "Go on</span>" in home_of(client, carl)
    answer_all(carl, pairing, Moment.END)
    assert address not in home_of(client, carl)


def test_the_page_of_the_pair_says_what_waits_and_leads_to_what_was_sent(client):
    ada, carl, pairing = create_asked()
    address = url(carl.member, "pair_survey", pairing.pk, INTRODUCTION)
    page = main_of(own_page(client, carl.member, pairing))
    assert ("A few questions for you" in page, f'href="{address}"' in page) == (True, True)
    answer_all(carl, pairing, INTRODUCTION)
    page = main_of(own_page(client, carl.member, pairing))
    assert "A few questions for you" not in page
    assert "What you told those who run this" in page
    assert f'href="{address}"' in page
    assert "A few questions for you" in main_of(own_page(client, ada.member, pairing))


def test_a_past_pair_leads_to_the_questions_at_its_end(client):
    ada, _carl, pairing = create_asked(Moment.END)
    page = main_of(own_page(client, ada.member, pairing))
    assert url(ada.member, "pair_survey", pairing.pk, "end") in page


def test_looking_asks_nobody(client):
    ada, _carl, pairing = create_met()
    for moment in WAVES:
        page_of(client, ada, pairing, moment)
        autosave(client, ada, pairing, moment, {})
        press(client, ada, pairing, moment, {})
    assert asked(pairing) == []
    assert [str(each) for each in members_of(pairing)] == ["Ada", "Carl"]


@pytest.mark.parametrize("count", [2, 50])
@pytest.mark.parametrize("is_begun", [True, False])
def test_fifty_questions_cost_as_much_as_two(client, django_assert_num_queries, count, is_begun):
    _ada, carl, pairing = create_asked()
    write_form(pairing.cohort.program, INTRODUCTION, count)
    address = url(carl.member, "pair_survey", pairing.pk, INTRODUCTION)
    login(client, carl.member)
    client.get(url(carl.member, "pairs"))
    if is_begun:
        answer_all(carl, pairing, INTRODUCTION, is_draft=True)
    with django_assert_num_queries(14 if is_begun else 19):
        text = client.get(address).text
    assert len(set(re.findall(r'name="(answer_\w+)"', text))) == count
