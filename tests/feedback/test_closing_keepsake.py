"""The keepsake: a PDF with what both agreed to, and nothing else."""

import io

import page
import pytest
import time_machine
from pypdf import PdfReader

from accounts.models import User
from mentoring.feedback.parts import CommonPart, OwnPart
from mentoring.meetings.enums import GoalState
from mentoring.meetings.models import Goal
from programs.models import Program
from tests.factories import inside, url
from tests.feedback.looking_back import (
    choose,
    consents_of,
    create_ended,
    keepsake,
    look,
    part_of,
    press,
    rate_at_start,
    reflect,
    text_in,
    wind_up,
    words_of,
)
from tests.meetings.people import held
from tests.meetings.reaching import set_goal, write
from tests.meetings.test_logs import create_old_pair
from tests.pairings.people import MONDAY, days

pytestmark = pytest.mark.django_db
GOAL, DEED = "Speak <up> & ask Łukasz", "Meetings end on time, it's a deal"


def create_full(*, is_closing=True):
    """A pair that has something of everything and has agreed to nothing yet."""
    ada, carl, pairing = create_ended(is_closing=is_closing)
    set_goal(pairing, GOAL, by=ada)
    write(pairing, DEED, by=carl)
    for who in (ada, carl):
        rate_at_start(who, 1, 2, 3, 4, 5)
        reflect(who, pairing, 5, 4, 3, 2, 1, line=f"The line of {who.member}")
    return ada, carl, pairing


def share_all(ada, carl, pairing):
    for who in (ada, carl):
        parts = (OwnPart.STANDING, OwnPart.LINE)
        reflect(who, pairing, 5, 4, 3, 2, 1, line=f"The line of {who.member}", shared=parts)
        for part in CommonPart:
            choose(who, pairing, part)


def failures(pdf: bytes) -> list[str]:
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    return [failure.message for failure in report.failures]


def test_what_nobody_agreed_to_is_not_in_it(client):
    ada, carl, pairing = create_full()
    for who in (ada, carl):
        answer = keepsake(client, who, pairing)
        text = text_in(answer.content)
        assert text.startswith("Ada and Carl What we keep of our time together")
        assert "Mentor Ada Mentee Carl" in text
        assert "Meetings 2 (" in text
        assert "Hours together 1.5" in text
        for absent in ("Our goals", "Łukasz", "Commitments", "deal", "line of", "At the start"):
            assert absent not in text
        assert failures(answer.content) == []


def test_what_both_agreed_to_is_in_it_for_both_and_can_be_read_by_everybody(client):
    ada, carl, pairing = create_full()
    share_all(ada, carl, pairing)
    texts = []
    for who in (ada, carl):
        answer = keepsake(client, who, pairing)
        assert failures(answer.content) == []
        texts.append(text_in(answer.content))
    assert texts[0] == texts[1]
    assert f"{GOAL} (Open)" in texts[0]
    assert f"{DEED} (Still open)" in texts[0]
    assert texts[0].index("The line of Ada") < texts[0].index("The line of Carl")
    assert "I tell leaders openly what I see, also when it is awkward. 1 5" in texts[0]
    assert "I change what I do because of what I hear from juniors. 5 1" in texts[0]


@pytest.mark.parametrize("part", CommonPart)
def test_a_part_about_both_needs_both_and_either_may_take_it_out(client, part):
    ada, carl, pairing = create_full()
    word = {"goals": "Łukasz", "commitments": "deal"}[part]

    def is_in() -> list[bool]:
        return [word in text_in(keepsake(client, who, pairing).content) for who in (ada, carl)]

    said = words_of(part_of(press(client, ada, pairing, part, "1"), "keepsake"))
    assert "You want it in. It waits for Carl." in said
    assert is_in() == [False, False]
    assert "Ada wants it in. It waits for you." in words_of(look(client, carl, pairing).text)
    said = words_of(part_of(press(client, carl, pairing, part, "1"), "keepsake"))
    assert "Both of you want it." in said
    assert is_in() == [True, True]
    press(client, ada, pairing, part, "0")
    assert is_in() == [False, False]
    assert consents_of(ada, pairing) == {(part, "mentee")}


def test_wanting_one_part_says_nothing_about_the_other_and_twice_is_once(client):
    ada, carl, pairing = create_full()
    for _ in range(2):
        press(client, ada, pairing, "goals", "1")
    assert consents_of(carl, pairing) == {("goals", "mentor")}
    press(client, ada, pairing, "commitments", "0")
    for part, keeps in (("goals", ""), ("goals", "2"), ("scores", "1"), ("", "")):
        press(client, ada, pairing, part, keeps)
    assert consents_of(carl, pairing) == {("goals", "mentor")}


