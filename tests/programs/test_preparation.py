"""Preparation items of a program: what admins do with them."""

import pytest

from accounts.models import AuditEvent
from programs.enums import Audience, Kind, Template
from programs.models import PreparationItem, Program
from programs.operations.programs import create_program
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


def add(program: Program, *titles: str) -> list[PreparationItem]:
    with inside(program.organization_id):
        return [
            PreparationItem.objects.create(program=program, title=title, position=position)
            for position, title in enumerate(titles, start=1)
        ]


def titles(program: Program) -> list[str]:
    with inside(program.organization_id):
        items = PreparationItem.objects.filter(program=program, archived_at=None)
        return list(items.order_by("position").values_list("title", flat=True))


def events(owner) -> list[tuple[str, dict]]:
    with inside(owner.organization_id):
        found = AuditEvent.objects.filter(action__startswith="preparation.").order_by("at", "pk")
        return [(each.action, each.details) for each in found]


def test_an_item_is_added_behind_the_others(client, owner, program):
    add(program, "First")
    login(client, owner)
    address = url(owner, "preparation_new", program.pk)

    response = send(client, address, title="A film", url="example.org/film", is_required="on")

    assert response.url == url(owner, "program_preparation", program.pk)
    assert titles(program) == ["First", "A film"]
    with inside(owner.organization_id):
        item = PreparationItem.objects.get(title="A film")
    assert (item.url, item.is_required) == ("https://example.org/film", True)
    assert (item.audience, item.position) == (Audience.BOTH, 2)
    assert events(owner)[0][1]["item"] == "A film"


def test_an_item_is_changed_with_before_and_after(client, owner, program):
    (item,) = add(program, "Before")
    login(client, owner)

    send(
        client,
        url(owner, "preparation_edit", program.pk, item.pk),
        title="After",
        audience="mentor",
    )

    assert titles(program) == ["After"]
    assert events(owner) == [
        (
            "preparation.changed",
            {"item": "After", "title": ["Before", "After"], "audience": ["both", "mentor"]},
        )
    ]


def test_the_second_of_two_admins_is_told_and_loses_nothing(client, owner, program):
    (item,) = add(program, "Before")
    login(client, owner)
    address = url(owner, "preparation_edit", program.pk, item.pk)
    stale = client.get(address)
    send(client, address, title="Theirs")

    refused = send(client, address, stale, title="Mine")

    assert "Somebody else changed these settings" in refused.text
    assert fields_of(refused)["title"] == ["Mine"]
    assert titles(program) == ["Theirs"]
    send(client, address, refused)
    assert titles(program) == ["Mine"]


@pytest.mark.parametrize(
    ("title", "what", "order"),
    [
        ("Two", "up", ["Two", "One", "Three"]),
        ("Two", "down", ["One", "Three", "Two"]),
        ("One", "up", ["One", "Two", "Three"]),
        ("Three", "down", ["One", "Two", "Three"]),
    ],
)
def test_items_are_moved(client, owner, program, title, what, order):
    item = {each.title: each for each in add(program, "One", "Two", "Three")}[title]
    login(client, owner)

    client.post(url(owner, "preparation_act", program.pk, item.pk, what))

    assert titles(program) == order


def test_an_archived_item_comes_back_behind_the_others(client, owner, program):
    first, _second = add(program, "First", "Second")
    login(client, owner)

    client.post(url(owner, "preparation_act", program.pk, first.pk, "archive"))
    assert titles(program) == ["Second"]
    assert "1 archived item" in client.get(url(owner, "program_preparation", program.pk)).text
    client.post(url(owner, "preparation_act", program.pk, first.pk, "restore"))
    assert titles(program) == ["Second", "First"]
    assert [action for action, _ in events(owner)] == [
        "preparation.archived",
        "preparation.restored",
    ]


def test_an_item_is_reached_through_its_own_program_only(client, owner, program):
    stranger = create_owner()
    with inside(stranger.organization_id):
        theirs = create_program(
            name="Theirs",
            kind=Kind.REVERSE,
            purpose="",
            actor=stranger,
            template=Template.SIX_MONTHS,
        )
        foreign = PreparationItem.objects.filter(program=theirs).first()
    with inside(owner.organization_id):
        other = create_program(name="Other", kind=Kind.REVERSE, purpose="", actor=owner)
    (elsewhere,) = add(other, "Elsewhere")
    login(client, owner)

    for item in (foreign, elsewhere):
        assert client.get(url(owner, "preparation_edit", program.pk, item.pk)).status_code == 404
        act = url(owner, "preparation_act", program.pk, item.pk, "archive")
        assert client.post(act).status_code == 404
    assert titles(other) == ["Elsewhere"]


def test_an_unknown_action_is_not_found(client, owner, program):
    (item,) = add(program, "One")
    login(client, owner)

    assert client.post(url(owner, "preparation_act", program.pk, item.pk, "eat")).status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_the_page_costs_the_same_however_many_items(
    client, owner, program, django_assert_num_queries, count
):
    add(program, *(f"Item {number}" for number in range(count)))
    login(client, owner)
    client.get(url(owner, "program_preparation", program.pk))

    with django_assert_num_queries(11):
        page = client.get(url(owner, "program_preparation", program.pk))

    assert page.text.count('class="item-title"') == count
