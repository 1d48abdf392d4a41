"""Topics: what an organization begins with, and how it edits them."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.enums import Role
from accounts.models import AuditEvent
from accounts.operations.organizations import create_organization
from mentoring.profiles.enums import Direction
from mentoring.profiles.models import TopicChoice
from mentoring.tenancy.scope import within
from programs.models import Topic, TopicFamily
from programs.queries.topics import topics_to_choose
from programs.starters import FAMILIES
from tests.factories import (
    create_listed,
    create_member,
    create_owner,
    create_user,
    inside,
    login,
    reload,
    url,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return create_owner()


def make(owner, family: str, *names: str) -> list[Topic]:
    with inside(owner.organization):
        parent, _new = TopicFamily.objects.get_or_create(name=family)
        return [
            Topic.objects.create(family=parent, name=name, position=place)
            for place, name in enumerate(names, start=1)
        ]


def order(owner, family: str) -> list[str]:
    with inside(owner.organization):
        rows = Topic.objects.in_use().filter(family__name=family).order_by("position")
        return list(rows.values_list("name", flat=True))


def actions(owner) -> list[tuple[str, str]]:
    with inside(owner.organization):
        rows = AuditEvent.objects.order_by("at", "pk")
        return [(row.action, row.subject_name) for row in rows]


def choose(member, topic, direction=Direction.OFFERED, rank: int = 1) -> TopicChoice:
    with inside(member.organization_id):
        return TopicChoice.objects.create(
            member=member, topic=topic, direction=direction, rank=rank, note=topic.name
        )


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_new_organization_begins_with_four_families_in_its_language(language):
    organization = create_organization(
        user=create_user(), name="New", slug="new", time_zone="UTC", language=language
    )
    other = "de" if language == "en" else "en"

    with within(organization):
        families = topics_to_choose()
        assert [family.name for family in families] == [
            each.name.within(language) for each in FAMILIES
        ]
        assert [len(family.topics.all()) for family in families] == [7, 8, 7, 6]
        for family, starter in zip(families, FAMILIES, strict=True):
            for topic, words in zip(family.topics.all(), starter.topics, strict=True):
                assert topic.name == words.name.within(language)
                assert topic.description == words.description.within(language)
                with override(other):
                    assert str(topic) == words.name.within(other)
                    assert topic.described() == words.description.within(other)


def test_the_starters_have_words_in_every_language_and_fit_their_columns():
    codes = {code for code, _name in settings.LANGUAGES}
    every = [words for family in FAMILIES for topic in family.topics for words in (topic.name,)]

    assert codes <= {"en", "de"}
    assert all(6 <= len(family.topics) <= 9 for family in FAMILIES)
    for code in codes:
        names = [words.within(code).casefold() for words in every]
        assert len(set(names)) == len(names)
        assert max(map(len, names)) <= 80


def test_the_page_makes_an_organization_with_its_own_starters(client):
    user = create_user()
    client.force_login(user)
    form = {"name": "Via page", "slug": "via-page", "time_zone": "UTC", "language": "en"}

    client.post(reverse("organization_new"), form)

    page = client.get(reverse("topics", args=["via-page"])).text
    assert "AI in everyday work" in page
    assert "not chosen yet" in page


def test_an_organization_without_topics_adds_the_starters_once(client, owner):
    login(client, owner)
    assert "No topics yet" in client.get(url(owner, "topics")).text

    first = client.post(url(owner, "topics_start"), follow=True).text
    client.post(url(owner, "topics_start"))

    assert "28 topics are added." in first
    with inside(owner.organization):
        assert (TopicFamily.objects.count(), Topic.objects.count()) == (4, 28)
    assert actions(owner) == [("topics.started", owner.organization.name)]


def test_a_topic_is_added_described_translated_and_moved(client, owner):
    make(owner, "Tech", "Data")
    [other] = make(owner, "Trends", "Rivals")
    login(client, owner)
    with inside(owner.organization):
        tech = TopicFamily.objects.get(name="Tech")
    form = {"name": "Robots", "description": "Arms.", "family": tech.pk, "name_de": "Roboter"}

    added = client.post(url(owner, "topic_new"), form)
    taken = client.post(url(owner, "topic_new"), form | {"name": "ROBOTS"}).text
    with inside(owner.organization):
        robots = Topic.objects.get(name="Robots")
    client.post(
        url(owner, "topic_edit", robots.pk),
        form | {"name": "Robotics", "family": other.family_id, "description_de": "Arme."},
    )

    assert added.url == f"{url(owner, 'topics')}#row-{robots.pk}"
    assert "There is another one with this name." in taken
    assert order(owner, "Tech") == ["Data"]
    assert order(owner, "Trends") == ["Rivals", "Robotics"]
    robots = reload(robots)
    assert robots.translations == {"de": {"name": "Roboter", "description": "Arme."}}
    with override("de"):
        assert (str(robots), robots.described()) == ("Roboter", "Arme.")
    with override("fr"):
        assert str(robots) == "Robotics"
    assert actions(owner) == [("topic.added", "Robots"), ("topic.changed", "Robotics")]
    assert "Roboter" in client.get(url(owner, "audit_log")).text


def test_topics_and_families_are_sorted_by_buttons(client, owner):
    one, _two, _three = make(owner, "Tech", "One", "Two", "Three")
    make(owner, "Trends", "Other")
    login(client, owner)

    client.post(url(owner, "topic_move", one.pk), {"step": "down"})
    assert order(owner, "Tech") == ["Two", "One", "Three"]
    client.post(url(owner, "topic_move", one.pk), {"step": "up"})
    client.post(url(owner, "topic_move", one.pk), {"step": "up"})
    assert order(owner, "Tech") == ["One", "Two", "Three"]

    client.post(url(owner, "topic_family_move", one.family_id), {"step": "down"})
    with inside(owner.organization):
        assert [family.name for family in topics_to_choose()] == ["Trends", "Tech"]


def test_a_family_is_added_renamed_and_deleted_when_it_is_empty(client, owner):
    [topic] = make(owner, "Tech", "Data")
    login(client, owner)

    client.post(url(owner, "topic_family_new"), {"name": "Law", "name_de": "Recht"})
    taken = client.post(url(owner, "topic_family_new"), {"name": "Tech"}).text
    with inside(owner.organization):
        law = TopicFamily.objects.get(name="Law")
    client.post(url(owner, "topic_family_edit", law.pk), {"name": "Justice"})
    kept = client.post(url(owner, "topic_family_delete", topic.family_id), follow=True).text
    client.post(url(owner, "topic_family_delete", law.pk))

    assert law.translations == {"de": {"name": "Recht"}}
    assert "There is another one with this name." in taken
    assert "Tech still has topics" in kept
    with inside(owner.organization):
        assert list(TopicFamily.objects.values_list("name", flat=True)) == ["Tech"]
    assert actions(owner) == [
        ("topic_family.added", "Law"),
        ("topic_family.changed", "Justice"),
        ("topic_family.deleted", "Justice"),
    ]


def test_an_archived_topic_is_offered_to_nobody_and_comes_back(client, owner):
    data, _law = make(owner, "Tech", "Data", "Law")
    login(client, owner)

    page = client.post(url(owner, "topic_archive", data.pk), follow=True).text
    client.post(url(owner, "topic_archive", data.pk))
    with inside(owner.organization):
        offered = [str(topic) for topic in topics_to_choose()[0].topics.all()]
    client.post(url(owner, "topic_restore", data.pk))
    client.post(url(owner, "topic_restore", data.pk))

    assert "1 archived topic" in page
    assert "To undo this, choose “Use again” beside it." in page
    assert offered == ["Law"]
    assert order(owner, "Tech") == ["Data", "Law"]
    assert actions(owner) == [("topic.archived", "Data"), ("topic.restored", "Data")]


def test_merging_takes_the_choices_along_and_keeps_the_better_rank(client, owner):
    ai, data, old = make(owner, "Tech", "AI", "Data", "Old data")
    ada, ben, cyd = [create_listed(owner.organization, name=name) for name in ("A", "B", "C")]
    choose(ada, data, rank=2)
    choose(ben, ai, rank=3)
    choose(ben, data, rank=1)
    choose(ben, data, Direction.SOUGHT, rank=1)
    choose(cyd, ai, rank=1)
    choose(cyd, data, rank=2)
    login(client, owner)
    client.post(url(owner, "topic_merge", old.pk), {"target": data.pk})
    address = url(owner, "topic_merge", data.pk)

    asked = client.get(address).text
    client.post(address, {"target": ai.pk})

    assert "4 choices of this topic move" in asked
    with inside(owner.organization):
        rows = TopicChoice.objects.order_by("member__name", "direction")
        found = list(rows.values_list("member__name", "topic__name", "direction", "rank"))
        pointers = dict(Topic.objects.values_list("name", "merged_into__name"))
    assert found == [
        ("A", "AI", "offered", 2),
        ("B", "AI", "offered", 1),
        ("B", "AI", "sought", 1),
        ("C", "AI", "offered", 1),
    ]
    assert pointers == {"AI": None, "Data": "AI", "Old data": "AI"}
    assert client.get(address).status_code == 404
    assert order(owner, "Tech") == ["AI"]
    assert "chosen 4 times" in client.get(url(owner, "topics")).text
    assert actions(owner) == [("topic.merged", "Old data"), ("topic.merged", "Data")]


def test_a_topic_goes_into_no_archived_no_foreign_one_and_not_into_itself(client, owner):
    data, gone = make(owner, "Tech", "Data", "Gone")
    [strange] = make(create_owner(), "Tech", "Strange")
    login(client, owner)
    client.post(url(owner, "topic_archive", gone.pk))

    for target in (data.pk, gone.pk, strange.pk, ""):
        answer = client.post(url(owner, "topic_merge", data.pk), {"target": target})
        assert (answer.status_code, "aria-invalid" in answer.text) == (200, True)
    assert reload(data).merged_into_id is None


@pytest.mark.parametrize("count", [3, 300])
def test_the_page_and_the_question_cost_the_same(client, django_assert_num_queries, owner, count):
    for number in range(3):
        make(owner, f"Family {number}", *(f"T{number}.{each}" for each in range(count // 3)))
    login(client, owner)
    client.get(url(owner, "topics"))

    with django_assert_num_queries(12):
        page = client.get(url(owner, "topics")).text
    with inside(owner.organization), django_assert_num_queries(2):
        assert sum(len(family.topics.all()) for family in topics_to_choose()) == count

    assert page.count('class="topic-row"') == count


def test_program_admins_of_everything_edit_topics_and_nobody_below(client, owner):
    make(owner, "Tech", "Data")
    admin = create_member(owner.organization, roles=[Role.PROGRAM_ADMIN])
    member = create_member(owner.organization)

    assert "Data" in login(client, admin).get(url(owner, "topics")).text
    assert login(client, member).get(url(owner, "topics")).status_code == 403
    assert f'href="{url(owner, "topics")}"' not in client.get(url(owner, "organization")).text
