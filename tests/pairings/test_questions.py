"""What the page of a pair shows of the questions library."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring.pairings.enums import PairingState, Phase
from mentoring.pairings.queries.pairs import card_of
from mentoring.pairings.questions import compose_questions
from programs.enums import Side, Stage, Subject
from programs.library import BY_KEY, QUESTIONS
from programs.models import TopicFamily
from programs.operations.library import add_questions, hide
from programs.operations.topics import add_starters
from programs.queries.library import fitting_questions
from tests.factories import create_owner, inside, url
from tests.pairings.people import MONDAY, answer, ask, create_round, create_two, main_of, own_page
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db
TITLE = "Questions for this week"


def make_pair(client):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    answer(client, carl, pairing)
    return ada, carl, pairing


def section(client, participant, pairing) -> str:
    page = main_of(own_page(client, participant.member, pairing))
    return page.split(TITLE)[1].split("</section>")[0] if TITLE in page else ""


def composed(participant, pairing, *, at=MONDAY, state=PairingState.ACTIVE):
    """What the section holds when the pair is in a state, for one of the two."""
    with inside(participant.organization_id, member_id=participant.member_id):
        pairing.refresh_from_db()
        card = card_of(pairing, participant.member, now=at)
        assert card.phase == Phase.PAIR
        card.pairing.state = state
        return compose_questions(card, at)


def deal(owner, families=(), *, turn=0, stages=(Stage.DEEPER,)) -> list[str]:
    with inside(owner.organization_id):
        found = fitting_questions(
            stages=stages, families={each.pk: each.origin for each in families}, deck="d", turn=turn
        )
    return [each.text for each in found]


def test_the_mentor_sees_three_questions_and_the_mentee_a_link(client):
    ada, carl, pairing = make_pair(client)

    shown = section(client, ada, pairing)
    other = main_of(own_page(client, carl.member, pairing))

    assert shown.count("<li>") == 3
    assert f'href="{url(ada.member, "question_library")}?stage=first&amp;topic=' in shown
    assert TITLE not in other
    assert f'href="{url(ada.member, "question_library")}"' in other
    assert "The questions that Ada can choose from" in other


def test_the_stage_of_the_pair_decides():
    assert [
        [each.stage for each in composed_in(state).context["questions"]]
        for state in (PairingState.INTRODUCTORY, PairingState.ACTIVE, PairingState.CLOSING)
    ] == [
        [Stage.FIRST, Stage.FIRST, Stage.AGREEING],
        [Stage.OPENING, Stage.DEEPER, Stage.NEXT],
        [Stage.ENDING] * 3,
    ]


def composed_in(state):
    ada, carl = create_two()
    return composed(ada, made_pair(ada, carl), state=state)


def made_pair(ada, carl):
    """A pair, made without a browser."""
    pairing = ask(ada, carl)
    with inside(ada.organization_id):
        pairing.state = PairingState.INTRODUCTORY
        pairing.mentor_place = pairing.mentee_place = 1
        pairing.mentee_agreed_at = pairing.began_at = timezone.now()
        pairing.asked = ""
        pairing.save()
    return pairing


def test_they_stay_for_a_week_and_then_others_come():
    ada, carl = create_two()
    pairing = made_pair(ada, carl)

    def at(days: int) -> list[str]:
        when = MONDAY + timedelta(days=days)
        return [each.text for each in composed(ada, pairing, at=when).context["questions"]]

    assert at(0) == at(3) == at(6)
    assert set(at(0)).isdisjoint(at(7))
    assert set(at(7)).isdisjoint(at(14))


def test_a_pair_that_is_over_is_shown_none(client):
    ada, carl, pairing = make_pair(client)
    answer(client, carl, pairing, what="step_out")
    page = main_of(own_page(client, ada.member, pairing))
    assert TITLE not in page
    assert url(ada.member, "question_library") not in page


def test_questions_about_the_focus_come_up_and_hidden_and_foreign_ones_do_not():
    owner = create_owner()
    stranger = create_owner()
    for each, text in ((owner, "Ours?"), (stranger, "Theirs?")):
        with inside(each.organization_id):
            add_starters(actor=each)
            law = TopicFamily.objects.create(name="Law")
            for family in (law, None):
                texts = [f"{text} {family}"]
                add_questions(
                    stage=Stage.DEEPER, family=family, texts=texts, actor=each, now=MONDAY
                )
    with inside(owner.organization_id):
        technology = TopicFamily.objects.get(origin=Subject.TECHNOLOGY)
        law = TopicFamily.objects.get(name="Law")
        hide(question=BY_KEY["deeper-why"], actor=owner, now=MONDAY)

    def seen(*families) -> set[str]:
        return {text for turn in range(30) for text in deal(owner, families, turn=turn)}

    def built_in(*subjects) -> set[str]:
        return {
            str(each.text)
            for each in QUESTIONS
            if each.stage == Stage.DEEPER and each.subject in subjects
        } - {str(BY_KEY["deeper-why"].text)}

    assert seen() == built_in(Subject.ANY) | {"Ours? None"}
    assert seen(technology) == built_in(Subject.ANY, Subject.TECHNOLOGY) | {"Ours? None"}
    assert seen(law) == built_in(Subject.ANY) | {"Ours? None", "Ours? Law"}


def test_when_nearly_all_are_hidden_none_is_shown_twice():
    owner = create_owner()
    with inside(owner.organization_id):
        for each in QUESTIONS:
            if each.stage == Stage.ENDING and each.key != "ending-then-now":
                hide(question=each, actor=owner, now=MONDAY)
    stages = (Stage.ENDING,) * 3
    assert deal(owner, stages=stages) == [str(BY_KEY["ending-then-now"].text)]


@pytest.mark.parametrize("count", [1, 150])
def test_the_section_costs_one_query(django_assert_num_queries, count):
    ada, carl = create_two()
    pairing = made_pair(ada, carl)
    with inside(ada.organization_id, member_id=ada.member_id):
        family = TopicFamily.objects.get()
        add_questions(
            stage=Stage.FIRST,
            family=family,
            texts=[f"What about number {number}?" for number in range(count)],
            actor=ada.member,
            now=MONDAY,
        )
        card = card_of(pairing, ada.member, now=MONDAY)
        with django_assert_num_queries(1):
            compose_questions(card, MONDAY)
        other = card_of(pairing, carl.member, now=MONDAY)
        with django_assert_num_queries(0):
            compose_questions(other, MONDAY)


def test_a_pair_without_a_focus_gets_questions_for_any_topic():
    cohort = create_round()
    ada, carl = take_part(cohort, Side.MENTOR), take_part(cohort, Side.MENTEE)
    found = composed(ada, made_pair(ada, carl), state=PairingState.CLOSING)
    assert len(found.context["questions"]) == 3
    assert found.context["query"] == "stage=ending"
