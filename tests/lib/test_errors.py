"""When something goes wrong, a person reads a sentence and nothing on the page is lost."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from mentoring.lib.errors import FALLBACK, handler500, too_many_requests
from tests.factories import create_member, create_organization, login

HTMX = {"HX-Request": "true"}


@pytest.mark.django_db
def test_two_addresses_that_lead_nowhere_give_the_same_bytes(client: Client) -> None:
    foreign = create_organization()
    login(client, create_member())
    one = client.get(f"/o/{foreign.slug}/people/")
    other = client.get("/o/no-such-organization/people/?q=1")
    assert one.status_code == other.status_code == 404
    assert one.content == other.content == client.get("/nothing").content


@pytest.mark.django_db
def test_a_missing_page_is_explained_in_the_readers_language(client: Client) -> None:
    response = client.get("/nothing")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()
    assert b"csrf" not in response.content
    german = client.get("/nothing", headers={"Accept-Language": "de"})
    assert '<html lang="de">' in german.content.decode()


@pytest.mark.django_db
def test_htmx_gets_a_fragment_that_joins_the_messages(client: Client) -> None:
    response = client.get("/nothing", headers=HTMX)
    assert response.status_code == 404
    assert response["HX-Retarget"] == "#toasts"
    assert response["HX-Reswap"] == "beforeend"
    assert b"<html" not in response.content
    assert b'role="alert"' in response.content


@pytest.mark.django_db
def test_a_form_without_its_token_is_explained() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("gallery:section", args=["overlays"]))
    assert response.status_code == 403
    assert "This form was open for too long" in response.content.decode()


def test_a_broken_page_needs_no_database_and_no_session() -> None:
    request = RequestFactory().get("/")
    response = handler500(request)
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


def test_a_broken_page_is_answered_even_when_templates_are_broken_too(
    settings: Settings,
) -> None:
    without_folders = {**settings.TEMPLATES[0], "DIRS": []}
    settings.TEMPLATES = [without_folders]
    settings.ROOT = settings.ROOT / "nowhere"
    settings.BASE_DIR = settings.ROOT
    response = handler500(RequestFactory().get("/"))
    assert response.status_code == 500
    assert response.content.decode() == FALLBACK


def test_too_many_tries_are_answered_with_their_own_status() -> None:
    response = too_many_requests(RequestFactory().get("/"))
    assert response.status_code == 429
    assert "That was a little too often" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("template", ["400", "403", "403-csrf", "404", "429", "500"])
def test_every_error_page_and_its_fragment_can_be_shown(client: Client, template: str) -> None:
    address = reverse("gallery:error", args=[template])
    page = client.get(address)
    part = client.get(address, headers=HTMX)
    assert page.status_code == part.status_code == int(template[:3])
    assert page.content.count(b"<h1>") == 1
    assert b"data-toast" in part.content
