"""Making an organization, and the page it lands on."""

import pytest
from django.urls import reverse

from accounts.checklist import Facts, checklist_of
from accounts.enums import Role
from accounts.models import AuditEvent, Member
from accounts.queries import Headcount
from accounts.slugs import RESERVED, suggest_slug
from tests.factories import (
    create_invitation,
    create_member,
    create_organization,
    create_owner,
    create_user,
    inside,
    login,
    url,
)

pytestmark = pytest.mark.django_db
NEW = "/organizations/new/"


def answers(**changed: str) -> dict[str, str]:
    return {
        "name": "Nordwind",
        "slug": "nordwind",
        "time_zone": "Europe/Berlin",
        "language": "en",
        **changed,
    }


def test_whoever_makes_an_organization_owns_it_and_lands_on_it(client):
    user = create_user("Ada O'Neil")
    login(client, user)

    response = client.post(NEW, answers(), follow=True)

    assert response.redirect_chain == [("/o/nordwind/", 302)]
    assert "What to do next" in response.text
    assert "Ada" in response.text
    organization = response.wsgi_request.membership.organization
    assert (organization.name, organization.language) == ("Nordwind", "en")
    assert organization.time_zone == "Europe/Berlin"
    with inside(organization):
        assert [member.roles for member in Member.objects.all()] == [["owner"]]
        event = AuditEvent.objects.get(action="organization.created")
    assert (event.action, event.actor_name) == ("organization.created", "Ada O'Neil")
    assert event.subject_id == organization.pk


def test_the_address_follows_from_the_name(client):
    login(client, create_user())

    response = client.post(NEW, answers(name="Müller & Söhne's", slug=""))

    assert response.url == "/o/mueller-soehnes/"


def test_a_taken_address_is_refused_with_a_free_one(client):
    create_organization(slug="nordwind")
    create_organization(slug="nordwind-2")
    login(client, create_user())

    response = client.post(NEW, answers(name="Nordwind Süd"))

    assert response.status_code == 200
    assert "This address is taken. “nordwind-3” is free." in response.text
    assert 'value="nordwind-3"' in response.text
    assert 'value="Nordwind Süd"' in response.text


def test_a_form_sent_twice_makes_one_organization(client):
    login(client, create_user())

    client.post(NEW, answers())
    again = client.post(NEW, answers())

    assert again.url == "/o/nordwind/"
    assert client.get("/home/").url == "/o/nordwind/"


@pytest.mark.parametrize(
    ("slug", "error"),
    [
        ("Nord_wind", "Use small letters, digits and single hyphens between them."),
        ("-nordwind", "Use small letters, digits and single hyphens between them."),
        ("nord--wind", "Use small letters, digits and single hyphens between them."),
        ("admin", "“admin” is reserved. How about “admin-mentoring”?"),
        ("n", "Ensure this value has at least 2 characters"),
    ],
)
def test_an_address_that_would_confuse_is_refused(client, slug: str, error: str):
    login(client, create_user())

    assert error in client.post(NEW, answers(slug=slug)).text


def test_a_name_without_letters_needs_an_address_of_its_own(client):
    login(client, create_user())

    response = client.post(NEW, answers(name="北風", slug=""))

    assert "Please choose an address; none could be made of the name." in response.text
    assert client.post(NEW, answers(name="北風", slug="kita")).url == "/o/kita/"


@pytest.mark.parametrize("name", ["Nord\u202ewind", "Nord\x07wind", "Nord\u2066wind"])
def test_a_name_that_misleads_the_eye_is_refused(client, name: str):
    login(client, create_user())

    assert "changes the writing direction" in client.post(NEW, answers(name=name)).text


def test_unknown_zones_and_languages_are_refused(client):
    login(client, create_user())

    response = client.post(NEW, answers(time_zone="Mars/Olympus", language="tlh"))

    assert response.text.count("is not one of the available choices") >= 2


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Nordwind", "nordwind"),
        ("  Ärzte ohne Grenzen e.V. ", "aerzte-ohne-grenzen-e-v"),
        ("Łódź Größe", "lodz-groesse"),
        ("x" * 60, "x" * 40),
        ("a" * 39 + " b", "a" * 39),
        ("!!!", ""),
    ],
)
def test_a_suggested_address_is_made_of_letters_and_digits(name: str, slug: str):
    assert suggest_slug(name) == slug


