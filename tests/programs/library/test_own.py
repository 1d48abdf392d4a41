"""Own questions of an organization: added, changed, archived, pasted; built-in ones hidden."""

import pytest

from accounts.enums import Reach, Role
from mentoring.lib.ids import uuid7
from programs.enums import Stage, Subject
from programs.library import BY_KEY
from programs.models import HiddenQuestion, LibraryQuestion, TopicFamily
from programs.operations.topics import delete_family
from tests.factories import create_member, create_owner, inside, login, reload, url
from tests.programs.library.making import (
    HOW,
    add,
    audited,
    create_family,
    look,
    own_texts,
    questions_on,
)

pytestmark = pytest.mark.django_db
DAY = "first-day"
TEXT = str(BY_KEY[DAY].text)
ADMIN_PAGES = ("library_questions", "library_question_new", "library_questions_paste")


@pytest.fixture
def owner():
    return create_owner()


def hidden(owner) -> list[str]:
    with inside(owner.organization_id):
        return list(HiddenQuestion.objects.values_list("key", flat=True))


def paste(client, owner, lines: str, *, add_them: bool = False, **more):
    data = {"stage": "first", "family": "", "lines": lines, **more}
    data |= {"add": "yes"} if add_them else {}
    return client.post(url(owner, "library_questions_paste"), data, follow=True)


def test_without_own_questions_there_is_a_next_step(client, owner):
    page = login(client, owner).get(url(owner, "library_questions")).text
    assert "No own questions yet" in page
    assert f'href="{url(owner, "library_questions_paste")}"' in page


def test_a_question_is_added_changed_archived_and_used_again(client, owner):
    family = create_family(owner)
    form = {"text": f"  {HOW}\u200b ", "stage": "deeper", "family": family.pk}
    login(client, owner)

    added = client.post(url(owner, "library_question_new"), form)
    with inside(owner.organization_id):
        question = LibraryQuestion.objects.get()
    address = url(owner, "library_question_edit", question.pk)
    client.post(address, {"text": "What now?", "stage": "ending", "family": ""})
    client.post(address, {"text": "What now?", "stage": "ending", "family": ""})
    archived = client.post(url(owner, "library_question_archive", question.pk), follow=True).text
    client.post(url(owner, "library_question_archive", question.pk))
    shown = questions_on(look(client, owner, stage="ending"))
    restored = client.post(url(owner, "library_question_restore", question.pk), follow=True).text
    client.post(url(owner, "library_question_restore", question.pk))

    assert added.url == f"{url(owner, 'library_questions')}#row-{question.pk}"
    assert (question.text, question.stage, question.family_id) == (HOW, "deeper", family.pk)
    assert "To undo this, choose “Use again” beside it." in archived
    assert "What now?" not in shown
    assert "The question is in use again." in restored
    question = reload(question)
    assert (question.text, question.stage, question.family_id) == ("What now?", "ending", None)
    assert audited(owner) == [
        ("library_question.added", HOW),
        ("library_question.changed", "What now?"),
        ("library_question.archived", "What now?"),
        ("library_question.restored", "What now?"),
    ]
    log = client.get(url(owner, "audit_log")).text
    assert "Library question changed" in log
    assert "Going deeper" in log


@pytest.mark.parametrize("text", [HOW.upper(), f" {HOW.replace(' ', '   ')} "])
def test_the_same_question_in_the_same_stage_is_refused_and_nothing_typed_is_lost(
    client, owner, text
):
    gone = add(owner)
    other = add(owner, "Another?")
    login(client, owner)
    client.post(url(owner, "library_question_archive", gone.pk))
    form = {"text": text, "stage": "first", "family": ""}

    new = client.post(url(owner, "library_question_new"), form)
    changed = client.post(url(owner, "library_question_edit", other.pk), form)
    elsewhere = client.post(url(owner, "library_question_new"), form | {"stage": "ending"})

    for page in (new, changed):
        assert "You have this question in this stage already" in page.text
        assert page.text.split("<textarea")[1].split("</textarea>")[0].count("REALLY") == int(
            text.isupper()
        )
    assert elsewhere.status_code == 302
    assert len(own_texts(owner)) == 3


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "required"),
        ("x" * 301, "300"),
        ("What\u202e?", "cannot be seen"),
    ],
)
def test_bad_texts_get_a_clear_error(client, owner, text, error):
    form = {"text": text, "stage": "first", "family": ""}
    page = login(client, owner).post(url(owner, "library_question_new"), form)
    assert (page.status_code, error in page.text) == (200, True)
    assert own_texts(owner) == []


