"""One address answers with a page, and htmx with the part it asked for."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def tables() -> str:
    return reverse("gallery:section", args=["tables"])


@pytest.fixture
def overlays() -> str:
    return reverse("gallery:section", args=["overlays"])


def test_a_browser_gets_the_page_and_htmx_its_part(client: Client, tables: str) -> None:
    page = client.get(tables)
    part = client.get(tables, headers=HTMX)
    assert b"<html" in page.content
    assert b"<html" not in part.content
    assert part.content.strip().startswith(b'<section class="table-region" id="permissions"')
    assert page["Vary"] == part["Vary"]
    assert "HX-Request" in page["Vary"]


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_whole_page_is_sent_when_htmx_replaces_everything(
    client: Client, tables: str, header: str
) -> None:
    response = client.get(tables, headers={**HTMX, header: "true"})
    assert b"<html" in response.content


def test_messages_travel_with_a_part_and_are_shown_once(
    client: Client, overlays: str, tables: str
) -> None:
    client.post(overlays, {"note": "success"})
    part = client.get(tables, headers=HTMX).content.decode()
    assert part.count('id="toasts" hx-swap-oob="beforeend"') == 1
    assert part.count("A success message.") == 1
    assert "A success message." not in client.get(tables).content.decode()


def test_a_redirect_reaches_the_person_and_not_the_part(client: Client, overlays: str) -> None:
    response = client.post(overlays, {"note": "info"}, headers=HTMX)
    assert response.status_code == 200
    assert response["HX-Redirect"] == overlays
    assert response.content == b""


def test_a_lost_session_is_said_and_leads_back_to_the_page(client: Client) -> None:
    here = "http://testserver/o/somewhere/people/?q=o%27hara"
    address = reverse("organization", args=["somewhere"])
    assert client.get(address).status_code == 302
    response = client.get(address, headers={**HTMX, "HX-Current-URL": here})
    assert response.status_code == 401
    assert response["HX-Retarget"] == "#toasts"
    assert "next=%2Fo%2Fsomewhere%2Fpeople%2F%3Fq%3Do%2527hara" in response.content.decode()


def test_a_sign_in_link_never_leads_to_another_site(client: Client) -> None:
    address = reverse("organization", args=["somewhere"])
    headers = {**HTMX, "HX-Current-URL": "https://evil.example/steal"}
    content = client.get(address, headers=headers).content.decode()
    assert "evil.example" not in content
    assert "next=%2Fsteal" in content
