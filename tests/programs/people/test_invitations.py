"""Asking people to take part: many by filter, some personally, and “No, thanks”."""

import re
from datetime import timedelta

import pytest
import time_machine

from accounts.models import AuditEvent, Department, Invitation, Member
from accounts.operations.invitations import revoke
from mentoring.outbox.mailbox import text_of
from programs.enums import ParticipantState, Side
from programs.models import CohortInvitation, Eligibility, Program
from programs.operations.cohort_invitations import NotInviting, invite
from programs.operations.leaving import say_goodbye
from tests.factories import (
    create_listed,
    create_member,
    create_organization,
    create_owner,
    create_user,
    inside,
    login,
    url,
)
from tests.programs.people.steps import CLOSES, NOON, create_cohort, deliver, enroll, messages

KIND = "programs.cohort_invitation"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def ask(owner, cohort, *members, side=Side.MENTEE, **more) -> list[CohortInvitation]:
    with inside(owner.organization_id):
        return invite(cohort=cohort, side=side, members=members, actor=owner, now=NOON, **more)


def invited(owner) -> list[str]:
    with inside(owner.organization_id):
        return sorted(CohortInvitation.objects.values_list("member__name", flat=True))


def test_everybody_who_fits_is_invited_after_a_look(client):
    owner = create_owner(name="Olga")
    with inside(owner.organization_id):
        sales, other = (Department.objects.create(name=name) for name in ("Sales", "Other"))
    cohort = create_cohort(owner)
    fields = {"organization": owner.organization}
    create_member(name="Ada", department=sales, **fields)
    create_member(name="Bob", department=other, **fields)
    create_member(name="Cyd", department=sales, on_leave=True, **fields)
    ask(owner, cohort, create_member(name="Dan", department=sales, **fields))
    enroll(cohort, create_member(name="Eve", department=sales, **fields))
    login(client, owner)
    address = url(owner, "cohort_invite_new", cohort.pk)

    query = f"side=mentee&department={sales.pk}"
    look = client.get(f"{address}?{query}").text
    assert "1 person would be invited as mentee" in look
    assert "1 who fits was invited before and is passed over." in look
    assert "1 who fits has enrolled already or begun to." in look
    assert invited(owner) == ["Dan"]

    answer = client.post(address, {"query": query, "count": "1", "note": "Hello!"}, follow=True)

    assert "1 invitation is on its way." in answer.text
    assert invited(owner) == ["Ada", "Dan"]
    with inside(owner.organization_id):
        found = CohortInvitation.objects.get(member__name="Ada")
        details = list(AuditEvent.objects.filter(action="cohort.invited").values_list("details"))
    assert (found.note, found.side, found.is_personal) == ("Hello!", Side.MENTEE, False)
    assert ({"side": "mentee", "people": 1, "personally": False},) in details


