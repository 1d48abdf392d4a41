"""A question in the words of whoever reads it."""

import pytest

from programs.blueprints import Question
from programs.enums import Kind, Moment, QuestionKind, Side
from programs.models import FeedbackForm
from programs.operations.programs import create_program
from programs.operations.questions import add_forms
from programs.queries.questions import asked_in, newest_forms
from tests.factories import create_owner, inside

pytestmark = pytest.mark.django_db

FIT = Question(
    "Does it fit?",
    QuestionKind.CHOICE,
    choices=("Yes", "No", "Perhaps"),
    translations={"de": {"text": "Passt es?", "choices": ["Ja", "", "Vielleicht"]}},
)
MORE = Question("More?", QuestionKind.TEXT, False, translations={"de": {"choices": []}})


@pytest.fixture
def form() -> FeedbackForm:
    owner = create_owner()
    with inside(owner.organization_id):
        program = create_program(name="Ours", kind=Kind.REVERSE, purpose="", actor=owner)
        sides = {Side.MENTOR: (FIT, MORE), Side.MENTEE: (MORE,)}
        add_forms(program=program, questions={Moment.LATER: sides})
        return newest_forms(program, Moment.LATER)[Side.MENTOR]


def words(form: FeedbackForm, language: str) -> list[tuple[str, tuple[str, ...]]]:
    with inside(form.organization_id):
        return [(each.text, each.choices) for each in asked_in(form, language)]


def test_a_question_is_asked_in_the_readers_language(form):
    assert words(form, "de")[0] == ("Passt es?", ("Ja", "No", "Vielleicht"))


def test_what_nobody_translated_is_asked_in_the_organizations_words(form):
    assert words(form, "de")[1] == ("More?", ())
    own = [("Does it fit?", ("Yes", "No", "Perhaps")), ("More?", ())]
    assert words(form, "en") == words(form, "fr") == own


def test_a_question_says_how_it_is_answered_and_under_which_key(form):
    with inside(form.organization_id):
        asked = asked_in(form, "en")
        keys = list(form.questions.order_by("position").values_list("pk", flat=True))
    assert [(each.key, each.kind, each.is_required) for each in asked] == [
        (keys[0], QuestionKind.CHOICE, True),
        (keys[1], QuestionKind.TEXT, False),
    ]


def test_a_form_that_was_loaded_with_its_questions_is_not_read_again(
    form, django_assert_num_queries
):
    with inside(form.organization_id), django_assert_num_queries(0):
        asked_in(form, "de")
