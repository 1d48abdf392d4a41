"""Mail kept as files, and the development-only pages that show it."""

import re
from datetime import UTC, datetime

import pytest
from django.core.mail import mailers
from django.urls import reverse

from mentoring.outbox.brand import Brand
from mentoring.outbox.mail import compose
from mentoring.outbox.mailbox import Mailbox
from tests.outbox.test_mail import picture

CONTEXT = {
    "organization": "Acme",
    "invited_by": "Zoë",
    "expires_at": datetime(2026, 11, 30, 12, tzinfo=UTC),
    "url": "https://example.org/invitations/1/",
}


@pytest.fixture
def folder(tmp_path, settings):
    settings.MAILERS = {
        "default": {
            "BACKEND": "mentoring.outbox.mailbox.FolderBackend",
            "OPTIONS": {"folder": str(tmp_path / "kept" / "mail")},
        }
    }
    return tmp_path / "kept" / "mail"


@pytest.fixture
def send(folder):
    def send(to="ada@example.org", **more):
        mail = compose(template="mail/invitation", to=to, context=CONTEXT, language="en", **more)
        mail.send(using="default")
        return Mailbox(folder).names()[0]

    return send


def test_every_mail_becomes_a_whole_file_of_its_own(send, folder):
    send(message_id="<1@example.org>")
    send(message_id="<1@example.org>")

    files = list(folder.iterdir())
    assert len(files) == 2
    for file in files:
        assert re.fullmatch(r"\d{20}-[0-9a-f]{16}\.eml", file.name)
        assert b"Message-ID: <1@example.org>\r\n" in file.read_bytes()


def test_nobody_else_on_the_machine_can_read_kept_mail(send, folder):
    name = send()

    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / name).stat().st_mode & 0o777 == 0o600


def test_files_that_are_not_finished_are_not_listed(send, folder):
    name = send()
    (folder / f".{name}").write_bytes(b"half")

    assert Mailbox(folder).names() == [name]


def test_a_folder_that_cannot_be_written_is_an_error_of_the_system(folder):
    folder.parent.mkdir()
    folder.write_text("a file where the folder should be")

    with pytest.raises(OSError, match="exists"), mailers.default as connection:
        connection.send_messages(
            [compose(template="mail/invitation", to="a@b.c", context=CONTEXT, language="en")]
        )


@pytest.mark.django_db
def test_the_list_shows_the_newest_first(send, client):
    send("first@example.org")
    send("second@example.org")

    content = client.get("/dev/mail/").content.decode()

    assert content.index("second@example.org") < content.index("first@example.org")


@pytest.mark.django_db
def test_the_list_searches_recipients_and_subjects(send, client):
    send("first@example.org")
    send("second@example.org")

    content = client.get("/dev/mail/", {"q": "SECOND@"}).content.decode()

    assert "second@example.org" in content
    assert "first@example.org" not in content


@pytest.mark.django_db
def test_a_long_list_has_pages(send, client):
    for number in range(51):
        send(f"person{number}@example.org")

    newest = client.get("/dev/mail/").content.decode()
    oldest = client.get("/dev/mail/", {"page": "2"}).content.decode()

    assert newest.count("@example.org</span>") == 50
    assert "person0@example.org" not in newest
    assert "person0@example.org" in oldest


@pytest.mark.django_db
def test_a_mail_shows_its_parts(send, client):
    name = send(("Ada", "ada@example.org"))

    content = client.get(reverse("dev_mail", args=[name])).content.decode()

    assert '<a class="text-break" href="https://example.org/invitations/1/">' in content
    assert "Ada &lt;ada@example.org&gt;" in content
    assert "Zoë invites you to take part in mentoring at Acme." in content
    assert f'src="{reverse("dev_mail_html", args=[name])}"' in content


@pytest.mark.django_db
def test_the_html_is_shown_without_loosening_the_policy(send, client):
    name = send(brand=Brand("Acme", logo_png=picture(40, 40)))

    response = client.get(reverse("dev_mail_html", args=[name]))

    policy = response["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'none'" in policy
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert "script-src" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert 'src="data:image/png;base64,' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["dev_mail", "dev_mail_html", "dev_mail_source"])
@pytest.mark.parametrize(
    "name", ["nothing", "..", "%2e%2e%2fsecret.eml", "0" * 20 + "-" + "0" * 16 + ".eml"]
)
def test_a_mail_that_does_not_exist_is_not_found(send, client, folder, view, name):
    send()
    (folder.parent / "secret.eml").write_text("secret")

    assert client.get(reverse(view, args=[name])).status_code == 404


@pytest.mark.django_db
def test_clearing_removes_the_mail_and_says_so(send, client, folder):
    send()

    assert client.get("/dev/mail/clear/").status_code == 405
    response = client.post("/dev/mail/clear/", follow=True)

    assert "1 mail removed." in response.content.decode()
    assert Mailbox(folder).names() == []


@pytest.mark.django_db
def test_an_empty_list_says_what_to_do(folder, client):
    assert "No mail yet" in client.get("/dev/mail/").content.decode()


@pytest.mark.django_db
def test_mail_that_is_really_sent_is_not_looked_for(settings, client):
    settings.MAILERS = {"default": {"OPTIONS": {"host": "mail.example.org"}}}

    assert "Mail is really sent" in client.get("/dev/mail/").content.decode()
