"""Questions in other languages: beside the original, as far as somebody has written them."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from programs.enums import Kind, Moment, Side
from programs.forms.question_fields import MOST_CHOICES, MOST_QUESTIONS
from programs.models import FeedbackQuestion, Program
from programs.operations.programs import create_program
from programs.operations.questions import mark_used
from programs.queries.questions import asked_in, newest_forms
from tests.factories import create_organization, create_owner, inside, login, url
from tests.programs.pages import fields_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return create_owner()


@pytest.fixture
def program(client, owner) -> Program:
    """A program whose mentors are asked two questions half-way, neither translated."""
    login(client, owner)
    with inside(owner.organization_id):
        made = create_program(name="Ours", kind=Kind.REVERSE, purpose="", actor=owner)
    fields: dict[str, Any] = {"mentor-rows": "2", "mentee-rows": "1"}
    fields |= {"mentor-0-text": "Does it fit?", "mentor-0-kind": "choice", "mentor-0-key": ""}
    fields |= {"mentor-0-choices": "Yes\nNo\nPerhaps"}
    fields |= {"mentor-1-text": "Any wish?", "mentor-1-kind": "text", "mentor-1-key": ""}
    fields |= {"mentee-0-text": "Is it fun?", "mentee-0-kind": "rated", "mentee-0-key": ""}
    send(client, questions_page(owner, made), **fields)
    return made


def questions_page(owner, program: Program) -> str:
    return url(owner, "program_wave", program.pk, "midpoint")


def words_page(owner, program: Program, language: str = "de") -> str:
    return url(owner, "program_question_words", program.pk, "midpoint", language)


def read(program: Program, language: str = "de", side: Side = Side.MENTOR) -> list[Any]:
    with inside(program.organization_id):
        form = newest_forms(program, Moment.MIDPOINT)[side]
        return [(each.text, *each.choices) for each in asked_in(form, language)]


def translate(client, owner, program: Program, **changes: str) -> Any:
    words = {
        "mentor-0-text": "Passt es?",
        "mentor-0-choice-0": "Ja",
        "mentor-0-choice-1": "Nein",
        "mentor-0-choice-2": "Vielleicht",
        "mentor-1-text": "Ein Wunsch?",
        "mentee-0-text": "Macht es Spaß?",
    }
    return send(client, words_page(owner, program), **(words | changes))


def test_words_are_written_beside_the_original_and_read_in_that_language(client, owner, program):
    page = client.get(words_page(owner, program))
    assert "Does it fit?" in page.text
    assert "Deutsch" in page.text
    assert "3 questions are not translated yet" in page.text

    response = translate(client, owner, program)

    assert response.url == questions_page(owner, program)
    assert read(program) == [("Passt es?", "Ja", "Nein", "Vielleicht"), ("Ein Wunsch?",)]
    assert read(program, side=Side.MENTEE) == [("Macht es Spaß?",)]
    assert read(program, "en") == [("Does it fit?", "Yes", "No", "Perhaps"), ("Any wish?",)]
    assert "Everything is translated" in client.get(questions_page(owner, program)).text


def test_what_is_missing_is_said_and_asked_in_the_organizations_words(client, owner, program):
    translate(client, owner, program, **{"mentor-0-choice-1": "", "mentor-1-text": ""})

    assert read(program) == [("Passt es?", "Ja", "No", "Vielleicht"), ("Any wish?",)]
    assert "2 questions are not translated yet" in client.get(words_page(owner, program)).text
    page = client.get(questions_page(owner, program))
    assert "2 questions are not translated yet" in page.text


def test_a_translation_is_taken_back_by_leaving_it_empty(client, owner, program):
    translate(client, owner, program)
    empty = {f"mentor-0-choice-{place}": "" for place in range(3)}

    translate(client, owner, program, **empty, **{"mentor-0-text": ""})

    assert read(program)[0] == ("Does it fit?", "Yes", "No", "Perhaps")
    with inside(program.organization_id):
        stored = FeedbackQuestion.objects.get(text="Does it fit?")
    assert stored.translations == {}


def test_saving_words_that_did_not_change_changes_nothing(client, owner, program):
    translate(client, owner, program)
    with inside(program.organization_id):
        before = AuditEvent.objects.count()

    send(client, words_page(owner, program))
    send(client, questions_page(owner, program))

    with inside(program.organization_id):
        assert AuditEvent.objects.count() == before


def test_words_of_a_used_form_make_its_next_version(client, owner, program):
    with inside(program.organization_id):
        used = newest_forms(program, Moment.MIDPOINT)[Side.MENTOR]
        mark_used(form=used, now=timezone.now())

    translate(client, owner, program)

    with inside(program.organization_id):
        newest = newest_forms(program, Moment.MIDPOINT)
        assert {side: form.version for side, form in newest.items()} == {"mentor": 2, "mentee": 1}
        assert [each.text for each in asked_in(used, "de")] == ["Does it fit?", "Any wish?"]
        told = AuditEvent.objects.filter(action="questions.changed").order_by("at", "pk")
        details = [each.details for each in told][-2:]
    assert read(program)[0][0] == "Passt es?"
    about = {"moment": "midpoint", "language": "de"}
    assert sorted(details, key=lambda each: each["answered_by"], reverse=True) == [
        {**about, "answered_by": "mentor", "version": [1, 2]},
        {**about, "answered_by": "mentee", "version": [1, 1]},
    ]


def test_words_go_along_when_questions_and_choices_move(client, owner, program):
    translate(client, owner, program)
    page = send(client, questions_page(owner, program), do="mentor:down:0")

    send(client, questions_page(owner, program), page, **{"mentor-1-choices": "No\nNever\nYes"})

    assert read(program) == [("Ein Wunsch?",), ("Passt es?", "Nein", "Never", "Ja")]


def test_a_removed_question_leaves_the_others_their_words(client, owner, program):
    translate(client, owner, program)
    page = send(client, questions_page(owner, program), do="mentor:remove:0")

    send(client, questions_page(owner, program), page)

    assert read(program) == [("Ein Wunsch?",)]


def test_words_of_a_used_form_go_along_into_its_next_version(client, owner, program):
    translate(client, owner, program)
    with inside(program.organization_id):
        form = newest_forms(program, Moment.MIDPOINT)[Side.MENTOR]
        mark_used(form=form, now=timezone.now())

    page = send(client, questions_page(owner, program), do="mentor:down:0")

    send(client, questions_page(owner, program), page)

    with inside(program.organization_id):
        assert newest_forms(program, Moment.MIDPOINT)[Side.MENTOR].version == 2
    assert read(program) == [("Ein Wunsch?",), ("Passt es?", "Ja", "Nein", "Vielleicht")]


def test_words_of_a_question_that_changed_wait_until_somebody_has_looked(client, owner, program):
    translate(client, owner, program)
    send(client, questions_page(owner, program), **{"mentor-1-text": "Any worry?"})

    assert read(program)[1] == ("Any worry?",)
    page = client.get(words_page(owner, program))
    assert fields_of(page)["mentor-1-text"] == ["Ein Wunsch?"]
    assert "Changed since it was translated" in page.text
    assert "1 question is not translated yet" in page.text

    send(client, words_page(owner, program), page)
    assert read(program)[1] == ("Any worry?",)
    send(client, words_page(owner, program), page, **{"mentor-1-text": "Eine Sorge?"})
    assert read(program)[1] == ("Eine Sorge?",)


def test_older_words_may_still_fit(client, owner, program):
    translate(client, owner, program)
    send(client, questions_page(owner, program), **{"mentor-1-text": "Any wishes?"})

    send(client, words_page(owner, program), **{"mentor-1-fits": "on"})

    assert read(program)[1] == ("Ein Wunsch?",)
    page = client.get(words_page(owner, program)).text
    assert "Changed since it was translated" not in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mentor-0-choice-1": "JA"}, "Two answers are the same."),
        ({"mentor-0-choice-0": "no", "mentor-0-choice-1": ""}, "Two answers are the same."),
        ({"mentor-1-text": "x" * 301}, "at most 300 characters"),
        ({"mentor-0-choice-2": "x" * 101}, "at most 100 characters"),
        ({"mentor-1-text": "a\u202eb"}, "changes the writing direction"),
    ],
)
def test_words_that_nobody_could_answer_are_refused_and_kept(
    client, owner, program, changes, words
):
    page = translate(client, owner, program, **{"mentee-0-text": "Behalten?"}, **changes)

    assert words in page.text.replace("\n", " ")
    assert fields_of(page)["mentee-0-text"] == ["Behalten?"]
    assert read(program)[0] == ("Does it fit?", "Yes", "No", "Perhaps")


def test_whoever_had_the_page_open_is_told_and_loses_no_word(client, owner, program):
    stale = client.get(words_page(owner, program))
    send(client, questions_page(owner, program), **{"mentor-1-text": "Any worry?"})

    refused = send(client, words_page(owner, program), stale, **{"mentor-1-text": "Ein Wunsch?"})

    assert "Somebody else changed these questions" in refused.text
    assert fields_of(refused)["mentor-1-text"] == ["Ein Wunsch?"]
    assert read(program)[1] == ("Any worry?",)
    send(client, words_page(owner, program), refused)
    assert read(program)[1] == ("Ein Wunsch?",)


def test_questions_that_others_translated_meanwhile_keep_the_new_words(client, owner, program):
    stale = client.get(questions_page(owner, program))
    translate(client, owner, program)

    refused = send(
        client, questions_page(owner, program), stale, **{"mentee-0-text": "Is it good?"}
    )
    assert "Somebody else changed these settings" in refused.text
    send(client, questions_page(owner, program), refused)

    assert read(program)[0] == ("Passt es?", "Ja", "Nein", "Vielleicht")
    assert read(program, "en", Side.MENTEE) == [("Is it good?",)]


def test_the_own_language_is_written_where_the_questions_are(client, owner, program):
    answer = client.get(words_page(owner, program, "en"))
    assert (answer.status_code, answer.url) == (302, questions_page(owner, program))
    assert client.get(words_page(owner, program, "xx")).status_code == 404


def test_a_key_of_another_program_brings_no_words_along(client, owner, program):
    """What a page sends as a key is never more than a hint."""
    translate(client, owner, program)
    with inside(owner.organization_id):
        key = str(FeedbackQuestion.objects.get(text="Any wish?").pk)
        other = create_program(name="Other", kind=Kind.REVERSE, purpose="", actor=owner)
    for sent in (key, "nonsense", ""):
        fields = {"mentor-0-key": sent, "mentor-0-text": f"Theirs: {sent[:3] or 'new'}"}
        assert send(client, questions_page(owner, other), **fields).status_code == 302
        assert read(other)[0][0] == fields["mentor-0-text"]
        with inside(owner.organization_id):
            made = FeedbackQuestion.objects.get(text=fields["mentor-0-text"])
            assert made.translations == {}
            assert str(FeedbackQuestion.objects.get(text="Any wish?").pk) == key


def preview(owner, program: Program, side: str, language: str) -> str:
    return url(owner, "program_question_preview", program.pk, "midpoint", side, language)


def main_of(page: Any) -> str:
    return page.text.partition("<main")[2].partition("</main>")[0]


def test_the_preview_shows_a_form_as_its_reader_sees_it(client, owner, program):
    translate(client, owner, program, **{"mentor-1-text": ""})

    german = main_of(client.get(preview(owner, program, "mentor", "de")))
    english = main_of(client.get(preview(owner, program, "mentee", "en")))

    for text in ("Passt es?", "Vielleicht", "Any wish?", "1 question is not translated yet"):
        assert text in german
    assert "Macht es Spaß?" not in german
    assert "Is it fun?" in english
    assert "1 = not at all" in english
    assert "is not translated yet" not in english


def test_the_preview_has_the_words_of_the_scale_in_its_own_language(client, owner, program):
    german = main_of(client.get(preview(owner, program, "mentee", "de")))

    assert "1 = gar nicht" in german
    assert "This is a preview" in german


def test_nothing_can_be_sent_from_the_preview(client, owner, program):
    address = preview(owner, program, "mentor", "de")
    page = main_of(client.get(address))

    assert "<form" not in page
    assert "<button" not in page
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(("side", "language"), [("sponsor", "de"), ("mentor", "xx")])
def test_a_preview_that_does_not_exist_is_no_page(client, owner, program, side, language):
    assert client.get(preview(owner, program, side, language)).status_code == 404


def test_a_german_organization_translates_into_english(client):
    owner = create_owner(create_organization(language="de"))
    login(client, owner)
    with inside(owner.organization_id):
        program = create_program(name="Unser", kind=Kind.REVERSE, purpose="", actor=owner)
    assert client.get(words_page(owner, program, "en")).status_code == 200
    assert client.get(words_page(owner, program, "de")).status_code == 302


def test_the_longest_forms_there_can_be_are_translated_on_one_page(client, owner, program):
    places = [(side.value, row) for side in Side for row in range(MOST_QUESTIONS)]
    choices = [f"Answer {number}" for number in range(MOST_CHOICES)]
    asked = {f"{side.value}-rows": str(MOST_QUESTIONS) for side in Side}
    for side, row in places:
        asked |= {
            f"{side}-{row}-text": f"Is it {row}?",
            f"{side}-{row}-kind": "choice",
            f"{side}-{row}-choices": "\n".join(choices),
            f"{side}-{row}-key": "",
        }
    send(client, questions_page(owner, program), **asked)
    words = {f"{side}-{row}-text": f"Ist es {row}?" for side, row in places}
    for side, row in places:
        words |= {f"{side}-{row}-choice-{each}": f"Antwort {each}" for each in range(MOST_CHOICES)}
    send(client, words_page(owner, program), **words)
    # Other words in the original: each translation is to be looked at again.
    send(
        client,
        questions_page(owner, program),
        **{f"{side}-{row}-text": f"Is it {row} now?" for side, row in places},
    )
    assert "Ist es 7?" not in read(program)[7]

    fits = {f"{side}-{row}-fits": "on" for side, row in places}
    response = send(client, words_page(owner, program), **fits)

    assert response.status_code == 302
    german = [(f"Ist es {row}?", *(f"Antwort {each}" for each in range(8))) for row in range(50)]
    assert read(program) == read(program, side=Side.MENTEE) == german
