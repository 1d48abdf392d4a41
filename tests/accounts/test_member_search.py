"""Finding people while a form is filled in."""

import pytest

from accounts.enums import Role
from accounts.models import Department
from tests.factories import create_listed, create_member, create_owner, inside, login, url

pytestmark = pytest.mark.django_db


def found(client, owner, **query) -> list[str]:
    """The names that the picker offers, in order."""
    page = client.get(url(owner, "member_search"), {"field": "sponsor", **query})
    assert "<html" not in page.text
    marker = '<span class="person-name">'
    return [part.partition("<")[0] for part in page.text.split(marker)[1:]]


def test_every_word_has_to_fit_name_address_title_or_department(client):
    owner = create_owner()
    with inside(owner.organization_id):
        sales = Department.objects.create(name="Sales")
    create_listed(owner.organization, name="Anna Ahorn", email="a@x.example", department=sales)
    create_listed(owner.organization, name="Anna Birke", email="b@x.example", job_title="Pilot")
    login(client, owner)

    assert found(client, owner, sponsor_q="anna") == ["Anna Ahorn", "Anna Birke"]
    assert found(client, owner, sponsor_q="ANNA sales") == ["Anna Ahorn"]
    assert found(client, owner, sponsor_q="pilot b@x") == ["Anna Birke"]
    assert found(client, owner, sponsor_q="anna nobody") == []
    assert found(client, owner, sponsor_q=" \x00 ") == []


def test_who_is_chosen_stays_and_is_not_offered_twice(client):
    owner = create_owner()
    first = create_listed(owner.organization, name="Anna Ahorn")
    create_listed(owner.organization, name="Anna Birke")
    login(client, owner)

    query = {"sponsor_q": "anna", "sponsor": str(first.pk)}
    page = client.get(url(owner, "member_search"), {"field": "sponsor", **query}).text

    assert found(client, owner, **query) == ["Anna Ahorn", "Anna Birke"]
    assert f'value="{first.pk}" checked' in page
    assert page.count("checked") == 1


def test_people_who_left_and_people_of_others_are_not_found(client):
    owner, stranger = create_owner(), create_owner()
    create_member(owner.organization, name="Anna Gone", deactivated_at=owner.joined_at)
    hers = create_listed(stranger.organization, name="Anna Elsewhere")
    login(client, owner)

    assert found(client, owner, sponsor_q="anna") == []
    assert found(client, owner, sponsor=str(hers.pk)) == []
    assert client.get(url(stranger, "member_search"), {"field": "a"}).status_code == 404


@pytest.mark.parametrize("field", ["", "a b", '"><script>'])
def test_only_a_name_of_a_field_is_taken(client, field):
    owner = create_owner()
    login(client, owner)

    assert client.get(url(owner, "member_search"), {"field": field}).status_code == 404


def test_who_may_not_look_at_people_finds_none(client):
    owner = create_owner()
    login(client, create_member(owner.organization, roles=[Role.HR_ANALYST]))

    assert client.get(url(owner, "member_search"), {"field": "a"}).status_code == 403


@pytest.mark.parametrize("count", [3, 300])
def test_a_search_costs_the_same_among_many(client, django_assert_num_queries, count):
    owner = create_owner()
    for number in range(count):
        create_listed(owner.organization, name=f"Anna {number}", email=f"{number}@x.example")
    login(client, owner)
    client.get(url(owner, "member_search"), {"field": "a", "a_q": "anna"})

    with django_assert_num_queries(9):
        page = client.get(url(owner, "member_search"), {"field": "a", "a_q": "anna"}).text

    assert page.count('class="person-name"') == min(count, 8)
    assert ("There are more." in page) is (count > 8)