def test_only_eligible_people_are_invited_also_by_name(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    ada = create_member(owner.organization, name="Ada", email="ada@example.org")
    create_member(owner.organization, name="Bob", email="bob@example.org")
    with inside(owner.organization_id):
        Eligibility.objects.create(cohort=cohort, member=ada)
    login(client, owner)
    address = url(owner, "cohort_invite_new", cohort.pk)

    look = client.get(address, {"side": "mentor", "people": "ADA@example.org\nBob, Zoe"}).text

    assert "1 person would be invited as mentor" in look
    assert "Nobody was found for: Zoe" in " ".join(look.split())


def test_when_the_number_has_changed_nothing_is_sent(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    login(client, owner)

    answer = client.post(
        url(owner, "cohort_invite_new", cohort.pk), {"query": "side=mentee", "count": "7"}
    )

    assert "The number has changed meanwhile." in answer.text
    assert invited(owner) == []


@pytest.mark.parametrize("state", ["draft", "matching", "closed"])
def test_nobody_is_invited_while_enrollment_is_not_open(client, state):
    owner = create_owner()
    cohort = create_cohort(owner, state=state)
    with pytest.raises(NotInviting):
        ask(owner, cohort, create_member(owner.organization))
    login(client, owner)

    answer = client.post(
        url(owner, "cohort_invite_new", cohort.pk), {"query": "side=mentee", "count": "2"},
        follow=True,
    )  # fmt: skip

    assert "Open enrollment first; then invite." in answer.text
    assert messages(owner, KIND) == []


def test_nobody_is_invited_after_the_last_day():
    owner = create_owner()
    cohort = create_cohort(owner, enrollment_closes_on=NOON.date() - timedelta(days=1))
    with pytest.raises(NotInviting):
        ask(owner, cohort, create_member(owner.organization))


def test_before_enrollment_opens_the_mail_waits_for_its_morning(mails):
    owner = create_owner(create_organization(time_zone="Europe/Berlin"))
    opens = NOON.date() + timedelta(days=2)
    cohort = create_cohort(owner, enrollment_opens_on=opens)
    ask(owner, cohort, create_member(owner.organization))

    deliver(owner, at=NOON + timedelta(hours=43, minutes=59))
    assert mails() == []
    deliver(owner, at=NOON + timedelta(hours=44))
    assert len(mails()) == 1


@pytest.mark.parametrize(
    ("side", "subject", "words"),
    [
        (Side.MENTOR, "What do you know that leaders here may not?", "You need no title, no CV"),
        (
            Side.MENTEE,
            "Learn from somebody who sees what you do not: Program of Spring",
            "about 45 minutes a month",
        ),
    ],
)
def test_the_mail_speaks_to_the_side(mails, side, subject, words):
    owner = create_owner()
    ask(owner, create_cohort(owner), create_member(owner.organization), side=side)

    deliver(owner)

    (mail,) = mails()
    assert mail["Subject"] == subject
    text = " ".join(text_of(mail, "plain").split())
    assert words in text
    assert "Enroll until: 11 Dec 2026" in text
    assert mail["Reply-To"] is None


def test_the_mail_leads_to_the_enrollment_and_to_no_thanks(mails):
    owner = create_owner()
    cohort = create_cohort(owner)
    ask(owner, cohort, create_member(owner.organization), side=Side.MENTOR)

    deliver(owner)

    text = text_of(mails()[0], "plain")
    assert url(owner, "enroll", cohort.pk, "mentor") in text
    assert url(owner, "cohort_no_thanks", cohort.pk) in text


def test_who_never_joined_joins_by_the_same_mail_and_goes_on_to_enroll(client, mails):
    owner = create_owner()
    cohort = create_cohort(owner)
    listed = create_listed(owner.organization, name="Ada", email="ada@example.org")
    ask(owner, cohort, listed)

    deliver(owner)

    (mail,) = mails()
    (path,) = re.findall(r"(/invitations/\S+/)\s", text_of(mail, "plain"))
    assert "No, thanks" not in text_of(mail, "plain")
    login(client, create_user("Ada L", email="ada@example.org"))
    answer = client.post(path)
    assert answer.url == url(owner, "enroll", cohort.pk, "mentee")
    with inside(owner.organization_id):
        joined = Member.objects.get(pk=listed.pk)
        (door,) = Invitation.objects.all()
    assert joined.user is not None
    assert door.expires_at.date() > CLOSES


def test_a_way_in_that_was_revoked_is_not_mailed(mails):
    owner = create_owner()
    ask(owner, create_cohort(owner), create_listed(owner.organization))
    with inside(owner.organization_id):
        revoke(invitation=Invitation.objects.get(), actor=owner, now=NOON)

    deliver(owner)

    assert mails() == []


def test_an_open_invitation_into_the_organization_keeps_its_link():
    owner = create_owner()
    listed = create_listed(owner.organization, email="ada@example.org")
    first, second = create_cohort(owner), create_cohort(owner, "Autumn")
    ask(owner, first, listed)
    with inside(owner.organization_id):
        before = Invitation.objects.get().token_digest

    ask(owner, second, listed, side=Side.MENTOR)

    with inside(owner.organization_id):
        door = Invitation.objects.get()
    assert door.token_digest == before
    assert door.next_path == url(owner, "enroll", second.pk, "mentor")


@pytest.mark.parametrize(
    "change", [{"on_leave": True}, {"deactivated_at": NOON}, {"enrolls": True}, {"declines": True}]
)
def test_right_before_sending_it_is_checked_whether_it_is_wanted(mails, client, change):
    owner = create_owner()
    cohort = create_cohort(owner)
    ada = create_member(owner.organization)
    ask(owner, cohort, ada)
    if change.pop("enrolls", False):
        enroll(cohort, ada, side=Side.MENTOR)
    if change.pop("declines", False):
        login(client, ada).post(url(owner, "cohort_no_thanks", cohort.pk))
    with inside(owner.organization_id):
        Member.objects.filter(pk=ada.pk).update(name="Ada", **change)

    deliver(owner)

    assert mails() == []
    assert [state for _, state in messages(owner, KIND)] == ["skipped"]


def test_no_thanks_is_shown_by_get_and_recorded_by_post(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    ada = create_member(owner.organization)
    ask(owner, cohort, ada)
    login(client, ada)
    address = url(owner, "cohort_no_thanks", cohort.pk)

    def declined_at():
        with inside(owner.organization_id):
            return CohortInvitation.objects.get().declined_at

    assert "Not for you this time?" in client.get(address).text
    assert declined_at() is None
    assert "Thank you for saying so" in client.post(address, follow=True).text
    assert declined_at() == NOON
    client.post(address, {"again": "on"})
    assert declined_at() is None


def test_only_the_invited_person_can_turn_it_down(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    ask(owner, cohort, create_member(owner.organization))
    login(client, create_member(owner.organization))

    assert client.post(url(owner, "cohort_no_thanks", cohort.pk)).status_code == 404


def test_a_sponsor_without_a_role_invites_in_the_own_name(client, mails):
    owner = create_owner()
    sponsor = create_member(owner.organization, name="Sol Berg", email="sol@example.org")
    cohort = create_cohort(owner)
    with inside(owner.organization_id):
        Program.objects.update(sponsor=sponsor)
    create_member(owner.organization, name="Ada Lovelace", email="ada@example.org")
    login(client, sponsor)
    address = url(owner, "cohort_invite_personally", cohort.pk)
    assert address in client.get(url(owner, "own_sponsoring")).text

    answer = client.post(
        address, {"side": "mentee", "people": "ada lovelace", "note": "I did it myself.\nDo it!"},
        follow=True,
    )  # fmt: skip
    deliver(owner)

    assert "1 invitation is on its way, in your name." in answer.text
    (mail,) = mails()
    assert mail["Subject"] == "Sol Berg invites you to Program of Spring"
    assert mail["Reply-To"] == "Sol Berg <sol@example.org>"
    text = " ".join(text_of(mail, "plain").split())
    assert "Sol Berg invites you personally to Program of Spring." in text
    assert "I did it myself. Do it!" in text


def test_unknown_and_ambiguous_names_are_said_and_nothing_is_lost(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    for _ in range(2):
        create_member(owner.organization, name="Ada")
    login(client, owner)

    answer = client.post(
        url(owner, "cohort_invite_personally", cohort.pk),
        {"side": "mentee", "people": "Ada\nBob", "note": "Dear you"},
    )

    assert "Nobody is called “Bob”." in answer.text
    assert "Several people are called “Ada”." in answer.text
    assert "Dear you" in answer.text
    assert invited(owner) == []


def test_others_cannot_invite_personally(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    login(client, create_member(owner.organization))

    assert client.get(url(owner, "cohort_invite_personally", cohort.pk)).status_code == 404


def test_who_left_and_came_back_can_be_invited_again():
    owner = create_owner()
    cohort = create_cohort(owner)
    ada = create_member(owner.organization)
    ask(owner, cohort, ada)
    with inside(owner.organization_id):
        say_goodbye(members=[ada], now=NOON)

    assert len(ask(owner, cohort, ada)) == 1


def test_gone_people_take_part_in_nothing_any_more():
    owner = create_owner()
    cohort = create_cohort(owner)
    ada, bob = (create_member(owner.organization) for _ in range(2))
    rows = [enroll(cohort, ada), enroll(cohort, bob)]
    draft = enroll(create_cohort(owner, "Autumn"), ada, state=ParticipantState.DRAFT)
    ask(owner, cohort, create_member(owner.organization))

    with inside(owner.organization_id):
        say_goodbye(members=[ada], now=NOON)

    with inside(owner.organization_id):
        for row in (*rows, draft):
            row.refresh_from_db()
        assert CohortInvitation.objects.exclude(ended_at=None).count() == 0
    assert [row.state for row in (*rows, draft)] == ["withdrawn", "pending", "withdrawn"]


def test_a_whole_organization_is_invited_in_a_constant_number_of_queries(
    django_assert_max_num_queries,
):
    owner = create_owner()
    cohort = create_cohort(owner)
    with inside(owner.organization_id):
        people = Member.objects.bulk_create(
            [Member(name=f"P {n}", email=f"p{n}@example.org") for n in range(1_000)]
        )

    with django_assert_max_num_queries(40):
        sent = ask(owner, cohort, *people)

    assert len(sent) == 1_000
    assert len(messages(owner, KIND)) == 1_000


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_however_long(client, django_assert_num_queries, count):
    owner = create_owner()
    cohort = create_cohort(owner)
    ask(owner, cohort, *(create_listed(owner.organization) for _ in range(count)))
    login(client, owner)
    client.get(url(owner, "cohort_invite", cohort.pk))

    with django_assert_num_queries(13):
        client.get(url(owner, "cohort_invite", cohort.pk), {"size": "100"})