def test_suggestions_beside_a_reserved_address_are_not_reserved():
    assert not {f"{slug}-mentoring" for slug in RESERVED} & RESERVED


def test_home_is_the_only_organization(client):
    owner = create_owner()
    login(client, owner)

    assert client.get("/home/").url == url(owner, "organization")


def test_home_is_a_choice_among_several(client):
    user = create_user()
    first = create_owner(create_organization("Abend"), user=user)
    create_owner(create_organization("Morgen"), user=user)
    create_owner(create_organization("Fremd"))
    login(client, user)

    response = client.get("/home/", follow=True)

    assert response.redirect_chain == [("/organizations/", 302)]
    assert response.text.index("Abend") < response.text.index("Morgen")
    assert url(first, "organization") in response.text
    assert "Fremd" not in response.text


def test_home_without_an_organization_offers_to_make_one(client):
    login(client, create_user())

    response = client.get("/home/", follow=True)

    assert response.redirect_chain == [(NEW, 302)]
    assert "Were you invited?" in response.text


def test_an_organization_one_has_left_is_no_choice(client):
    user = create_user()
    stays = create_owner(user=user)
    gone = create_organization("Vergangen")
    create_member(gone, user=user, deactivated_at=gone.created_at)
    login(client, user)

    assert client.get("/home/").url == url(stays, "organization")
    assert "Vergangen" not in client.get("/organizations/").text


def test_strangers_see_what_this_is_and_how_to_get_in(client):
    response = client.get("/")

    assert response.status_code == 200
    assert reverse("account_signup") in response.text
    assert reverse("account_login") in response.text


def test_the_start_page_of_who_is_signed_in_is_home(client):
    login(client, create_user())

    assert client.get("/").url == "/home/"


def test_the_switcher_shows_all_own_organizations_and_no_others(client):
    user = create_user()
    here = create_owner(create_organization("Hier"), user=user)
    there = create_owner(create_organization("Dort"), user=user)
    create_owner(create_organization("Anderswo"))
    login(client, user)

    page = client.get(url(here, "organization")).text

    assert url(there, "organization") in page
    assert "Anderswo" not in page


def states(member: Member, **counts: int) -> dict[str, str]:
    people = Headcount(**{"active": 1, "owners": 1, "invited": 0, "waiting": 0} | counts)
    with inside(member.organization_id):
        steps = checklist_of(member, Facts(member.organization, people))
    return {str(step.action): step.state for step in steps}


def test_the_first_open_step_is_the_current_one():
    owner = create_owner()

    assert states(owner, invited=3) == {
        "Choose logo and color": "current",
        "Import people": "todo",
        "Invite people": "done",
        "See who has answered": "todo",
        "Choose among your people": "todo",
        "Create a program": "todo",
        "See the cohorts": "todo",
    }


def test_steps_are_done_when_the_data_says_so(client):
    owner = create_owner(create_organization(accent="#b4552d"))
    create_owner(owner.organization)
    create_invitation(owner)
    login(client, owner)

    page = client.get(url(owner, "organization")).text

    assert "5 of 7 done" in page


def test_a_program_admin_sees_only_the_steps_that_role_can_take():
    admin = create_member(roles=[Role.PROGRAM_ADMIN])

    assert set(states(admin)) == {
        "Import people",
        "Invite people",
        "See who has answered",
        "Create a program",
        "See the cohorts",
    }


@pytest.mark.parametrize(
    ("roles", "text"),
    [([], "There is nothing you have to do now."), ([Role.HR_ANALYST], "Nothing to report yet")],
)
def test_others_are_told_what_happens_next(client, roles: list[Role], text: str):
    member = create_member(roles=roles)
    login(client, member)

    page = client.get(url(member, "organization")).text

    assert text in page
    assert "What to do next" not in page
