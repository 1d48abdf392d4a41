"""Mails as they are written."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from mentoring.lib.colors import contrast_ratio
from mentoring.outbox.brand import LOGO_HEIGHT, LOGO_WIDTH, Brand
from mentoring.outbox.headers import NotAnAddress
from mentoring.outbox.mail import compose
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.plain import header_text

CONTEXT = {
    "organization": "O'Hara & Söhne <b>",
    "invited_by": "Zoë",
    "expires_at": datetime(2026, 11, 30, 12, tzinfo=UTC),
    "url": "https://example.org/invitations/1/",
}


def written(**more):
    """A mail as it arrives."""
    wanted = {
        "template": "mail/invitation",
        "to": "ada@example.org",
        "context": CONTEXT,
        "language": "en",
        **more,
    }
    return message_from_bytes(compose(**wanted).message().as_bytes(), policy=policy.default)


def picture(width: int, height: int) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (width, height), "red").save(drawn, "PNG")
    return drawn.getvalue()


def test_a_mail_has_the_same_words_as_text_and_as_html():
    mail = written()

    assert mail.get_content_type() == "multipart/alternative"
    assert mail["Subject"] == "Zoë invites you to O'Hara & Söhne <b>"
    assert "O'Hara & Söhne <b>" in text_of(mail, "plain")
    assert "O&#x27;Hara &amp; Söhne &lt;b&gt;" in text_of(mail, "html").replace("'", "&#x27;")
    for kind in ("plain", "html"):
        assert CONTEXT["url"] in text_of(mail, kind)


def test_a_mail_speaks_the_readers_language():
    mail = written(language="de")

    assert mail["Subject"] == "Zoë lädt Sie zu O'Hara & Söhne <b> ein"
    assert '<html lang="de"' in text_of(mail, "html")
    assert "Einladung annehmen" in text_of(mail, "plain")


def test_a_mail_shows_times_in_the_zone_in_force():
    with timezone.override("Asia/Tokyo"):
        mail = written()

    assert "21:00 (JST)" in text_of(mail, "plain")


def test_styles_are_written_into_the_elements_and_looks_stay_in_the_head():
    html = text_of(written(), "html")

    assert re.search(r'<a class="button"[^>]*style="[^"]*background-color', html)
    assert "@media (prefers-color-scheme: dark)" in html
    assert "@media (max-width: 480px)" in html
    assert "<link" not in html
    assert "<script" not in html


@pytest.mark.parametrize("accent", ["#ffff00", "#000000", "#ffffff", "#0c655a", "#ff0000"])
def test_the_accent_is_readable_whatever_an_organization_chooses(accent):
    html = text_of(written(brand=Brand("Acme", accent=accent)), "html")

    style = re.search(r'<a class="button"[^>]*style="([^"]*)"', html)[1]
    fill = re.search(r"background-color: (#[0-9a-f]{6})", style)[1]
    ink = re.search(r"(?<![-\w])color: (#[0-9a-f]{6})", style)[1]
    assert contrast_ratio(fill, ink) >= 4.5


def test_the_logo_travels_inside_the_mail():
    png = picture(440, 40)

    mail = written(brand=Brand("Acme", logo_png=png))

    html = mail.get_body(("related",))
    (logo,) = [part for part in html.iter_parts() if part.get_content_type() == "image/png"]
    assert logo.get_content() == png
    assert (logo["Content-ID"], logo.get_content_disposition()) == ("<logo>", "inline")
    assert '<img src="cid:logo" width="220" height="20" alt="Acme"' in text_of(mail, "html")


@pytest.mark.parametrize(("width", "height"), [(4000, 10), (10, 4000), (512, 512), (1, 1)])
def test_a_logo_of_any_shape_has_room(width, height):
    shown = Brand("Acme", logo_png=picture(width, height)).logo_size

    assert 1 <= shown[0] <= LOGO_WIDTH
    assert 1 <= shown[1] <= LOGO_HEIGHT


def test_machines_are_told_not_to_answer_and_lists_are_told_apart():
    mail = written(brand=Brand("Acme", slug="acme"), message_id="<1@example.org>")

    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Id"] == "<acme.localhost>"
    assert mail["Message-ID"] == "<1@example.org>"
    assert mail["Reply-To"] is None


def test_a_mail_of_the_product_belongs_to_no_list():
    assert written()["List-Id"] is None


@pytest.mark.parametrize(
    "name",
    [
        "Ada\r\nBcc: eve@example.org",
        'Ada" <eve@example.org>, "',
        "Ada, eve@example.org",
        "Ada\u202egro.elpmaxe@eve",
        "Ada\u2028Lovelace",
        "Ünï ćödé",
        "محمد",
        "A" * 500,
        "",
        "Ada O'Hara (Vorstand)",
    ],
)
def test_no_name_can_change_where_a_mail_goes(name):
    mail = written(to=(name, "ada@example.org"), context={**CONTEXT, "invited_by": name})

    assert [address.addr_spec for address in mail["To"].addresses] == ["ada@example.org"]
    assert mail["Bcc"] is None
    assert mail["To"].addresses[0].display_name == header_text(name)[:100]
    assert not set("\r\n\u202e\u2028") & set(mail["Subject"] + mail["To"].addresses[0].display_name)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "ada@example.org\r\nBcc: eve@example.org",
        "ada@example.org, eve@example.org",
        "Ada <ada@example.org>",
        "ada @example.org",
        "ada@example.org ",
    ],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(NotAnAddress):
        compose(template="mail/invitation", to=address, context=CONTEXT, language="en")


def test_an_international_domain_is_encoded_for_the_wire():
    assert written(to="ada@bücher.example")["To"].addresses[0].domain == "xn--bcher-kva.example"
