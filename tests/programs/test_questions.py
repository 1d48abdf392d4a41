"""Feedback questions: edited freely until somebody has answered them, then by a new version."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from programs.enums import Kind, QuestionKind, Side
from programs.models import FeedbackForm, FeedbackQuestion, Program
from programs.operations import questions as operations
from programs.operations.programs import create_program
from programs.queries.questions import newest_forms
from tests.factories import create_owner, inside, login, url
from tests.programs.pages import fields_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return create_owner()


@pytest.fixture
def program(owner) -> Program:
    with inside(owner.organization_id):
        return create_program(name="Ours", kind=Kind.REVERSE, purpose="", actor=owner)


def versions(program: Program) -> list[tuple[str, int, list[str]]]:
    with inside(program.organization_id):
        forms = FeedbackForm.objects.filter(program=program).order_by("-writer", "version")
        return [
            (
                form.writer,
                form.version,
                list(form.questions.order_by("position").values_list("text", flat=True)),
            )
            for form in forms
        ]


def use(program: Program, side: Side) -> FeedbackForm:
    with inside(program.organization_id):
        form = newest_forms(program)[side]
        operations.mark_used(form=form, now=timezone.now())
    return form


def address_of(program: Program, owner) -> str:
    return url(owner, "program_questions", program.pk)


def test_a_program_begins_with_five_and_six_questions_that_end_in_own_words(program):
    with inside(program.organization_id):
        kinds = {
            side: [each.kind for each in form.questions.all()]
            for side, form in newest_forms(program).items()
        }
    rated, text = QuestionKind.RATED, QuestionKind.TEXT
    assert kinds == {Side.MENTOR: [rated] * 4 + [text], Side.MENTEE: [rated] * 5 + [text]}


def test_a_form_nobody_has_answered_is_changed_in_place(client, owner, program):
    login(client, owner)
    before = {writer: asked for writer, _, asked in versions(program)}
    field = {"mentor-0-text": "Did it help?"}

    response = send(client, address_of(program, owner), **field)

    assert response.status_code == 302
    assert versions(program) == [
        ("mentor", 1, ["Did it help?", *before["mentor"][1:]]),
        ("mentee", 1, before["mentee"]),
    ]
    with inside(owner.organization_id):
        event = AuditEvent.objects.get(action="questions.changed")
    assert event.details["version"] == [1, 1]
    assert event.details["questions"][1][0] == "Did it help?"


def test_a_form_that_was_used_stays_and_its_next_version_asks_the_new_questions(
    client, owner, program
):
    login(client, owner)
    before = {writer: asked for writer, _, asked in versions(program)}
    use(program, Side.MENTOR)

    send(client, address_of(program, owner), **{"mentor-0-text": "Did it help?"})

    assert versions(program) == [
        ("mentor", 1, before["mentor"]),
        ("mentor", 2, ["Did it help?", *before["mentor"][1:]]),
        ("mentee", 1, before["mentee"]),
    ]
    page = client.get(address_of(program, owner)).text
    assert "Mentors, version 2" in page
    assert "Mentors, version 1" in page


def test_the_next_version_stays_open_until_it_is_used_too(client, owner, program):
    login(client, owner)
    use(program, Side.MENTOR)
    send(client, address_of(program, owner), **{"mentor-0-text": "First"})
    send(client, address_of(program, owner), **{"mentor-0-text": "Second"})

    assert [number for writer, number, _ in versions(program) if writer == "mentor"] == [1, 2]


@pytest.mark.parametrize("what", ["add", "change", "remove", "move here", "unuse"])
def test_the_database_itself_keeps_a_used_form(program, what):
    used = use(program, Side.MENTOR)
    with inside(program.organization_id):
        mine = FeedbackQuestion.objects.filter(form=used)
        other = FeedbackQuestion.objects.filter(form__writer=Side.MENTEE)
        before = list(mine.values_list("pk", "text"))
        attempts = {
            "add": lambda: mine.create(form=used, position=9, text="One more"),
            "change": lambda: mine.update(text="Changed"),
            "remove": mine.delete,
            "move here": lambda: other.update(form=used),
            "unuse": lambda: FeedbackForm.objects.filter(pk=used.pk).update(used_at=None),
        }
        refused = pytest.raises(IntegrityError, match="that was used never changes")
        with refused, transaction.atomic():
            attempts[what]()
        assert list(mine.values_list("pk", "text")) == before


def test_rows_are_added_moved_and_removed_without_javascript_and_without_saving(
    client, owner, program
):
    login(client, owner)
    address = address_of(program, owner)
    before = versions(program)

    page = send(client, address, do="mentor:text")
    assert fields_of(page)["mentor-rows"] == ["6"]
    assert fields_of(page)["mentor-5-kind"] == ["text"]
    page = send(client, address, page, do="mentor:up:5", **{"mentor-5-text": "Own words?"})
    assert fields_of(page)["mentor-4-text"] == ["Own words?"]
    page = send(client, address, page, do="mentor:remove:0")
    assert fields_of(page)["mentor-rows"] == ["5"]
    assert versions(program) == before

    assert send(client, address, page).status_code == 302
    assert versions(program)[0][2][3] == "Own words?"
    assert versions(program)[1] == before[1]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mentor-1-text": " "}, "Question 2 is empty."),
        ({"mentor-0-text": "x" * 301}, "Question 1 has more than 300 characters."),
        ({"mentee-rows": "0"}, "Ask at least one question."),
        ({"mentee-rows": "many"}, "Ask at least one question."),
        ({"mentor-0-kind": "odd"}, "Choose how question 1 is answered."),
    ],
)
def test_what_nobody_could_answer_is_refused_and_kept(client, owner, program, changes, words):
    login(client, owner)
    before = versions(program)

    answer = send(client, address_of(program, owner), **{"mentor-2-text": "Kept", **changes})

    assert words in answer.text
    assert "Kept" in answer.text
    assert versions(program) == before


def test_the_second_of_two_admins_is_told_and_loses_no_question(client, owner, program):
    login(client, owner)
    address = address_of(program, owner)
    stale = client.get(address)
    send(client, address, **{"mentor-0-text": "Theirs"})

    refused = send(client, address, stale, **{"mentor-0-text": "Mine"})

    assert "Somebody else changed these settings" in refused.text
    assert versions(program)[0][2][0] == "Theirs"
    send(client, address, refused)
    assert versions(program)[0][2][0] == "Mine"


@pytest.mark.parametrize("count", [1, 6])
def test_the_page_costs_the_same_however_many_versions(
    client, owner, program, django_assert_num_queries, count
):
    login(client, owner)
    with inside(owner.organization_id):
        for version in range(2, 2 + count):
            form = FeedbackForm.objects.create(program=program, writer="mentor", version=version)
            FeedbackQuestion.objects.create(form=form, position=1, text="One?")
    client.get(address_of(program, owner))

    with django_assert_num_queries(14):
        client.get(address_of(program, owner))
