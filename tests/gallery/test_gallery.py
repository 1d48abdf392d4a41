"""The gallery shows every component, and only to developers."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from mentoring.gallery.samples import PERMISSIONS, SECTIONS, permissions

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("section", [slug for slug, _, _ in SECTIONS])
def test_every_section_is_shown(client: Client, section: str) -> None:
    response = client.get(reverse("gallery:section", args=[section]))
    assert response.status_code == 200
    assert response.content.count(b"<h1") >= 1


def test_every_component_is_in_the_gallery(client: Client) -> None:
    templates = settings.ROOT / "templates"
    components = {file.stem.replace("_", "-") for file in (templates / "cotton").glob("*.html")}
    folders = ("gallery", "components", "cotton", "layouts")
    sources = [file for folder in folders for file in (templates / folder).rglob("*.html")]
    shown = {name for file in sources for name in re.findall(r"<c-([\w-]+)", file.read_text())}
    assert components - shown == set()


def pick(client: Client, **fields: object) -> str:
    """What the page says after rows of the sample list were picked."""
    return client.post(reverse("gallery:picked"), fields, follow=True).content.decode()


def test_picked_rows_are_asked_about_once_more_and_then_archived(client: Client) -> None:
    first, second, third = permissions().order_by("name", "pk")[:3]
    shown = client.get(reverse("gallery:section", args=["tables"])).content.decode()
    keys = re.findall(r'name="selected" value="([^"]+)"', shown)
    asked = pick(client, selected=keys[:2])
    assert "Selected: 2" in asked
    assert (first.name in asked, second.name in asked, third.name in asked) == (True, True, False)
    [carried] = re.findall(r'name="selected" value="([^"]+)"', asked)
    assert "Archived: 2." in pick(client, selected=carried, count=2)


def test_all_that_match_can_be_picked_and_a_count_that_changed_asks_again(client: Client) -> None:
    count = PERMISSIONS.narrow({"q": "can view"}, permissions()).count()
    assert count > PERMISSIONS.page_size
    everything = {"all": "on", "filter": "q=can+view"}
    assert f"Selected: {count}" in pick(client, **everything)
    again = pick(client, **everything, count=count + 1)
    assert "The list has changed meanwhile." in again
    assert f"Archived: {count}." in pick(client, **everything, count=count)


def test_nothing_picked_changes_nothing(client: Client) -> None:
    assert "Please select something." in pick(client)


def test_an_unknown_section_is_not_found(client: Client) -> None:
    assert client.get(reverse("gallery:section", args=["secrets"])).status_code == 404


def test_an_accent_can_be_tried(client: Client) -> None:
    page = client.get(reverse("gallery:index"), {"accent": "#b4552d"})
    [sheet] = re.findall(r'href="([^"]*brand.css[^"]*)"', page.content.decode())
    assert client.get(sheet).content.startswith(b":root {\n  --accent-light: #b4552d;")


@pytest.mark.parametrize("accent", ["red", "#fff", "#b4552d;}", ""])
def test_what_is_no_color_changes_nothing(client: Client, accent: str) -> None:
    page = client.get(reverse("gallery:index"), {"accent": accent})
    assert b"brand.css" not in page.content
    assert client.get(reverse("gallery:brand"), {"accent": accent}).status_code == 404


def test_there_is_no_gallery_outside_development() -> None:
    program = (
        "import django; django.setup();"
        "from django.urls import resolve, Resolver404\n"
        "try: resolve('/dev/gallery/'); print('open')\n"
        "except Resolver404: print('closed')"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "mentoring.settings"}
    for development, expected in (("true", "open"), ("false", "closed")):
        said = subprocess.run(
            [sys.executable, "-c", program],
            env={**environment, "DEVELOPMENT": development},
            cwd=settings.ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert said.stdout.split()[-1] == expected
