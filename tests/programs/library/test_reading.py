"""The library as those see it who take part."""

import pytest
from django.utils.translation import override

from accounts.enums import Role
from mentoring.lib.sorting import SearchKey
from mentoring.lib.text import search_key
from programs.enums import Stage, Subject
from programs.library import BY_KEY, QUESTIONS, TOOLS
from programs.models import LibraryQuestion, TopicFamily
from programs.operations.library import archive_question, hide
from programs.operations.topics import add_starters, change_family, delete_family
from programs.shelves import GLANCE
from tests.factories import create_member, create_owner, inside, login, url
from tests.programs.library.making import HOW, add, create_family, look, questions_on

pytestmark = pytest.mark.django_db
DAY = str(BY_KEY["first-day"].text)


@pytest.fixture
def owner():
    return create_owner()


@pytest.fixture
def member(owner):
    return create_member(owner.organization)


def texts(stage=None, *subjects) -> set[str]:
    return {
        str(each.text)
        for each in QUESTIONS
        if stage in (None, each.stage) and (not subjects or each.subject in subjects)
    }


def hide_day(owner) -> None:
    with inside(owner.organization_id):
        hide(question=BY_KEY["first-day"], actor=owner, now=owner.joined_at)


def test_at_first_every_stage_shows_a_few_questions_its_tools_and_a_way_to_all(client, member):
    page = look(client, member)

    assert len(questions_on(page)) == GLANCE * len(Stage)
    assert [tool for tool in TOOLS if str(tool.title).replace("'", "&#x27;") not in page] == []
    assert "All 13 for “First meeting”" in page
    assert "Written for mentors" in page
    assert "91 questions" in page


def test_the_page_uses_the_words_of_the_organization(client, owner, member):
    with inside(owner.organization_id):
        owner.organization.terms = {"mentor": {"one": "guide", "many": "guides"}}
        owner.organization.save()
    assert "Written for guides" in look(client, member)


def test_stage_and_topic_are_in_the_address(client, owner, member):
    with inside(owner.organization_id):
        add_starters(actor=owner)
        family = TopicFamily.objects.get(origin=Subject.TECHNOLOGY)

    page = look(client, member, stage="first", topic=family.pk)

    wanted = texts(Stage.FIRST, Subject.TECHNOLOGY, Subject.ANY)
    assert set(questions_on(page)) == wanted
    assert set(questions_on(page)[:2]) == texts(Stage.FIRST, Subject.TECHNOLOGY)
    assert f'<option value="{family.pk}" selected>Technology</option>' in page


def test_a_renamed_family_keeps_its_questions_and_a_deleted_one_its_name(client, owner, member):
    with inside(owner.organization_id):
        add_starters(actor=owner)
        technology = TopicFamily.objects.get(origin=Subject.TECHNOLOGY)
        change_family(family=technology, name="Digital", translations={}, actor=owner)
        trends = TopicFamily.objects.get(origin=Subject.TRENDS)
        trends.topics.all().delete()
        delete_family(family=trends, actor=owner)

    page = look(client, member, stage="first", topic=technology.pk)
    gone = look(client, member, stage="first", topic="trends")

    assert texts(Stage.FIRST, Subject.TECHNOLOGY) < set(questions_on(page))
    assert "<span>Digital</span>" in page
    assert '<option value="trends" selected>Industry trends</option>' in gone
    assert set(questions_on(gone)) == texts(Stage.FIRST, Subject.TRENDS, Subject.ANY)


def test_what_an_address_does_not_know_is_ignored(client, member):
    page = look(client, member, stage="never", topic="'--", page="x")
    assert len(questions_on(page)) == GLANCE * len(Stage)


def test_own_questions_come_first_and_say_so(client, owner, member):
    family = create_family(owner, "Law")
    add(owner, "What is fair here?", family=family)
    add(owner, "Zest for <b>work</b> & play?")

    page = look(client, member, stage="first")

    assert questions_on(page)[:2] == [
        "Zest for &lt;b&gt;work&lt;/b&gt; &amp; play?",
        "What is fair here?",
    ]
    assert page.count(f"From {owner.organization.name}") == 2
    assert questions_on(look(client, member, topic=family.pk))[0] == "What is fair here?"


def test_archived_and_hidden_questions_are_not_there(client, owner, member):
    gone = add(owner)
    with inside(owner.organization_id):
        archive_question(question=gone, actor=owner, now=owner.joined_at)
    hide_day(owner)

    page = look(client, member, stage="first")

    assert set(questions_on(page)) == texts(Stage.FIRST) - {DAY}


@pytest.mark.parametrize("words", ["DECIDE whos", "décide really", "who's REALLY", "who`s déci"])
def test_words_are_found_without_accents_capitals_and_apostrophes(client, owner, member, words):
    add(owner)
    assert questions_on(look(client, member, q=words)) == [HOW]


