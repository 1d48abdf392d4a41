"""Turning mails off from the mail itself (RFC 8058)."""

import re

import pytest
from django.core import signing
from django.test import Client

from accounts.models import Organization
from mentoring.lib.ids import uuid7
from mentoring.notices.models import TurnedOff
from mentoring.notices.tokens import unsubscribe_token, unsubscribe_url
from tests.factories import create_member, create_organization, inside
from tests.notices.conftest import NOON
from tests.notices.people import ESSENTIAL, NOTE, state_of, tell, work

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def off(member) -> list[tuple[str, str]]:
    with inside(member.organization_id):
        return list(TurnedOff.objects.filter(member=member).values_list("kind", "way"))


def path_of(address: str) -> str:
    return re.sub(r"^https?://[^/]+", "", address)


@pytest.fixture
def link(ada) -> str:
    return path_of(unsubscribe_url(ada.organization_id, ada.pk, NOTE))


def test_the_mails_own_header_turns_mails_like_it_off(ada, mails):
    tell(ada, at=NOON)
    work(ada, at=NOON)
    (mail,) = mails()
    # A mail program: no cookies, no session, no token against forgery.
    program = Client(enforce_csrf_checks=True)
    answer = program.post(path_of(mail["List-Unsubscribe"].strip("<>")), ONE_CLICK)
    assert answer.status_code == 200
    assert off(ada) == [(NOTE, "mail")]
    later = tell(ada, "later", at=NOON)
    work(ada, at=NOON)
    assert state_of(later) == ("skipped", "turned_off")


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_both_ways_of_sending_a_form_are_understood(ada, link, kind):
    body = "List-Unsubscribe=One-Click"
    if kind.startswith("multipart"):
        kind += "; boundary=x"
        field = 'Content-Disposition: form-data; name="List-Unsubscribe"'
        body = f"--x\r\n{field}\r\n\r\nOne-Click\r\n--x--"
    answer = Client(enforce_csrf_checks=True).post(link, body, content_type=kind)
    assert (answer.status_code, off(ada)) == (200, [(NOTE, "mail")])


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(ada, link, method):
    """Scanners fetch every address in a mail."""
    answer = getattr(Client(), method)(link)
    assert (answer.status_code, off(ada)) == (200, [])
    assert answer["Cache-Control"].startswith("max-age=0")


@pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "yes"}, {"x": "One-Click"}])
def test_a_post_without_the_one_word_changes_nothing(ada, link, body):
    assert Client().post(link, body).status_code == 200
    assert off(ada) == []


def test_it_can_be_done_twice_and_undone(ada, link):
    browser = Client(enforce_csrf_checks=True)
    shown = browser.get(link).text
    assert "Turn these mails off?" in shown
    assert "“Tests.Note”, by mail from Halden" in shown
    browser.post(link, ONE_CLICK)
    done = browser.post(link, ONE_CLICK)
    assert "These mails are off" in done.text
    assert off(ada) == [(NOTE, "mail")]
    assert browser.post(f"{link}undo/").status_code == 403
    token = re.findall(r'csrfmiddlewaretoken" value="([^"]+)"', done.text)[0]
    undone = browser.post(f"{link}undo/", {"csrfmiddlewaretoken": token})
    assert "These mails are on again" in undone.text
    assert off(ada) == []
    assert browser.get(f"{link}undo/").status_code == 405


def test_the_page_tells_nothing_about_the_person(ada, link):
    for answer in (Client().get(link), Client().post(link, ONE_CLICK)):
        assert "Ada" not in answer.text
        assert "ada@example.org" not in answer.text


def test_the_page_speaks_the_readers_language(ada, link):
    with inside(ada.organization_id):
        ada.user.language = "de"
        ada.user.save()
    assert '<html lang="de">' in Client().get(link).text


@pytest.mark.parametrize("how", ["changed", "cut", "organization", "member", "kind", "nothing"])
def test_a_link_that_is_not_ours_opens_nothing(ada, how):
    organization, token = ada.organization_id, unsubscribe_token(ada.organization_id, ada.pk, NOTE)
    name, signature = token.split(".")[0], token.rpartition(":")[2]
    other = create_member(ada.organization)
    theirs = unsubscribe_token(organization, other.pk, NOTE).split(".")[0]
    token = {
        "changed": token[:-2] + ("x" if token[-2] != "x" else "y") + token[-1],
        "cut": token[:-5],
        "organization": token,
        "member": f"{theirs}.{NOTE}:{signature}",
        "kind": f"{name}.{ESSENTIAL}:{signature}",
        "nothing": "x",
    }[how]
    if how == "organization":
        organization = create_organization().pk
    for answer in (
        Client().get(f"/mails/{organization}/{token}/"),
        Client().post(f"/mails/{organization}/{token}/", ONE_CLICK),
        Client().post(f"/mails/{organization}/{token}/undo/"),
    ):
        assert answer.status_code == 404
        assert "This link is not complete" in answer.text
    assert (off(ada), off(other)) == ([], [])


def test_a_signature_for_something_else_is_none_here(ada):
    """Each kind of link has a purpose of its own."""
    signed = signing.Signer(salt="another").sign(f"{ada.organization_id}.x.{NOTE}")
    token = signed.removeprefix(f"{ada.organization_id}.")
    assert Client().get(f"/mails/{ada.organization_id}/{token}/").status_code == 404


def test_what_is_essential_cannot_be_turned_off_by_a_link(ada):
    for kind in (ESSENTIAL, "long.gone"):
        address = path_of(unsubscribe_url(ada.organization_id, ada.pk, kind))
        answer = Client().post(address, ONE_CLICK)
        assert answer.status_code == 200
        assert "Nothing more comes from there" in answer.text
    assert off(ada) == []


def test_it_works_for_somebody_deactivated(ada, link):
    with inside(ada.organization_id):
        ada.deactivated_at = NOON
        ada.save()
    assert "Turn these mails off?" in Client().get(link).text
    assert Client().post(link, ONE_CLICK).status_code == 200
    assert off(ada) == [(NOTE, "mail")]


def test_an_organization_that_is_gone_has_a_clear_page(notes):
    gone = uuid7()
    address = path_of(unsubscribe_url(gone, uuid7(), NOTE))
    for answer in (
        Client().get(address),
        Client().post(address, ONE_CLICK),
        Client().post(f"{address}undo/"),
    ):
        assert answer.status_code == 200
        assert "Nothing more comes from there" in answer.text
    with inside(gone):
        assert not Organization.objects.exists()


def test_a_link_stays_good_with_a_new_secret_while_the_old_one_is_known(ada, link, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, [settings.SECRET_KEY]
    assert Client().post(link, ONE_CLICK).status_code == 200
    assert off(ada) == [(NOTE, "mail")]
    settings.SECRET_KEY_FALLBACKS = []
    assert Client().get(link).status_code == 404


def test_somebody_signed_in_may_use_anothers_mail(client, ada, link):
    """The link is the proof, whoever holds it: a shared letterbox, an assistant."""
    client.force_login(create_member().user)
    assert client.post(link, ONE_CLICK).status_code == 200
    assert off(ada) == [(NOTE, "mail")]
