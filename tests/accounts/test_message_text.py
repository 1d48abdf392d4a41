"""The page of one message: what it says, if those who look after messages may know that."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from accounts.enums import Reach, Role
from accounts.models import Member
from mentoring.lib.ids import uuid7
from mentoring.outbox import registry
from mentoring.outbox.almanac import Morning
from mentoring.outbox.enums import Reason, State
from mentoring.outbox.models import Message
from mentoring.outbox.operations import enqueue, enqueue_all
from mentoring.outbox.registry import Letter, mail_kind
from mentoring.outbox.showing import without_links
from programs.enums import Audience, CohortState, Side
from programs.models import Announcement, Participant
from programs.operations import announcements
from tests.accounts.test_message_log import (
    create_done,
    create_failed,
    create_message,
    page_of,
    rows_in,
)
from tests.factories import (
    create_invitation,
    create_member,
    create_organization,
    create_owner,
    inside,
    login,
    url,
)
from tests.pairings.agreeing import create_pair
from tests.profiles.people import create_cohort, take_part

pytestmark = pytest.mark.django_db
WORDS = "See you <b>on Monday</b> & bring O'Hara"
CONFIDENTIAL = "The text is confidential"
GONE = "There is no text any more"


def create_announcement(subject="A word to all", text=WORDS):
    """An owner, and the message that carries an announcement to one person."""
    cohort = create_cohort(create_organization(), state=CohortState.MATCHING)
    owner = create_owner(cohort.organization)
    take_part(cohort, Side.MENTOR, name="Ada")
    with inside(cohort.organization_id):
        participants = list(Participant.objects.select_related("member__user"))
        announcements.send(
            cohort=cohort,
            subject=subject,
            text=text,
            audience=Audience.BOTH,
            participants=participants,
            actor=owner,
            now=timezone.now(),
        )
        return owner, Message.objects.get(kind=announcements.KIND)


def look(client, member, message, view="message"):
    return login(client, member).get(url(member, view, message.pk))


def test_an_announcement_is_shown_as_its_reader_sees_it(client):
    owner, message = create_announcement()

    page, html = look(client, owner, message), look(client, owner, message, "message_html")

    assert "A word to all" in page.text
    assert "Ada</a>" in page.text
    assert CONFIDENTIAL not in page.text
    assert "on Monday&lt;/b&gt;" in html.text
    assert html["X-Frame-Options"] == "SAMEORIGIN"
    policy = html["Content-Security-Policy"]
    assert ("default-src 'none'" in policy, "sandbox" in policy) == (True, True)
    assert "unsafe-inline" not in policy


def test_links_of_a_shown_mail_lead_nowhere_and_carry_nothing(client, settings, monkeypatch):
    owner, message = create_announcement()
    kind = mail_kind(announcements.KIND)
    secret = f"{settings.BASE_URL}/join/secret-token/"

    def write(message, now) -> Letter:
        letter = kind.write(message, now)
        return replace(letter, context={**letter.context, "text": f"Come to {secret} now"})

    monkeypatch.setitem(registry._kinds, kind.name, replace(kind, write=write))

    html = look(client, owner, message, "message_html").text

    assert "Come to" in html
    assert ("href" in html, "secret-token" in html, "nsubscribe" in html) == (False, False, False)
    assert f"{settings.BASE_URL}/…" in html


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://x.example/?token=1">x</a>',
        "<a class=y HREF='https://x.example/?token=1'>x</a>",
        "<a href=https://x.example/?token=1>x</a>",
        '<a\nhref = "https://x.example/?token=1">x</a>',
        '<a href="http://testserver/join/token/">http://testserver/join/token/</a>',
    ],
)
def test_no_way_of_writing_a_link_gets_through(html, settings):
    settings.BASE_URL = "http://testserver"
    assert "token" not in without_links(html)


def test_an_invitation_lets_somebody_in_so_nobody_else_sees_its_link(client):
    owner = create_owner()
    invitation = create_invitation(owner)
    message = create_message(owner, invitation.email, subject_id=invitation.pk)

    page, html = look(client, owner, message), look(client, owner, message, "message_html")

    assert CONFIDENTIAL in page.text
    assert "<iframe" not in page.text
    assert html["Location"] == url(owner, "message", message.pk)


def test_what_is_between_two_people_is_not_shown_to_those_who_run_it(client):
    pairing = create_pair()
    owner = create_owner(pairing.mentor.cohort.organization)
    with inside(pairing.organization_id):
        told = list(Message.objects.filter(channel="mail"))
    assert {each.kind for each in told} >= {"pairings.began", "pairings.introduction_due"}
    for message in told:
        page = look(client, owner, message)
        assert CONFIDENTIAL in page.text
        assert look(client, owner, message, "message_html").status_code == 302


def test_the_bell_and_work_in_the_background_have_no_text(client):
    owner, _mail = create_announcement()
    with inside(owner.organization_id):
        bell = Message.objects.get(kind=f"{announcements.KIND}.bell")
    work = create_message(
        owner, "", kind="pairings.expire", channel="effect", recipient=str(uuid7())
    )

    assert "Nobody else reads it." in look(client, owner, bell).text
    assert "There is no text." in look(client, owner, work).text
    assert look(client, owner, bell, "message_html").status_code == 302


def test_a_text_whose_occasion_is_gone_is_said_to_be_gone(client):
    owner, message = create_announcement()
    with inside(owner.organization_id):
        Announcement.objects.all().delete()

    assert GONE in look(client, owner, message).text
    assert look(client, owner, message, "message_html").status_code == 302


def test_a_kind_of_another_release_shows_nothing(client):
    owner = create_owner()
    message = create_message(owner, kind="later.kind")
    assert CONFIDENTIAL in look(client, owner, message).text


def test_looking_writes_nothing_even_when_the_kind_does(client, monkeypatch):
    owner, message = create_announcement()
    kind = mail_kind(announcements.KIND)

    def write(message, now) -> Letter:
        Member.objects.update(job_title="changed")
        return kind.write(message, now)

    monkeypatch.setitem(registry._kinds, kind.name, replace(kind, write=write))

    assert "A word to all" in look(client, owner, message).text
    with inside(owner.organization_id):
        assert Member.objects.filter(job_title="changed").count() == 0


def test_a_failed_message_can_be_sent_again_from_its_page(client):
    owner = create_owner()
    message = create_failed(owner)
    page = look(client, owner, message).text
    assert "Check the address." in page
    assert url(owner, "message_resend", message.pk) in page


@pytest.mark.parametrize(
    ("roles", "reach", "status"),
    [
        ([Role.OWNER], Reach.ORGANIZATION, 200),
        ([Role.PROGRAM_ADMIN], Reach.ORGANIZATION, 200),
        ([Role.PROGRAM_ADMIN], Reach.PROGRAMS, 403),
        ([Role.HR_ANALYST], Reach.ORGANIZATION, 403),
        ([], Reach.ORGANIZATION, 403),
    ],
)
def test_only_those_who_look_after_all_messages_see_one(client, roles, reach, status):
    owner, message = create_announcement()
    member = create_member(owner.organization, roles=roles, reach=reach)
    for view in ("message", "message_html"):
        assert look(client, member, message, view).status_code == status


def test_the_page_costs_the_same_whatever_the_log_holds(client, django_assert_num_queries):
    owner, message = create_announcement()
    look(client, owner, message)
    for count in (0, 30):
        for number in range(count):
            create_message(owner, f"p{number}@example.org")
        with django_assert_num_queries(20):
            client.get(url(owner, "message", message.pk))


def test_a_mail_to_come_is_shown_before_it_is_sent(client):
    owner, message = create_announcement()
    with inside(owner.organization_id):
        later = enqueue(
            kind=message.kind,
            recipient=message.address,
            subject_id=message.subject_id,
            occurrence=message.occurrence,
            due_at=timezone.now(),
        )
    assert later.pk == message.pk
    assert "Waiting" in look(client, owner, message).text


def test_what_is_planned_for_a_morning_says_for_which_day_it_is_meant(client):
    owner = create_owner(create_organization(time_zone="Europe/Berlin"))
    day = date(2027, 3, 12)
    with inside(owner.organization_id):
        enqueue_all(
            kind="pairings.introduction_due",
            wanted=[(owner.email, uuid7(), "mentor")],
            due_at=Morning(day, datetime(2027, 3, 15, 8, tzinfo=UTC)),
            now=timezone.now(),
        )
        planned = Message.objects.get(kind="pairings.introduction_due")

    assert "the morning of 12 Mar 2027, where its reader is" in look(client, owner, planned).text
    other = create_message(owner)
    assert "Meant for" not in look(client, owner, other).text


@pytest.mark.parametrize("reason", [Reason.TURNED_OFF, Reason.PAUSED, Reason.DIGEST])
def test_which_wish_of_a_person_kept_a_message_back_is_told_to_nobody(client, reason):
    owner = create_owner()
    kept = create_done(owner, "ada@example.org", state=State.SKIPPED, reason=reason)

    listed = rows_in(page_of(client, owner, "not_sent"))
    detail = client.get(url(owner, "message", kept.pk)).text

    for text in (listed, detail):
        assert "By the person’s own wish." in text
        assert str(reason.label) not in text