def test_built_in_questions_are_searched_in_the_language_of_the_reader(client, member):
    assert questions_on(look(client, member, q="ordinary WORKING")) == [DAY]
    assert "Nothing matches" in look(client, member, q="ordinary nonsense")
    assert "Nothing matches" in look(client, member, q="\x00" * 3 + "nothing like it")


@pytest.mark.parametrize("text", ["Ærø’s ŁÓDŹ, Straße & Đặng", "ﬁne Œuvre ı", "ÄÖÜ äöü é"])
def test_python_and_the_database_search_alike(member, text):
    question = add(member, f"{text}?")
    with inside(member.organization_id):
        rows = LibraryQuestion.objects.filter(pk=question.pk).annotate(found=SearchKey("text"))
        [(stored, found)] = rows.values_list("search_text", "found")
    assert search_key(question.text) == found == stored


def test_many_questions_of_a_stage_come_in_pages(client, owner, member):
    for number in range(60):
        add(owner, f"What about number {number}?")

    first = look(client, member, stage="first")
    second = look(client, member, stage="first", page=2)

    assert len(questions_on(first)) == 50
    assert len(questions_on(second)) == 60 + 13 - 50
    assert not set(questions_on(first)) & set(questions_on(second))
    assert "51–73 of 73 entries" in second


def test_one_question_is_the_same_for_the_same_address(client, member):
    address = url(member, "question_one")
    login(client, member)

    sent_on = client.get(address, {"stage": "ending", "topic": "nowhere"})
    target = sent_on.headers["Location"]
    pages = [client.get(target).text for _ in range(2)]

    assert sent_on.status_code == 302
    assert target.startswith(f"{address}?stage=ending&seed=")
    shown = [page.split('<p class="library-big">')[1].split("</p>")[0] for page in pages]
    assert shown[0] == shown[1]


def test_another_one_meets_every_question_before_any_comes_again(client, member):
    login(client, member)
    seen = []
    address = f"{url(member, 'question_one')}?stage=ending&topic=trends&seed=700"
    for _ in range(7):
        page = client.get(address).text
        seen.append(page.split('<p class="library-big">')[1].split("</p>")[0])
        query = page.split('href="?')[1].split('"')[0].replace("&amp;", "&")
        address = f"{url(member, 'question_one')}?{query}"

    assert set(seen) == texts(Stage.ENDING, Subject.TRENDS, Subject.ANY)


def test_where_nothing_fits_there_is_no_question_and_no_error(client, member):
    login(client, member)
    page = client.get(url(member, "question_one"), {"q": "nonsense", "seed": "1"})
    assert (page.status_code, "Nothing matches" in page.text) == (200, True)


@pytest.mark.parametrize("seed", ["-1", "x", "²", "1" * 13, ""])
def test_a_strange_seed_becomes_one_that_is_fine(client, member, seed):
    answer = login(client, member).get(url(member, "question_one"), {"seed": seed})
    assert (answer.status_code, "seed=" in answer.headers["Location"]) == (302, True)


def test_an_htmx_request_gets_the_list_only(client, member):
    login(client, member)
    headers = {"HX-Request": "true"}
    part = client.get(url(member, "question_library"), {"stage": "first"}, headers=headers).text
    assert len(questions_on(part)) == 13
    assert "<main" not in part


def test_the_reader_reads_in_their_own_language(client, member):
    with override("de"):
        labels = [str(each.label) for each in Stage]
    member.user.language = "de"
    member.user.save()
    page = look(client, member)
    assert [label for label in labels if label not in page] == []


def test_nothing_of_another_organization_is_there_and_nothing_it_hides_is_gone(client, member):
    stranger = create_owner()
    family = create_family(stranger, "Zebra family")
    add(stranger, "ZEBRA-FINCH?", family=family)
    hide_day(stranger)

    page = look(client, member, stage="first")
    found = look(client, member, q="zebra-finch")
    about = look(client, member, topic=family.pk)

    assert DAY in page
    assert questions_on(found) == []
    assert [
        each for each in (page, found, about) if "Zebra family" in each or "FINCH" in each
    ] == []


def test_who_may_see_it(client, owner):
    analyst = create_member(owner.organization, roles=[Role.HR_ANALYST])
    stranger = create_owner()
    address = url(owner, "question_library")

    assert login(client, analyst).get(address).status_code == 200
    assert "Edit the library" not in client.get(address).text
    assert "Edit the library" in login(client, owner).get(address).text
    assert login(client, stranger).get(address).status_code == 404
    assert client.post(address).status_code in {404, 405}


@pytest.mark.parametrize("count", [1, 300])
def test_the_page_costs_the_same_however_many_there_are(
    client, django_assert_num_queries, owner, member, count
):
    family = create_family(owner, "Law")
    for number in range(count):
        add(owner, f"What about number {number}?", family=family)
    look(client, member)

    with django_assert_num_queries(12):
        page = client.get(url(member, "question_library")).text
    with django_assert_num_queries(12):
        client.get(url(member, "question_one"), {"seed": "3"})

    assert f"{91 + count} questions" in page