def test_a_family_of_another_organization_cannot_be_chosen(client, owner):
    family = create_family(create_owner())
    form = {"text": HOW, "stage": "first", "family": family.pk}
    page = login(client, owner).post(url(owner, "library_question_new"), form)
    assert (page.status_code, "aria-invalid" in page.text, own_texts(owner)) == (200, True, [])


def test_deleting_a_family_leaves_its_questions_for_any_topic(client, owner):
    family = create_family(owner)
    question = add(owner, family=family)
    with inside(owner.organization_id):
        delete_family(family=family, actor=owner)
    assert reload(question).family_id is None


def test_a_list_is_shown_before_it_is_added(client, owner):
    add(owner, "Who knows?")
    login(client, owner)
    lines = "- What is new?\n\n2. What is <i>old</i>?\r\n•\tWhat is NEW?\nwho  knows?\n"

    shown = paste(client, owner, lines).text
    before = own_texts(owner)
    done = paste(client, owner, lines, add_them=True).text
    again = paste(client, owner, lines, add_them=True).text

    assert "2 questions are new:" in shown
    assert "1 is there already" in shown
    assert "1 line repeats another one" in shown
    assert "What is &lt;i&gt;old&lt;/i&gt;?" in shown
    assert before == ["Who knows?"]
    assert "2 questions are added. 1 was there already." in done
    assert "0 questions are added. 3 were there already." in again
    assert own_texts(owner) == ["What is <i>old</i>?", "What is new?", "Who knows?"]
    assert questions_on(look(client, owner, stage="first"))[:2] == [
        "What is new?",
        "What is &lt;i&gt;old&lt;/i&gt;?",
    ]
    assert audited(owner)[1:] == [("library_questions.added", owner.organization.name)]


def test_of_a_list_with_bad_lines_nothing_is_added_and_nothing_is_lost(client, owner):
    login(client, owner)
    lines = "\n".join(["Fine?", "x" * 301, "Turned\u202e?", *["y" * 400] * 5])

    page = paste(client, owner, lines, add_them=True).text

    assert "Line 2 has 301 characters; 300 fit." in page
    assert "Line 3 contains a character that cannot be seen" in page
    assert "2 more lines like that." in page
    assert "Fine?\n" in page.split("<textarea")[1]
    assert own_texts(owner) == []


def test_too_long_a_list_is_refused(client, owner):
    login(client, owner)
    page = paste(client, owner, "\n".join(f"What about {n}?" for n in range(201)), add_them=True)
    assert "These are 201 questions; 200 at a time are possible." in page.text
    assert own_texts(owner) == []


def test_a_list_goes_into_the_chosen_stage_and_family(client, owner):
    family = create_family(owner)
    login(client, owner)
    paste(client, owner, "How?\nWhy?", add_them=True, stage="next", family=family.pk)
    with inside(owner.organization_id):
        rows = LibraryQuestion.objects.values_list("stage", "family", "created_by")
        assert set(rows) == {("next", family.pk, owner.pk)}


def test_letters_that_python_and_the_database_fold_differently_do_no_harm(client, owner):
    add(owner, "İstanbul?")
    login(client, owner)
    page = paste(client, owner, "İstanbul?\nistanbul?\nANKARA?", add_them=True)
    assert page.status_code == 200
    assert "ANKARA?" in own_texts(owner)
    assert own_texts(owner).count("İstanbul?") == 1


def test_a_built_in_question_is_hidden_and_shown_again(client, owner):
    login(client, owner)
    back = {"key": DAY, "back": "stage=first&q=working&evil=1"}

    page = client.post(url(owner, "library_hide"), back)
    client.post(url(owner, "library_hide"), {"key": DAY})
    listed = client.get(page.url).text
    gone = questions_on(look(client, owner, stage="first"))
    client.post(url(owner, "library_show"), {"key": DAY})
    client.post(url(owner, "library_show"), {"key": DAY})
    there = questions_on(look(client, owner, stage="first"))

    assert page.url == f"{url(owner, 'library_built_in')}?stage=first&q=working#row-{DAY}"
    assert f'value="{DAY}"' in listed
    assert "Hidden" in listed
    assert (TEXT in gone, TEXT in there) == (False, True)
    assert hidden(owner) == []
    assert audited(owner) == [
        ("library_question.hidden", TEXT),
        ("library_question.shown", TEXT),
    ]


