"""Logos: drawn anew, never passed on as uploaded."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.logos import NotALogo, TooManyPixels, redraw
from accounts.models import Organization
from accounts.operations import settings as operations
from tests.accounts.pictures import SVG, bomb, picture
from tests.factories import create_owner, inside, login, url


def upload(client, owner, content: bytes | None = None, **answers):
    with inside(owner.organization_id):
        version = operations.version_of(Organization.objects.get(), operations.APPEARANCE)
    form = {"accent": "", "version": version, **answers}
    if content is not None:
        form["logo"] = SimpleUploadedFile("logo.png", content, "image/png")
    return client.post(url(owner, "organization_appearance"), form, follow=True)


def logo_url(owner) -> str:
    with inside(owner.organization_id):
        return Organization.objects.get().logo_url


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_kept_as_a_png_and_shown(client, kind: str):
    owner = create_owner()
    login(client, owner)

    response = upload(client, owner, picture(kind, (900, 300)))

    assert "The settings are saved." in response.text
    assert f'src="{logo_url(owner)}"' in response.text
    logo = client.get(logo_url(owner))
    assert logo["Content-Type"] == "image/png"
    assert logo["X-Content-Type-Options"] == "nosniff"
    assert logo["Cache-Control"] == "private, max-age=31536000, immutable"
    with Image.open(BytesIO(logo.content)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (512, 171))


@pytest.mark.django_db
def test_a_browser_that_has_the_logo_does_not_get_it_again(client):
    owner = create_owner()
    login(client, owner)
    upload(client, owner, picture())
    etag = client.get(logo_url(owner))["ETag"]

    again = client.get(logo_url(owner), headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
def test_another_logo_has_another_address_and_the_earlier_one_is_gone(client):
    owner = create_owner()
    login(client, owner)
    upload(client, owner, picture())
    before = logo_url(owner)

    upload(client, owner, picture(size=(32, 32)))

    assert logo_url(owner) != before
    assert client.get(before).status_code == 404


@pytest.mark.django_db
def test_a_logo_can_be_removed(client):
    owner = create_owner()
    login(client, owner)
    upload(client, owner, picture())

    upload(client, owner, remove_logo="on")

    assert logo_url(owner) == ""
    assert "Remove the logo" not in client.get(url(owner, "organization_appearance")).text


@pytest.mark.django_db
def test_saving_the_color_keeps_the_logo(client):
    owner = create_owner()
    login(client, owner)
    upload(client, owner, picture())
    before = logo_url(owner)

    upload(client, owner, accent="#b4552d")

    assert logo_url(owner) == before != ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "error"),
    [
        (SVG, "This is not a PNG, JPEG or WebP picture."),
        (b"GIF89a" + bytes(50), "This is not a PNG, JPEG or WebP picture."),
        (b"", "The submitted file is empty."),
        (picture()[:60], "This is not a PNG, JPEG or WebP picture."),
        (bomb(60_000, 60_000), "This picture is larger than 4096 pixels."),
        (picture() + bytes(1024 * 1024), "This file is larger than 1 MB."),
    ],
    ids=["svg", "gif", "empty", "cut off", "bomb", "too large"],
)
def test_what_is_no_logo_is_refused_in_words(client, content: bytes, error: str):
    owner = create_owner()
    login(client, owner)

    assert error in upload(client, owner, content).text
    assert logo_url(owner) == ""


def test_nothing_but_the_pixels_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "taken at home"

    drawn = redraw(picture("JPEG", exif=exif) + b"<script>alert(1)</script>")

    assert b"home" not in drawn
    assert b"script" not in drawn


def test_a_turned_photo_is_shown_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter

    with Image.open(BytesIO(redraw(picture("JPEG", (64, 32), exif=exif)))) as drawn:
        assert drawn.size == (32, 64)


def test_a_picture_that_lies_about_its_size_is_not_unpacked():
    with pytest.raises(TooManyPixels):
        redraw(bomb(4097, 1))
    with pytest.raises(NotALogo):
        redraw(bomb(4096, 4096))
