"""Two admins at once."""

from time import sleep

import pytest
from django.utils import timezone

from accounts.enums import Role
from programs.enums import Stage
from programs.library import BY_KEY
from programs.models import HiddenQuestion
from programs.operations.library import QuestionTaken, add_question, add_questions, hide
from tests.factories import create_member, create_owner, inside
from tests.pairings.test_races import at_once
from tests.programs.library.making import HOW, audited, own_texts

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def admins():
    owner = create_owner()
    return owner, create_member(owner.organization, roles=[Role.OWNER])


def test_of_two_who_add_the_same_question_one_is_told(admins):
    def adding(text, admin):
        def deed() -> str:
            try:
                add_question(
                    stage=Stage.FIRST, family=None, text=text, actor=admin, now=timezone.now()
                )
            except QuestionTaken:
                return "taken"
            return "added"

        return deed

    deeds = [adding(text, each) for text, each in zip([HOW, HOW.upper()], admins, strict=True)]
    assert at_once(admins[0].organization_id, *deeds) == ["added", "taken"]
    assert len(own_texts(admins[0])) == 1
    assert len(audited(admins[0])) == 1


def test_two_lists_in_another_order_do_not_wait_for_each_other(admins):
    """As two long lists would that are each half written when the other begins."""

    def pasting(admin, *halves):
        def deed() -> str:
            found = []
            for half in halves:
                found.append(
                    add_questions(
                        stage=Stage.FIRST,
                        family=None,
                        texts=[half],
                        actor=admin,
                        now=timezone.now(),
                    )
                )
                sleep(0.5)
            return " ".join(str(each.count) for each in found)

        return deed

    deeds = [pasting(admins[0], "How?", "Why?"), pasting(admins[1], "Why?", "How?")]
    assert at_once(admins[0].organization_id, *deeds) == ["0 0", "1 1"]
    assert own_texts(admins[0]) == ["How?", "Why?"]


def test_two_who_hide_the_same_question_hide_it_once(admins):
    def hiding(admin):
        def deed() -> str:
            hide(question=BY_KEY["first-day"], actor=admin, now=timezone.now())
            return "hidden"

        return deed

    outcomes = at_once(admins[0].organization_id, *(hiding(each) for each in admins))
    assert outcomes == ["hidden", "hidden"]
    with inside(admins[0].organization_id):
        assert HiddenQuestion.objects.count() == 1
    assert len(audited(admins[0])) == 1
