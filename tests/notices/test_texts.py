"""An organization writes a mail in its own words: the pages, and what is sent."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.enums import Role
from accounts.models import AuditEvent
from mentoring.notices.models import MailTrial
from mentoring.notices.operations import texts as operations
from mentoring.outbox import jobs
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from mentoring.outbox.texts import Place, current_texts
from mentoring.outbox.wording import OwnText
from mentoring.tenancy.scope import within
from tests.factories import create_member, create_organization, create_owner, inside, login, url
from tests.notices.writing import BEGAN, OWN, page_of, send, texts_of, typed, write
from tests.programs.people.conftest import mails

__all__ = ["mails"]

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
GERMAN = BEGAN._replace(language="de")


@pytest.fixture
def owner():
    return create_owner(create_organization("Halden"), name="Olga O'Hara", email="olga@example.org")


def work(owner) -> None:
    with within(owner.organization_id):
        while jobs.deliver(clock=timezone.now):
            pass


def audited(owner) -> list[tuple[str, dict]]:
    with inside(owner.organization_id):
        events = AuditEvent.objects.filter(action__startswith="mail_text").order_by("at")
        return [(each.action, each.details) for each in events]


def notes_on(page) -> list[str]:
    return [str(each) for each in page.context["messages"]]


def test_the_page_begins_with_our_words(client, owner):
    page = login(client, owner).get(page_of(owner))

    form = page.context["form"]
    assert form["subject"].value() == "You and {partner} are a pair"
    assert form["words"].value() == "Hello {name},\n\nYou and {partner} both said yes."
    assert form["button"].value() == "See your pair"
    german = client.get(page_of(owner, GERMAN)).context["form"]
    assert german["subject"].value() == "Sie und {partner} sind ein Paar"
    assert texts_of(owner) == []


def test_words_are_saved_listed_and_audited(client, owner):
    answer = send(client, owner, typed())

    assert answer.status_code == 302
    assert texts_of(owner) == [(1, OWN.subject, True)]
    assert client.get(page_of(owner)).context["form"]["words"].value() == OWN.words
    listed = client.get(url(owner, "mail_texts")).text
    assert (listed.count(">Yours<"), listed.count(">Needs attention<")) == (1, 0)
    details = {
        "mail": "pairings.began",
        "language": "en",
        "subject": ["", OWN.subject],
        "text_version": 1,
    }
    assert audited(owner) == [("mail_text.changed", details)]
    log = client.get(url(owner, "audit_log")).text
    assert "Words of a mail changed" in log
    assert "A pair begins" in log


def test_the_same_words_again_are_no_new_version(client, owner):
    send(client, owner, typed())
    send(client, owner, typed(seen="1"))
    assert texts_of(owner) == [(1, OWN.subject, True)]


def test_the_list_costs_the_same_however_much_is_written(client, owner, django_assert_num_queries):
    login(client, owner)
    client.get(url(owner, "mail_texts"))
    with django_assert_num_queries(10):
        client.get(url(owner, "mail_texts"))
    for kind in ("pairings.began", "pairings.ended", "pairings.message"):
        for language in ("en", "de"):
            write(owner, Place(kind, "usual", language))
    with django_assert_num_queries(10):
        listed = client.get(url(owner, "mail_texts")).text
    assert listed.count(">Yours<") == 6


@pytest.mark.parametrize(
    ("own", "field", "said"),
    [
        (
            OwnText("S", "Hello {first_name}"),
            "words",
            "There is no {first_name} in this mail. You can use {name}, {organization},",
        ),
        (OwnText("{reason}", "x"), "subject", "There is no {reason} in this mail."),
        (OwnText("S", "x", "{url}"), "button", "There is no {url} in this mail."),
        (OwnText("S", "{{partner}}"), "words", "Please write {partner}, with one brace"),
        (OwnText("S", "{name"), "words", "A brace stands alone here."),
        (OwnText("", "x"), "subject", "This field is required."),
        (OwnText("S", " \n "), "words", "This field is required."),
        (OwnText("S" * 151, "x"), "subject", "at most 150 characters"),
        (OwnText("S", "x" * 4001), "words", "at most 4000 characters"),
        (OwnText("S", "x", "b" * 41), "button", "at most 40 characters"),
        (OwnText("S\u202e", "x"), "subject", "cannot be seen"),
        (OwnText("S", "one\ntwo\u202e"), "words", "cannot be seen"),
        (OwnText("S", "one\x07"), "words", "cannot be seen"),
    ],
)
def test_what_cannot_be_sent_is_told_and_nothing_typed_is_lost(client, owner, own, field, said):
    page = send(client, owner, typed(own))

    assert page.status_code == 200
    assert said in " ".join(page.context["form"].errors[field])
    assert page.context["form"]["words"].value() == own.words
    assert texts_of(owner) == []


def test_a_required_variable_has_to_be_there(client, owner):
    place = Place("pairings.paused", "usual", "en")
    page = send(client, owner, typed(OwnText("Until {until}", "A break.")), place)
    assert page.context["form"].errors["words"] == [
        "Please use {until} among the words: nothing else in this mail says it."
    ]
    assert page.context["form"].fields.keys() == {"version", "subject", "words"}
    send(client, owner, typed(OwnText("A break", "Until {until}.")), place)
    assert texts_of(owner) == [(1, "A break", True)]


def test_whoever_was_slower_is_told_and_sees_both(client, owner):
    send(client, owner, typed())

    page = send(client, owner, typed(OwnText("Mine", "My words")))

    assert "Somebody else changed these words while you were writing" in page.text
    assert (page.context["theirs"].subject, page.context["form"]["words"].value()) == (
        OWN.subject,
        "My words",
    )
    assert texts_of(owner) == [(1, OWN.subject, True)]
    again = page.context["form"]["version"].value()
    send(client, owner, typed(OwnText("Mine", "My words"), seen=again))
    assert texts_of(owner) == [(1, OWN.subject, False), (2, "Mine", True)]


def test_a_reset_is_told_to_whoever_is_writing(client, owner):
    send(client, owner, typed())
    client.post(page_of(owner, BEGAN, "mail_text_reset"), {"seen": "1"})

    page = send(client, owner, typed(OwnText("Mine", "My words"), seen="1"))

    assert "The words are ours again." in page.text
    assert texts_of(owner) == [(1, OWN.subject, False)]


def test_our_words_come_back_and_theirs_can_be_brought_back(client, owner):
    send(client, owner, typed())
    answer = client.post(page_of(owner, BEGAN, "mail_text_reset"), {"seen": "1"}, follow=True)
    assert notes_on(answer)[-1] == "These mails have our words again. Yours are kept below."
    assert answer.context["form"]["subject"].value() == "You and {partner} are a pair"
    [earlier] = answer.context["earlier"]

    restore = page_of(owner, BEGAN, "mail_text_restore", earlier.pk)
    answer = client.post(restore, {"seen": answer.context["stamp"]}, follow=True)

    assert notes_on(answer) == ["The earlier words count again."]
    assert texts_of(owner) == [(1, OWN.subject, False), (2, OWN.subject, True)]
    assert [action for action, _details in audited(owner)] == [
        "mail_text.changed",
        "mail_text.reset",
        "mail_text.brought_back",
    ]


def test_a_stale_tab_neither_resets_nor_brings_back(client, owner):
    first = write(owner)
    write(owner, own=OwnText("Second", "words"))
    login(client, owner)
    for view, more in (("mail_text_reset", ()), ("mail_text_restore", (first.pk,))):
        answer = client.post(page_of(owner, BEGAN, view, *more), {"seen": "1"}, follow=True)
        assert notes_on(answer) == ["Somebody else changed these words meanwhile. Please look."]
    assert texts_of(owner) == [(1, OWN.subject, False), (2, "Second", True)]
    client.post(page_of(owner, BEGAN, "mail_text_reset"), {"seen": "2"})
    answer = client.post(page_of(owner, BEGAN, "mail_text_reset"), {"seen": "2-"}, follow=True)
    assert notes_on(answer)[-1] == "The words are ours already."


@pytest.mark.parametrize(
    "place",
    [
        ("pairings.nothing", "usual", "en"),
        ("pairings.began", "nothing", "en"),
        ("pairings.began", "usual", "fr"),
        ("accounts.invitation", "usual", "en"),
        ("pairings.concern", "usual", "en"),
        ("pairings.began.bell", "usual", "en"),
    ],
)
def test_there_is_no_page_for_what_stays_ours(client, owner, place):
    login(client, owner)
    assert client.get(page_of(owner, place)).status_code == 404
    assert client.post(page_of(owner, place), typed()).status_code == 404
    assert client.get(page_of(owner, place, "mail_text_frame")).status_code == 404


@pytest.mark.parametrize("roles", [[], [Role.PROGRAM_ADMIN], [Role.HR_ANALYST]])
def test_only_owners_write(client, owner, roles):
    text = write(owner)
    somebody = create_member(owner.organization, name="Bo", roles=roles)
    login(client, somebody)
    assert client.get(url(somebody, "mail_texts")).status_code == 403
    for view in ("mail_text", "mail_text_frame"):
        assert client.get(page_of(somebody, BEGAN, view)).status_code == 403
    for view, more in (
        ("mail_text", ()),
        ("mail_text_preview", ()),
        ("mail_text_reset", ()),
        ("mail_text_restore", (text.pk,)),
    ):
        answer = client.post(page_of(somebody, BEGAN, view, *more), typed(seen="1"))
        assert answer.status_code == 403
    assert texts_of(owner) == [(1, OWN.subject, True)]


def test_texts_of_another_organization_are_nowhere(client, owner):
    theirs = create_owner(create_organization("Other"))
    foreign = write(theirs, own=OwnText("ZEBRAFINCH", "ZEBRAFINCH {name}"))
    login(client, owner)

    pages = [url(owner, "mail_texts"), page_of(owner), page_of(owner, BEGAN, "mail_text_frame")]
    assert [page for page in pages if "ZEBRAFINCH" in client.get(page).text] == []
    restore = page_of(owner, BEGAN, "mail_text_restore", foreign.pk)
    assert client.post(restore, {"seen": "0"}).status_code == 404
    with inside(owner.organization_id):
        assert current_texts() == {}
    assert texts_of(theirs) == [(1, "ZEBRAFINCH", True)]


# --- The preview ---------------------------------------------------------------------------


def preview(client, owner, own, **more):
    data = typed(own, **more)
    address = page_of(owner, BEGAN, "mail_text_preview")
    return login(client, owner).post(address, data, headers={"HX-Request": "true"})


def test_what_is_typed_is_shown_before_it_is_saved(client, owner):
    own = OwnText("Look, {partner}", "Dear {name},\n\n<b>bold</b> & {partner}", "Press")

    part = preview(client, owner, own)

    assert "Look, Robin Falk" in part.text
    frame = page_of(owner, BEGAN, "mail_text_frame")
    typed_now = client.get(f"{frame}?draft={part.context['draft']}").text
    assert "Dear Olga O'Hara,</p>" in typed_now
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; Robin Falk</p>" in typed_now
    assert ">Press</a>" in typed_now
    assert "You are the mentor." in typed_now
    assert "Dear Olga" not in client.get(frame).text
    assert texts_of(owner) == []


def test_what_cannot_be_sent_leaves_the_last_preview_and_says_why(client, owner):
    preview(client, owner, OwnText("S", "Good words"))

    part = preview(client, owner, OwnText("S", "Bad {words}"))

    assert "There is no {words} in this mail." in part.text
    frame = page_of(owner, BEGAN, "mail_text_frame")
    assert "frame/?draft=last" in part.text
    assert "Good words" in client.get(f"{frame}?draft=last").text


def test_without_scripts_a_button_shows_the_mail(client, owner):
    page = send(client, owner, typed(OwnText("Look", "Here"), step="preview"))

    assert page.context["form"]["words"].value() == "Here"
    frame = page_of(owner, BEGAN, "mail_text_frame")
    assert f"{frame}?draft={page.context['draft']}" in page.text
    assert "Here</p>" in client.get(f"{frame}?draft={page.context['draft']}").text
    assert texts_of(owner) == []


def test_nobody_sees_what_another_is_typing(client, owner):
    preview(client, owner, OwnText("S", "Half a thought"))
    other = create_owner(owner.organization)
    login(client, other)
    frame = page_of(other, BEGAN, "mail_text_frame")
    assert "Half a thought" not in client.get(f"{frame}?draft=last").text


def test_the_frame_is_sandboxed_and_may_do_nothing(client, owner):
    login(client, owner)
    frame = client.get(page_of(owner, BEGAN, "mail_text_frame"))
    policy = frame.headers["Content-Security-Policy"]
    parts = [each.strip() for each in policy.split(";")]
    assert "sandbox" in parts
    assert "default-src 'none'" in parts
    assert "frame-ancestors 'self'" in parts
    assert "unsafe-inline" not in policy
    assert frame.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in frame.headers["Cache-Control"]
    page = client.get(page_of(owner))
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]


def test_the_preview_has_the_brand_and_the_organizations_words(client, owner):
    organization = owner.organization
    with inside(organization):
        organization.terms = {"mentor": {"one": "guide", "many": "guides"}}
        organization.save()
    login(client, owner)
    frame = client.get(page_of(owner, BEGAN, "mail_text_frame")).text
    assert "You are the guide." in frame
    assert "Halden" in frame


# --- A test to oneself ---------------------------------------------------------------------


def test_a_test_goes_to_whoever_writes_and_to_nobody_else(client, owner, mails):
    own = OwnText("Look, {partner}", "Dear {name},\n\nhere.", "Press")

    page = send(client, owner, typed(own, step="test", address="eve@example.org"))

    [said] = notes_on(page)
    assert said == ("On its way to olga@example.org. Nobody else gets it, and it saves nothing.")
    assert page.context["form"]["words"].value() == own.words
    work(owner)
    [mail] = mails()
    assert mail["To"].addresses[0].addr_spec == "olga@example.org"
    assert mail["Subject"] == "Test: Look, Robin Falk"
    assert text_of(mail, "plain").startswith("Dear Olga O'Hara,\r\n\r\nhere.\r\n\r\nYou are")
    assert "You are the mentor." in text_of(mail, "plain")
    assert mail["List-Unsubscribe"] is None
    assert texts_of(owner) == []


def test_what_cannot_be_sent_is_no_test_either(client, owner):
    send(client, owner, typed(OwnText("S", "{nothing}"), step="test"))
    with inside(owner.organization_id):
        assert MailTrial.objects.count() == Message.objects.count() == 0


def test_tests_are_limited_by_the_hour(client, owner):
    for number in range(operations.MOST_TRIALS):
        send(client, owner, typed(OwnText(f"S{number}", "x"), step="test"))
    page = send(client, owner, typed(OwnText("One more", "x"), step="test"))

    assert notes_on(page) == ["You have sent 10 tests within an hour. Please try again later."]
    assert page.context["form"]["subject"].value() == "One more"
    with inside(owner.organization_id):
        assert MailTrial.objects.count() == 10
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        send(client, owner, typed(OwnText("Next day", "x"), step="test"))
    with inside(owner.organization_id):
        assert [each.subject for each in MailTrial.objects.all()] == ["Next day"]


@pytest.mark.parametrize("change", [{"roles": []}, {"deactivated_at": timezone.now()}])
def test_who_may_not_write_any_more_gets_no_test(client, owner, mails, change):
    send(client, owner, typed(step="test"))
    create_owner(owner.organization)
    with inside(owner.organization_id):
        type(owner).objects.filter(pk=owner.pk).update(**change)
    work(owner)
    assert mails() == []
