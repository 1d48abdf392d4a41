"""Finding people while a form is filled in."""

from urllib.parse import quote

import pytest

from accounts.enums import Role
from accounts.models import Department, Member
from programs.enums import Side
from programs.models import CohortInvitation
from tests.factories import create_listed, create_member, create_owner, inside, login, url
from tests.programs.people.steps import NOON, create_cohort, enroll

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


PEOPLE = {
    "Zoë Müller": {"email": "zm@x.example", "employee_number": "E-0042"},
    "Siobhán O’Neill": {"email": "so@x.example", "job_title": "Sécurité"},
    "Łukasz Żak": {"email": "100%_lz@x.example"},
}
SEARCHES = {
    "zoe": ["Zoë Müller"],
    "MULLER Zoë": ["Zoë Müller"],
    "e-0042": ["Zoë Müller"],
    "oneill": ["Siobhán O’Neill"],
    "o'neill siobhan": ["Siobhán O’Neill"],
    "O’Neill SECURITE": ["Siobhán O’Neill"],
    "zak lukasz": ["Łukasz Żak"],
    "100%_": ["Łukasz Żak"],
    "buro": ["Siobhán O’Neill", "Zoë Müller"],
    "büro zm@": ["Zoë Müller"],
    "e%42": [],
    "zo_": [],
    "zoe neill": [],
}
PLACES = {
    "the picker": ("member_search", "field=a&a_q"),
    "the org chart": ("chart", "q"),
    "suggestions": ("chart_suggestions", "manager"),
    "the list of people": ("people", "q"),
}


@pytest.fixture
def searchable():
    owner, stranger = create_owner(), create_owner()
    with inside(owner.organization_id):
        bureau = Department.objects.create(name="Büro d’accueil")
    for organization in (owner.organization, stranger.organization):
        for name, fields in PEOPLE.items():
            here = organization == owner.organization and name != "Łukasz Żak"
            create_listed(organization, name=name, department=bureau if here else None, **fields)
    return owner


@pytest.mark.parametrize("place", PLACES)
def test_every_search_for_people_finds_the_same(client, searchable, place):
    view, query = PLACES[place]
    login(client, searchable)

    answers = {}
    for words in SEARCHES:
        page = client.get(f"{url(searchable, view)}?{query}={quote(words)}").text
        answers[words] = [name for name in sorted(PEOPLE) if name in page]

    assert answers == {words: sorted(names) for words, names in SEARCHES.items()}


def test_a_cohorts_people_and_invitations_are_found_like_that_too(client, searchable):
    cohort = create_cohort(searchable)
    with inside(searchable.organization_id):
        zoe = Member.objects.get(name="Zoë Müller")
        CohortInvitation.objects.create(
            cohort=cohort, member=zoe, side=Side.MENTOR, invited_by=searchable, invited_at=NOON
        )
    enroll(cohort, zoe)
    login(client, searchable)

    for view in ("cohort_people", "cohort_invite"):
        for words, names in SEARCHES.items():
            page = client.get(url(searchable, view, cohort.pk), {"q": words}).text
            assert ("Zoë Müller" in page) is ("Zoë Müller" in names), (view, words)


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
