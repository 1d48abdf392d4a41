"""What people are asked at six moments: a page each, a switch, and answers to choose from."""

from typing import Any

import pytest

from accounts.descriptions import describe
from accounts.enums import Role
from accounts.models import AuditEvent
from programs.enums import WAVES, Kind, Moment, QuestionKind, Side
from programs.models import FeedbackForm, FeedbackQuestion, Program
from programs.operations.programs import create_program
from programs.queries.questions import newest_forms
from tests.factories import create_member, create_owner, inside, login, url
from tests.programs.pages import fields_of, send

pytestmark = pytest.mark.django_db
GROUPED = "averages from 5 answers on, how answers spread from 8 on, and comments without names"


@pytest.fixture
def owner():
    return create_owner()


@pytest.fixture
def program(owner) -> Program:
    with inside(owner.organization_id):
        return create_program(name="Ours", kind=Kind.REVERSE, purpose="", actor=owner)


@pytest.fixture(autouse=True)
def _signed_in(client, owner):
    login(client, owner)


def page_of(program: Program, owner, moment: str) -> str:
    if moment == Moment.PARTNER:
        return url(owner, "program_questions", program.pk)
    return url(owner, "program_wave", program.pk, moment)


def asked(program: Program, moment: Moment, side: Side = Side.MENTOR) -> list[tuple[Any, ...]]:
    with inside(program.organization_id):
        form = newest_forms(program, moment)[side]
        rows = form.questions.values_list("text", "kind", "choices", "is_required")
        return [(form.version, *row) for row in rows.order_by("position")]


def state(program: Program) -> tuple[int, list[str]]:
    with inside(program.organization_id):
        found = Program.objects.get(pk=program.pk)
    return found.feedback_days, found.waves


def events(program: Program) -> list[tuple[str, dict[str, Any]]]:
    with inside(program.organization_id):
        found = AuditEvent.objects.filter(subject_id=program.pk).order_by("at", "pk")
        return [(each.action, each.details) for each in found][1:]


@pytest.mark.parametrize("moment", Moment)
def test_every_moment_has_a_page_with_both_forms_that_leads_to_all_others(
    client, owner, program, moment
):
    page = client.get(page_of(program, owner, moment))

    fields = fields_of(page)
    assert fields["mentor-rows"] != ["0"] != fields["mentee-rows"]
    for other in Moment:
        assert f'href="{page_of(program, owner, other)}"' in page.text
    assert page.text.count('aria-current="page"') >= 1
    assert ("days above are over" in page.text) == (moment == Moment.PARTNER)
    assert (GROUPED in page.text) == (moment in WAVES)
    assert ("the partner sees nothing of it" in page.text) == (moment in WAVES)


def test_a_moment_is_changed_by_itself(client, owner, program):
    before = asked(program, Moment.PARTNER)
    address = page_of(program, owner, Moment.END)

    response = send(client, address, **{"mentor-0-text": "Was it worth it?"})

    assert response.url == address
    assert asked(program, Moment.END)[0][1] == "Was it worth it?"
    assert asked(program, Moment.PARTNER) == before
    [(action, details)] = events(program)
    assert (action, details["moment"], details["answered_by"]) == (
        "questions.changed",
        "end",
        "mentor",
    )
    with inside(program.organization_id):
        assert set(FeedbackForm.objects.values_list("moment", flat=True)) == {"partner", "end"}


def test_a_wave_that_is_switched_off_keeps_its_forms_and_comes_back(client, owner, program):
    address = page_of(program, owner, Moment.MIDPOINT)
    page = client.get(address)
    before = asked(program, Moment.MIDPOINT)
    fields = fields_of(page)
    assert fields.pop("is_asked") == ["on"]

    client.post(address, fields)

    off = ["baseline", "introduction", "end", "later"]
    assert state(program) == (14, off)
    assert asked(program, Moment.MIDPOINT) == before
    page = client.get(address)
    assert "is_asked" not in fields_of(page)
    assert "(off)" in page.text
    assert "(off)" in client.get(page_of(program, owner, Moment.PARTNER)).text

    send(client, address, page, is_asked="on")

    assert state(program) == (14, [each.value for each in WAVES])
    assert events(program) == [
        ("program.changed", {"waves": [[each.value for each in WAVES], off]}),
        ("program.changed", {"waves": [off, [each.value for each in WAVES]]}),
    ]
    assert "(off)" not in client.get(address).text


def test_how_long_feedback_waits_is_set_where_it_is_asked(client, owner, program):
    address = page_of(program, owner, Moment.PARTNER)
    page = client.get(address)
    assert fields_of(page)["feedback_days"] == ["14"]
    assert "or so many days after the end" in page.text

    send(client, address, page, feedback_days="90")

    assert state(program) == (90, [each.value for each in WAVES])
    assert events(program) == [("program.changed", {"feedback_days": [14, 90]})]
    shown = client.get(url(owner, "program", program.pk)).text
    assert "When both have sent it, or 90 days after the end" in shown