@pytest.mark.parametrize(("part", "word"), [("line", "line of Ada"), ("standing", "awkward. 1 5")])
def test_an_own_part_is_in_it_only_while_its_writer_shares_it(client, part, word):
    ada, carl, pairing = create_full()
    for shared, expected in (((OwnPart(part),), True), ((), False)):
        reflect(ada, pairing, 5, 4, 3, 2, 1, line="The line of Ada", shared=shared)
        for who in (ada, carl):
            text = text_in(keepsake(client, who, pairing).content)
            assert (word in text) == expected
            assert "line of Carl" not in text


def test_the_page_says_what_is_in_and_what_waits(client):
    ada, carl, pairing = create_ended()
    text = words_of(part_of(look(client, ada, pairing), "keepsake"))
    assert text.count("There is nothing to put in.") == 2
    assert "Put it in" not in text
    assert text.count("Not in: you have not ticked that Carl may read it.") == 2
    assert "Not in: Carl has shared nothing so far." in text
    reflect(carl, pairing, line="Mine", shared=(OwnPart.LINE,))
    text = words_of(part_of(look(client, ada, pairing), "keepsake"))
    assert "What Carl shares with you In" in text


def test_a_goal_that_was_let_go_says_so(client):
    ada, carl, pairing = create_full()
    with inside(pairing.organization_id, member_id=ada.member_id):
        Goal.objects.update(state=GoalState.DROPPED)
    share_all(ada, carl, pairing)
    assert f"{GOAL} (Let go)" in text_in(keepsake(client, ada, pairing).content)


def test_it_is_kept_by_no_cache_and_its_name_tells_nobody(client):
    ada, _carl, pairing = create_ended()
    answer = keepsake(client, ada, pairing)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="keepsake.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert "no-store" in look(client, ada, pairing)["Cache-Control"]


def test_it_speaks_the_language_of_its_reader(client):
    ada, carl, pairing = create_full()
    User.objects.filter(pk=ada.member.user_id).update(language="de")
    german = PdfReader(io.BytesIO(keepsake(client, ada, pairing).content))
    english = PdfReader(io.BytesIO(keepsake(client, carl, pairing).content))
    languages = [str(each.root_object["/Lang"]) for each in (german, english)]
    assert languages == ["de", "en"]


def test_its_days_are_those_of_its_reader(client):
    with time_machine.travel(MONDAY - days(1), tick=False):
        ada, carl, pairing = create_old_pair()
    late = MONDAY.replace(hour=23, minute=30) - days(30)
    held(pairing, by=ada, starts_at=late)
    with time_machine.travel(MONDAY, tick=False):
        wind_up(ada, carl, pairing)
        User.objects.filter(pk=carl.member.user_id).update(time_zone="America/New_York")
        berlin, new_york = (text_in(keepsake(client, who, pairing).content) for who in (ada, carl))
    assert "Meetings 1 (25 Oct 2026 – 25 Oct 2026)" in berlin
    assert "Meetings 1 (24 Oct 2026 – 24 Oct 2026)" in new_york


def test_names_with_signs_and_very_long_texts_break_nothing(client):
    ada, carl, pairing = create_full()
    name = "Zoë “The <b>Lion</b>” O’Neil-" + "Longname" * 12
    with inside(pairing.organization_id):
        Program.objects.update(name="P&L <i>" + "w" * 80)
        for who in (ada, carl):
            type(who.member).objects.filter(pk=who.member_id).update(name=name)
    for number in range(19):
        set_goal(pairing, f"{number} " + "endless" * 40, by=ada)
    reflect(ada, pairing, 5, line="x" * 200)
    share_all(ada, carl, pairing)
    answer = keepsake(client, ada, pairing)
    assert failures(answer.content) == []
    assert "<b>Lion</b>" in text_in(answer.content)


@pytest.mark.parametrize("size", [1, 8])
def test_it_costs_the_same_however_much_there_is(client, django_assert_num_queries, size):
    ada, carl, pairing = create_full()
    for number in range(size):
        set_goal(pairing, f"Goal {number}", by=ada)
    share_all(ada, carl, pairing)
    keepsake(client, ada, pairing)
    with django_assert_num_queries(17):
        client.get(url(ada.member, "pair_keepsake", pairing.pk))
