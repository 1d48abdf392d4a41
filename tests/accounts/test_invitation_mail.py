"""The mail that invites, from the decision to the mailbox."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from accounts.enums import Reach
from accounts.models import Logo, Organization
from accounts.operations.invitations import invite, resend, revoke
from accounts.tokens import digest
from mentoring.outbox import jobs
from mentoring.outbox.enums import Reason, State
from mentoring.outbox.mailbox import Mailbox, parsed, text_of
from mentoring.outbox.models import Message
from mentoring.tenancy.scope import within
from tests.factories import create_organization, create_owner, create_user, inside, reload

pytestmark = pytest.mark.django_db


@pytest.fixture
def mails(tmp_path, settings):
    """The mails that were sent, latest first."""
    settings.MAILERS = {
        "default": {
            "BACKEND": "mentoring.outbox.mailbox.FolderBackend",
            "OPTIONS": {"folder": str(tmp_path)},
        }
    }
    box = Mailbox(tmp_path)
    return lambda: [parsed(box.read(name) or b"") for name in box.names()]


def invited(owner, email="ada@example.org"):
    with inside(owner.organization_id):
        (invitation,) = invite(
            emails=[email], roles=[], reach=Reach.ORGANIZATION, actor=owner, now=timezone.now()
        )
    return invitation


def deliver(owner, *, later=timedelta(0)) -> None:
    with within(owner.organization_id):
        while jobs.deliver(clock=lambda: timezone.now() + later):
            pass


def state_of(owner) -> tuple[str, str]:
    with inside(owner.organization_id):
        return Message.objects.values_list("state", "reason").get()


def test_the_invitation_arrives_with_a_link_that_works(mails):
    owner = create_owner(create_organization("O'Hara & Söhne"), name="Zoë <Z>")
    invitation = invited(owner)

    deliver(owner)

    (mail,) = mails()
    assert mail["To"] == "ada@example.org"
    assert mail["Subject"] == "Zoë <Z> invites you to O'Hara & Söhne"
    text = text_of(mail, "plain")
    token = re.search(r"/([\w-]{43})/\s", text)[1]
    assert digest(token) == invitation.token_digest
    assert token in text_of(mail, "html")
    assert mail["List-Id"] == f"<{owner.organization.slug}.localhost>"


def test_nothing_that_opens_a_door_is_stored_with_the_message(mails):
    owner = create_owner()
    invitation = invited(owner)
    deliver(owner)

    (mail,) = mails()
    token = re.search(r"/([\w-]{43})/\s", text_of(mail, "plain"))[1]
    with inside(owner.organization_id):
        (row,) = Message.objects.values()
    assert token not in str(row)
    assert invitation.token_digest not in str(row)


def test_a_revoked_invitation_is_not_sent(mails):
    owner = create_owner()
    invitation = invited(owner)
    with inside(owner.organization_id):
        revoke(invitation=invitation, actor=owner, now=timezone.now())

    deliver(owner)

    assert mails() == []
    assert state_of(owner) == (State.SKIPPED, Reason.WITHDRAWN)


def test_only_the_newest_link_is_sent(mails):
    owner = create_owner()
    invitation = invited(owner)
    with inside(owner.organization_id):
        resend(invitation=invitation, actor=owner, now=timezone.now() + timedelta(minutes=2))

    deliver(owner, later=timedelta(minutes=3))

    (mail,) = mails()
    token = re.search(r"/([\w-]{43})/\s", text_of(mail, "plain"))[1]
    assert digest(token) == reload(invitation).token_digest


def test_an_invitation_that_could_not_be_sent_in_time_is_not_sent(mails):
    owner = create_owner()
    invited(owner)

    deliver(owner, later=timedelta(days=8))

    assert mails() == []
    assert state_of(owner) == (State.EXPIRED, "")


@pytest.mark.parametrize(
    ("organization", "person", "expected"),
    [("de", "", "de"), ("en", "de", "de"), ("de", "en", "en")],
)
def test_the_invitation_speaks_the_persons_or_the_organizations_language(
    mails, organization, person, expected
):
    owner = create_owner(create_organization(language=organization))
    create_user(email="ada@example.org", language=person)
    invited(owner)

    deliver(owner)

    (mail,) = mails()
    assert f'<html lang="{expected}"' in text_of(mail, "html")


def test_the_invitation_shows_the_organizations_time(mails):
    owner = create_owner(create_organization(time_zone="Asia/Tokyo"))
    invited(owner)

    deliver(owner)

    (mail,) = mails()
    assert "(JST)" in text_of(mail, "plain")


def test_the_invitation_looks_like_the_organization(mails):
    drawn = BytesIO()
    Image.new("RGB", (100, 50), "red").save(drawn, "PNG")
    owner = create_owner()
    with inside(owner.organization_id):
        Logo.objects.create(png=drawn.getvalue(), digest="1")
        Organization.objects.update(accent="#7a1fa2")
    invited(owner)

    deliver(owner)

    (mail,) = mails()
    assert [part.get_content() for part in mail.walk() if part.get_content_type() == "image/png"]
    assert "#7a1fa2" in text_of(mail, "html")


def test_a_mail_costs_three_queries_lock_look_and_mark(mails):
    asked = []
    for number in (1, 4):
        owner = create_owner(create_organization())
        for each in range(number):
            invited(owner, f"guest{each}@example.org")
        with CaptureQueriesContext(connection) as queries:
            deliver(owner)
        asked.append(len([each for each in queries if "SAVEPOINT" not in each["sql"]]))
    assert asked[1] - asked[0] == 3 * 3