@pytest.mark.parametrize("key", ["", "first-nothing", "'"])
def test_a_key_that_is_none_is_not_found(client, owner, key):
    login(client, owner)
    for view in ("library_hide", "library_show"):
        assert client.post(url(owner, view), {"key": key}).status_code == 404
    assert hidden(owner) == []


def test_the_list_is_filtered_and_searched_without_accents(client, owner):
    family = create_family(owner)
    one = add(owner, family=family)
    add(owner, "What else?", stage=Stage.ENDING)
    login(client, owner)
    client.post(url(owner, "library_question_archive", one.pk))

    def rows(**query) -> list[bool]:
        page = client.get(url(owner, "library_questions"), query).text
        return [text in page for text in (HOW, "What else?")]

    assert rows() == [True, True]
    assert rows(q="whos DECIDE") == [True, False]
    assert rows(stage="ending") == [False, True]
    assert rows(topic=family.pk) == [True, False]
    assert rows(topic="any") == [False, True]
    assert rows(state="used") == [False, True]
    assert rows(state="archived") == [True, False]


def test_archiving_comes_back_to_the_same_part_of_the_list(client, owner):
    question = add(owner)
    login(client, owner)
    page = client.get(url(owner, "library_questions"), {"stage": "first", "q": "who"}).text
    assert 'name="back" value="stage=first&amp;q=who"' in page

    answer = client.post(
        url(owner, "library_question_archive", question.pk), {"back": "stage=first&q=who&x=//evil"}
    )
    assert answer.url == f"{url(owner, 'library_questions')}?stage=first&q=who#row-{question.pk}"


@pytest.mark.parametrize(
    ("roles", "reach"),
    [
        ([], Reach.ORGANIZATION),
        ([Role.HR_ANALYST], Reach.ORGANIZATION),
        ([Role.PROGRAM_ADMIN], Reach.PROGRAMS),
    ],
)
def test_who_does_not_edit_topics_does_not_edit_the_library(client, owner, roles, reach):
    question = add(owner)
    other = create_member(owner.organization, roles=roles, reach=reach)
    login(client, other)

    for view in (*ADMIN_PAGES, "library_built_in"):
        assert client.get(url(owner, view)).status_code == 403
    for view in ("library_question_archive", "library_question_restore", "library_question_edit"):
        form = {"text": "Mine?", "stage": "first"}
        assert client.post(url(owner, view, question.pk), form).status_code == 403
    for view in ("library_hide", "library_show"):
        assert client.post(url(owner, view), {"key": DAY}).status_code == 403
    assert (own_texts(owner), hidden(owner)) == ([HOW], [])


def test_a_stranger_finds_nothing_and_a_foreign_question_is_none(client, owner):
    question = add(owner)
    stranger = create_owner()
    login(client, stranger)

    for view in (*ADMIN_PAGES, "library_built_in"):
        assert client.get(url(owner, view)).status_code == 404
    answers = [
        client.post(url(stranger, view, key), {"text": "Mine?", "stage": "first"})
        for view in ("library_question_edit", "library_question_archive")
        for key in (question.pk, uuid7())
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert own_texts(owner) == [HOW]


def test_two_organizations_may_have_and_hide_the_same(client, owner):
    other = create_owner()
    for each in (owner, other):
        add(each)
        login(client, each).post(url(each, "library_hide"), {"key": DAY})
    assert [own_texts(each) for each in (owner, other)] == [[HOW], [HOW]]
    assert [hidden(each) for each in (owner, other)] == [[DAY], [DAY]]


@pytest.mark.parametrize("count", [1, 300])
def test_the_lists_cost_the_same_however_long(client, django_assert_num_queries, owner, count):
    family = create_family(owner)
    for number in range(count):
        add(owner, f"What about number {number}?", family=family)
    login(client, owner)
    client.get(url(owner, "library_questions"))

    with django_assert_num_queries(12):
        page = client.get(url(owner, "library_questions")).text
    with django_assert_num_queries(11):
        client.get(url(owner, "library_built_in"))

    assert page.count('id="row-') == min(count, 25)


def test_the_starters_know_where_they_come_from(client, owner):
    login(client, owner).post(url(owner, "topics_start"))
    with inside(owner.organization_id):
        origins = TopicFamily.objects.order_by("position").values_list("origin", flat=True)
        assert list(origins) == [each.value for each in Subject if each != Subject.ANY]