def test_the_audit_log_has_words_for_what_changed(client, owner, program):
    send(client, page_of(program, owner, Moment.PARTNER), feedback_days="90")
    address = page_of(program, owner, Moment.MIDPOINT)
    fields = fields_of(client.get(address))
    del fields["is_asked"]
    client.post(address, fields)
    with inside(program.organization_id):
        described = [describe(each) for each in AuditEvent.objects.order_by("at", "pk")][-2:]

    assert [[(fact.name, fact.before, fact.now) for fact in each.facts] for each in described] == [
        [("Days until feedback is read", "14", "90")],
        [
            (
                "When the program asks",
                "At the start · After the first meeting · Half-way · At the end · Six months later",
                "At the start · After the first meeting · At the end · Six months later",
            )
        ],
    ]


@pytest.mark.parametrize("days", ["0", "91", "", "soon", "-1"])
def test_feedback_waits_between_one_and_ninety_days(client, owner, program, days):
    changed = {"feedback_days": days, "mentor-0-text": "Kept?"}
    page = send(client, page_of(program, owner, Moment.PARTNER), **changed)

    assert page.status_code == 200
    assert fields_of(page)["mentor-0-text"] == ["Kept?"]
    assert state(program)[0] == 14


@pytest.mark.parametrize(
    ("moment", "setting"), [(Moment.PARTNER, {"feedback_days": "20"}), (Moment.LATER, {})]
)
def test_whoever_had_the_page_open_is_told_that_the_setting_changed(
    client, owner, program, moment, setting
):
    address = page_of(program, owner, moment)
    stale = client.get(address)
    fields = fields_of(stale)
    fields.pop("is_asked", None)
    client.post(address, fields | setting)

    refused = send(client, address, stale, **{"mentor-0-text": "Mine?"})

    assert "Somebody else changed these settings" in refused.text
    assert asked(program, moment)[0][1] != "Mine?"
    send(client, address, refused)
    assert asked(program, moment)[0][1] == "Mine?"
    assert state(program) == (14, [each.value for each in WAVES])


def test_a_question_may_have_answers_to_choose_from(client, owner, program):
    address = page_of(program, owner, Moment.BASELINE)

    page = send(client, address, do="mentor:choice")
    assert fields_of(page)["mentor-3-kind"] == ["choice"]
    assert "mentor-3-required" in fields_of(page)
    page = send(
        client,
        address,
        page,
        **{"mentor-3-text": "How often?", "mentor-3-choices": " Weekly \r\n\r\n<b>Monthly</b>\r\n"},
    )

    assert page.status_code == 302
    wanted = (1, "How often?", QuestionKind.CHOICE, ["Weekly", "<b>Monthly</b>"], True)
    assert asked(program, Moment.BASELINE)[3] == wanted
    page = client.get(address)
    assert fields_of(page)["mentor-3-choices"] == ["Weekly\n<b>Monthly</b>"]
    assert "Weekly · &lt;b&gt;Monthly&lt;/b&gt;" in page.text


def test_a_question_that_is_answered_otherwise_has_no_choices(client, owner, program):
    address = page_of(program, owner, Moment.INTRODUCTION)
    fields = {"mentor-0-kind": "rated"}

    send(client, address, **fields)

    assert asked(program, Moment.INTRODUCTION)[0][2:] == (QuestionKind.RATED, [], True)


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ("", "Give question 1 between 2 and 8 answers."),
        ("Yes", "Give question 1 between 2 and 8 answers."),
        ("\n".join("ABCDEFGHI"), "Give question 1 between 2 and 8 answers."),
        ("Yes\nYES", "Two answers to question 1 are the same."),
        ("Yes\n" + "x" * 101, "An answer to question 1 has more than 100 characters."),
        ("Yes\nN\x00o", "This contains a character that cannot be seen (U+0000)."),
    ],
)
def test_choices_that_nobody_could_choose_from_are_refused_and_kept(
    client, owner, program, choices, words
):
    address = page_of(program, owner, Moment.INTRODUCTION)
    client.get(address)
    before = asked(program, Moment.INTRODUCTION)

    page = send(client, address, **{"mentor-0-choices": choices, "mentor-1-text": "Kept?"})

    assert words in page.text
    assert fields_of(page)["mentor-0-choices"] == [choices]
    assert fields_of(page)["mentor-1-text"] == ["Kept?"]
    assert asked(program, Moment.INTRODUCTION) == before


def test_every_mistake_is_named_at_once(client, owner, program):
    changed = {"mentor-0-text": "", "mentor-1-kind": "odd", "mentee-2-text": "x" * 301}

    page = send(client, page_of(program, owner, Moment.PARTNER), **changed)

    for words in (
        "Question 1 is empty.",
        "Choose how question 2 is answered.",
        "Question 3 has more than 300 characters.",
    ):
        assert words in page.text


