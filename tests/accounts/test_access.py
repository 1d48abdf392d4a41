"""Nobody gets further into an organization than their roles allow, on any address."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from accounts.enums import Reach, Role
from accounts.permissions import EVERY_MEMBER, Permission, permissions_of
from tests.accounts.routes import Route, routes_inside
from tests.factories import create_member, create_organization, create_owner, login, url

ROUTES = routes_inside()
GUARDED = [route for route in ROUTES if route.permission not in EVERY_MEMBER]
each_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
pytestmark = pytest.mark.django_db


def test_there_are_routes_to_guard():
    assert len(ROUTES) > 20
    assert {"organization", "people", "audit_log", "programs"} <= {route.name for route in ROUTES}


@each_route
def test_every_route_inside_an_organization_names_a_permission(route: Route):
    assert isinstance(route.permission, Permission)


@each_route
def test_who_has_not_signed_in_is_asked_to(client, route: Route):
    address = route.url(create_owner().organization.slug)

    answers = [client.get(address), client.post(address)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert {answer.url for answer in answers} == {f"{reverse('account_login')}?next={address}"}


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/o/halden/people/?q=o%27hara", "/o/halden/people/?q=o%27hara"),
        ("https://elsewhere.example/o/halden/people/", "/o/halden/people/new/"),
        ("javascript:alert(1)", "/o/halden/people/new/"),
        ("", "/o/halden/people/new/"),
    ],
)
def test_after_signing_in_again_a_form_that_was_sent_stands_there_anew(client, came_from, leads_to):
    address = "/o/halden/people/new/"
    create_organization(slug="halden")
    headers = {"Referer": came_from} if came_from else {}
    answer = client.post(address, headers=headers)
    assert answer.url == f"{reverse('account_login')}?{urlencode({'next': leads_to}, safe='/')}"


@each_route
def test_a_strange_organization_is_the_same_as_none(client, route: Route):
    strange, none = route.url(create_owner().organization.slug), route.url("no-such-organization")
    login(client, create_owner())

    for method in (client.get, client.post):
        there, nowhere = method(strange), method(none)

        assert there.status_code == nowhere.status_code == 404
        assert there.content == nowhere.content


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
def test_a_member_without_the_permission_is_refused(client, route: Route):
    member = create_member()
    login(client, member)
    address = route.url(member.organization.slug)

    answers = [client.get(address), client.post(address)]

    assert [answer.status_code for answer in answers] == [403, 403]


@each_route
def test_a_deactivated_member_is_a_stranger(client, route: Route):
    organization = create_organization()
    member = create_member(organization, roles=[Role.OWNER], deactivated_at=organization.created_at)
    login(client, member)

    assert client.get(route.url(organization.slug)).status_code == 404


@each_route
def test_methods_that_no_page_has_are_refused(client, route: Route):
    owner = create_owner()
    login(client, owner)
    address = route.url(owner.organization.slug)

    answers = [method(address) for method in (client.put, client.patch, client.delete)]

    assert [answer.status_code for answer in answers] == [405, 405, 405]


@pytest.mark.parametrize(
    "name",
    [
        "person_roles",
        "person_deactivate",
        "person_reactivate",
        "invitation_resend",
        "invitation_revoke",
        "program_archive",
        "program_restore",
    ],
)
def test_what_changes_something_is_not_done_by_following_a_link(client, name: str):
    owner = create_owner()
    login(client, owner)

    assert client.get(url(owner, name, owner.pk)).status_code == 405


@pytest.mark.parametrize(
    "name",
    ["organization", "people", "invitations", "audit_log", "message_log", "programs"],
)
def test_what_only_shows_something_takes_no_form(client, name: str):
    owner = create_owner()
    login(client, owner)

    assert client.post(url(owner, name)).status_code == 405


@pytest.mark.parametrize("name", ["person", "person_roles", "invitation_resend", "program"])
def test_a_foreign_key_is_the_same_as_one_that_never_was(client, name: str):
    owner, foreign = create_owner(), create_owner()
    login(client, owner)
    method = client.get if name in {"person", "program"} else client.post

    there = method(url(owner, name, foreign.pk))
    nowhere = method(url(owner, name, "01900000-0000-7000-8000-000000000000"))

    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content


def test_roles_add_up():
    both = permissions_of([Role.HR_ANALYST, Role.PROGRAM_ADMIN], Reach.ORGANIZATION)

    assert both == permissions_of([Role.HR_ANALYST], Reach.ORGANIZATION) | permissions_of(
        [Role.PROGRAM_ADMIN], Reach.ORGANIZATION
    )


def test_an_owner_may_do_everything_whatever_the_reach():
    assert permissions_of([Role.OWNER], Reach.PROGRAMS) == frozenset(Permission)


def test_a_program_admin_of_named_programs_leaves_the_rest_to_others():
    lost = permissions_of([Role.PROGRAM_ADMIN], Reach.ORGANIZATION) - permissions_of(
        [Role.PROGRAM_ADMIN], Reach.PROGRAMS
    )

    assert lost == {
        Permission.PROGRAM_CREATE,
        Permission.PEOPLE_IMPORT,
        Permission.CHART_EDIT,
        Permission.TOPICS_EDIT,
        Permission.MESSAGES_VIEW,
        Permission.MESSAGES_RESEND,
    }


def test_a_role_that_is_not_known_any_more_gives_nothing():
    assert permissions_of(["astrologer"], Reach.ORGANIZATION) == EVERY_MEMBER
