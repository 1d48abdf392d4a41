"""Own words in the mails that are really sent, behind the bell, and in summaries."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Member, User
from mentoring.notices.models import MailText
from mentoring.notices.queries.texts import own_texts
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from mentoring.outbox.operations import enqueue
from mentoring.outbox.texts import Place
from mentoring.outbox.wording import OwnText
from mentoring.pairings.kinds.letters import write_to_side
from mentoring.pairings.kinds.wording import example
from programs.enums import Side
from tests.factories import create_organization, create_owner, inside, login, url
from tests.meetings.people import create_pair
from tests.notices.people import notices_of
from tests.notices.writing import BEGAN, plant, write
from tests.pairings.people import deliver
from tests.programs.people.conftest import mails

__all__ = ["mails"]

pytestmark = pytest.mark.django_db
GERMAN = BEGAN._replace(language="de")


@pytest.fixture
def pair():
    """Ada, Carl, their pairing, and an owner of the organization."""
    ada, carl, pairing = create_pair()
    with inside(pairing.organization_id):
        Message.objects.all().delete()
    return ada, carl, pairing, create_owner(ada.cohort.organization)


def tell(pairing, side=Side.MENTOR, kind=BEGAN.kind):
    person = pairing.person(side)
    with inside(pairing.organization_id):
        return enqueue(
            kind=kind,
            recipient=person.member.email,
            subject_id=pairing.pk,
            occurrence=str(side),
            due_at=timezone.now(),
        )


def sent_to(mails, pairing, side=Side.MENTOR):
    tell(pairing, side)
    deliver(pairing.cohort)
    address = pairing.person(side).member.email
    [mail] = [each for each in mails() if address in each["To"]]
    return mail


def test_a_mail_has_their_words_and_all_that_stays(pair, mails):
    _ada, _carl, pairing, owner = pair
    write(owner)

    mail = sent_to(mails, pairing)

    assert mail["Subject"] == "You two: Carl"
    text = text_of(mail, "plain").replace("\r\n", "\n")
    assert text.startswith("Dear Ada,\n\nmeet Carl.\n\nYou are the mentor. Focus: ")
    assert "both said yes" not in text
    assert "Carl writes to you and proposes a first meeting" in text
    assert f"Go:\nhttp://testserver{url(owner, 'pair', pairing.pk)}" in text
    assert "Turn mails like this off" in text
    html = text_of(mail, "html")
    assert "Dear Ada,</p>" in html
    assert "You are the mentor. Focus:" in html
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_language_without_own_words_has_ours(pair, mails):
    ada, _carl, pairing, owner = pair
    write(owner)
    User.objects.filter(pk=ada.member.user_id).update(language="de")

    mail = sent_to(mails, pairing)

    assert mail["Subject"] == "Sie und Carl sind ein Paar"
    assert "Dear" not in text_of(mail, "plain")


def test_each_reader_gets_the_words_of_their_language(pair, mails):
    ada, _carl, pairing, owner = pair
    write(owner)
    write(owner, GERMAN, OwnText("Ihr zwei: {partner}", "Liebe {name}"))
    User.objects.filter(pk=ada.member.user_id).update(language="de")

    assert sent_to(mails, pairing)["Subject"] == "Ihr zwei: Carl"
    assert sent_to(mails, pairing, Side.MENTEE)["Subject"] == "You two: Ada"


def test_words_that_name_what_is_gone_give_way_to_ours_and_are_shown_to_the_owner(
    client, pair, mails
):
    _ada, _carl, pairing, owner = pair
    plant(owner, BEGAN, OwnText("S", "Dear {nickname}"))

    mail = sent_to(mails, pairing)

    assert mail["Subject"] == "You and Carl are a pair"
    assert "both said yes" in text_of(mail, "plain")
    login(client, owner)
    assert client.get(url(owner, "mail_texts")).text.count(">Needs attention<") == 1
    page = client.get(url(owner, "mail_text", *BEGAN))
    assert "Your words cannot be sent any more" in page.text
    assert page.context["form"]["words"].value() == "Dear {nickname}"


def test_a_variable_that_became_required_counts_as_gone_too(client, pair):
    owner = pair[-1]
    plant(owner, Place("pairings.paused", "usual", "en"), OwnText("A break", "For a while."))
    listed = login(client, owner).get(url(owner, "mail_texts")).text
    assert listed.count(">Needs attention<") == 1


def test_words_of_another_organization_are_never_sent(pair, mails):
    pairing = pair[2]
    write(create_owner(create_organization("Other")), own=OwnText("ZEBRAFINCH", "ZEBRAFINCH"))

    mail = sent_to(mails, pairing)

    assert mail["Subject"] == "You and Carl are a pair"
    assert "ZEBRAFINCH" not in text_of(mail, "plain") + text_of(mail, "html")


@pytest.mark.parametrize("count", [1, 2])
def test_own_words_cost_one_query_however_many_mails_there_are(pair, mails, count):
    pairing, owner = pair[2], pair[3]
    write(owner)
    for side in list(Side)[:count]:
        tell(pairing, side)
    with CaptureQueriesContext(connection) as queries:
        deliver(pairing.cohort)
    assert len(mails()) == count
    asked = [each["sql"] for each in queries if 'FROM "notices_mailtext"' in each["sql"]]
    # Once for the mails, and once for the bells beside them.
    assert len(asked) == 2


def test_the_bell_says_the_own_subject(pair, mails):
    ada, _carl, pairing, owner = pair
    write(owner)
    tell(pairing)
    deliver(pairing.cohort)
    assert [each.text for each in notices_of(ada.member)] == ["You two: Carl"]


def test_a_name_is_text_wherever_it_comes_to_stand(pair, mails):
    _ada, carl, pairing, owner = pair
    write(owner, own=OwnText("Hello {partner}", "See {partner}", "{partner}"))
    with inside(pairing.organization_id):
        hostile = "<i>Carl</i> {name}\r\nBcc: eve@example.org"
        Member.objects.filter(pk=carl.member_id).update(name=hostile)
    mail = sent_to(mails, pairing)

    assert mail["Subject"] == "Hello <i>Carl</i> {name} Bcc: eve@example.org"
    assert mail["Bcc"] is None
    assert "<i>" not in text_of(mail, "html")
    assert "See &lt;i&gt;Carl&lt;/i&gt; {name} Bcc: eve@example.org</p>" in text_of(mail, "html")


def test_the_example_has_what_letters_have(pair):
    pairing = pair[2]
    with inside(pairing.organization_id):
        letter = write_to_side(tell(pairing), timezone.now())
    now = datetime(2026, 11, 28, tzinfo=UTC)
    # Only messages of breaks and drift have these.
    assert example(now).keys() - letter.context.keys() == {
        "plan_url",
        "last_met_at",
        "paused_until",
    }


def test_texts_that_have_ended_are_not_sent(pair, mails):
    pairing, owner = pair[2], pair[3]
    text = write(owner)
    with inside(owner.organization_id):
        MailText.objects.filter(pk=text.pk).update(ended_at=timezone.now() - timedelta(1))
        assert own_texts() == {}
    assert sent_to(mails, pairing)["Subject"] == "You and Carl are a pair"