def many(count: int) -> dict[str, str]:
    """Fields of a form with so many questions."""
    fields = {"mentor-rows": str(count), "mentee-rows": str(count)}
    for side in Side:
        for at in range(count):
            fields[f"{side}-{at}-text"] = f"Question {at}?"
            fields[f"{side}-{at}-kind"] = ["rated", "choice", "text"][at % 3]
            fields[f"{side}-{at}-choices"] = "Yes\nNo"
            fields[f"{side}-{at}-key"] = ""
    return fields


def test_a_form_has_at_most_fifty_questions(client, owner, program):
    address = page_of(program, owner, Moment.END)
    assert send(client, address, **many(49)).status_code == 302

    page = send(client, address, do="mentor:text")
    assert fields_of(page)["mentor-rows"] == ["50"]
    assert 'value="mentor:text"' not in page.text
    assert "A form has at most 50 questions." in page.text
    page = send(client, address, page, **{"mentor-49-text": "The last?"})
    assert page.status_code == 302
    assert len(asked(program, Moment.END)) == 50

    page = send(client, address, do="mentor:text")
    assert fields_of(page)["mentor-rows"] == ["50"]


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize(
    ("view", "args", "queries"),
    [
        ("program_wave", [], 14),
        ("program_question_words", ["de"], 12),
        ("program_question_preview", ["mentor", "de"], 12),
    ],
)
def test_the_pages_cost_the_same_however_many_questions(
    client, owner, program, django_assert_num_queries, count, view, args, queries
):
    send(client, page_of(program, owner, Moment.LATER), **many(count))
    address = url(owner, view, program.pk, Moment.LATER, *args)
    client.get(address)

    with django_assert_num_queries(queries):
        page = client.get(address)
    assert f"Question {count - 1}?" in page.text


@pytest.mark.parametrize("count", [1, 50])
def test_saving_costs_the_same_however_many_questions(
    client, owner, program, django_assert_num_queries, count
):
    address = page_of(program, owner, Moment.LATER)
    send(client, address, **many(count))
    fields = fields_of(client.get(address)) | {"mentor-0-text": "New?", "mentee-0-text": "New?"}

    with django_assert_num_queries(30):
        client.post(address, fields)
    assert asked(program, Moment.LATER, Side.MENTEE)[0][1] == "New?"


def test_the_wizard_goes_on_from_every_moment(client, owner, program):
    address = page_of(program, owner, Moment.MIDPOINT) + "?setup=yes"
    page = client.get(address)
    assert f'href="{page_of(program, owner, Moment.END)}?setup=yes"' in page.text

    assert send(client, address, page, do="next").url == url(owner, "program", program.pk)
    back = url(owner, "program_preparation", program.pk) + "?setup=yes"
    assert send(client, address, do="back").url == back


def test_a_moment_that_does_not_exist_is_no_page(client, owner, program):
    assert client.get(url(owner, "program_wave", program.pk, "never")).status_code == 404


@pytest.mark.parametrize("role", [None, Role.HR_ANALYST])
def test_only_who_may_edit_the_program_comes_here(client, owner, program, role):
    member = create_member(owner.organization, roles=[role] if role else [])
    login(client, member)
    address = page_of(program, owner, Moment.END)

    assert client.get(address).status_code == 403
    assert client.post(address, {}).status_code == 403
    with inside(program.organization_id):
        assert not FeedbackForm.objects.filter(moment=Moment.END).exists()


def test_questions_keep_their_keys_until_somebody_has_answered(client, owner, program):
    address = page_of(program, owner, Moment.END)
    client.get(address)

    def keys() -> list[Any]:
        with inside(program.organization_id):
            rows = FeedbackQuestion.objects.filter(form__moment="end", form__writer="mentor")
            return list(rows.order_by("position").values_list("pk", flat=True))

    before = keys()
    send(client, address, **{"mentor-0-text": "Other words?"})
    page = send(client, address, do="mentor:down:0")
    send(client, address, page)

    assert keys() == [before[1], before[0], *before[2:]]


def test_a_copy_has_the_forms_of_every_moment_and_the_settings(client, owner, program):
    end, wave = page_of(program, owner, Moment.END), page_of(program, owner, Moment.LATER)
    send(client, end, **{"mentee-0-text": "Own?"})
    fields = fields_of(client.get(wave))
    del fields["is_asked"]
    client.post(wave, fields)
    send(client, page_of(program, owner, Moment.PARTNER), feedback_days="30")

    client.post(url(owner, "program_duplicate", program.pk))

    with inside(owner.organization_id):
        copy = Program.objects.get(name="Ours (copy)")
    assert state(copy) == (30, ["baseline", "introduction", "midpoint", "end"])
    for moment in (Moment.PARTNER, Moment.END, Moment.LATER):
        for side in Side:
            assert asked(copy, moment, side) == asked(program, moment, side)
    with inside(owner.organization_id):
        for moment in (Moment.PARTNER, Moment.END):
            old, new = newest_forms(program, moment), newest_forms(copy, moment)
            words = [[each.translations for each in form.questions.all()] for form in old.values()]
            assert words == [
                [each.translations for each in form.questions.all()] for form in new.values()
            ]
            assert [each["de"]["text"] for each in words[0]]
