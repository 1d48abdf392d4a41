"""Somebody of a pair goes on leave: the partner learns that, and neither why nor until when."""

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import Member
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from programs.models import Participant
from tests.accounts.chart.test_records import record
from tests.accounts.lists import applied, people_list
from tests.factories import create_owner, inside, login, reload, url
from tests.pairings.people import answer, days, deliver, main_of, own_page, sent, today
from tests.pairings.test_stepping_out import SIDES, create_pair

pytestmark = pytest.mark.django_db(databases=["default", "cache", "system"])
AWAY = "pairings.partner_away"
HEADINGS = ("Name", "E-mail", "On leave")


def by_record(client, owner, member, *, on_leave):
    form = record(member, **({"on_leave": "on"} if on_leave else {}))
    assert login(client, owner).post(url(owner, "person_edit", member.pk), form).status_code == 302


def by_list(client, owner, member, *, on_leave):
    row = (member.name, member.email, "yes" if on_leave else "no")
    assert applied(owner, people_list(row, headings=HEADINGS)).state == "applied"


def set_leave(member, *, on_leave):
    with inside(member.organization_id):
        Member.objects.filter(pk=member.pk).update(on_leave=on_leave)


@pytest.mark.parametrize("change", [by_record, by_list])
@pytest.mark.parametrize(("who", "other"), SIDES)
def test_the_partner_is_told_once_without_a_day_or_a_reason(client, mails, change, who, other):
    *two, pairing = create_pair()
    owner = create_owner(pairing.cohort.organization)
    for _ in range(2):
        change(client, owner, two[who].member, on_leave=True)
        deliver(pairing.cohort)

    assert sent(pairing.cohort, AWAY) == [two[other].member.email]
    name = two[who].member.name
    (mail,) = [each for each in mails() if each["Subject"] == f"{name} has a break"]
    for part in ("plain", "html"):
        words = " ".join(text_of(mail, part).split())
        assert f"{name} has a break. You need not do anything meanwhile." in words
        assert "See your pair" in words
        assert ("leave" in words.lower(), "None" in words) == (False, False)
    with inside(pairing.organization_id):
        assert Message.objects.filter(kind=f"{AWAY}.bell", state="sent").count() == 1


@pytest.mark.parametrize("change", [by_record, by_list])
def test_another_leave_is_told_again_and_an_end_to_nobody(client, change):
    ada, carl, pairing = create_pair()
    owner = create_owner(pairing.cohort.organization)
    for on_leave in (True, False, True, False):
        change(client, owner, carl.member, on_leave=on_leave)
        deliver(pairing.cohort)
    assert sent(pairing.cohort, AWAY) == [ada.member.email] * 2


def test_who_is_back_before_the_mail_leaves_was_never_away(client):
    _ada, carl, pairing = create_pair()
    owner = create_owner(pairing.cohort.organization)
    for on_leave in (True, False):
        by_record(client, owner, carl.member, on_leave=on_leave)
    deliver(pairing.cohort)
    assert sent(pairing.cohort, AWAY) == []


def test_nobody_hears_of_it_after_the_pair_has_ended(client):
    ada, carl, pairing = create_pair()
    owner = create_owner(pairing.cohort.organization)
    answer(client, ada, pairing, "step_out")
    by_record(client, owner, carl.member, on_leave=True)
    with inside(pairing.organization_id):
        assert not Message.objects.filter(kind=AWAY).exists()


def test_the_page_of_the_pair_says_the_same_for_a_leave_as_for_a_break(client):
    ada, carl, pairing = create_pair()
    said = "Carl has a break. You need not do anything meanwhile."
    assert said not in main_of(own_page(client, ada.member, pairing))
    set_leave(carl.member, on_leave=True)
    with inside(pairing.organization_id):
        Participant.objects.filter(pk=carl.pk).update(paused_until=today() + days(9))

    assert said in main_of(own_page(client, ada.member, pairing))
    assert "You need not do anything" not in main_of(own_page(client, carl.member, pairing))

    set_leave(carl.member, on_leave=False)
    page = main_of(own_page(client, ada.member, pairing))
    assert ("You need not do anything until then." in page, said in page) == (True, False)


def test_a_break_of_the_two_does_not_change_the_day_that_the_partner_reads(client, mails):
    ada, carl, pairing = create_pair()
    day = timezone.now().date()
    for who, view, key, number in (
        (ada, "pair_pause", pairing.pk, 40),
        (carl, "participation_pause", carl.pk, 20),
    ):
        until = (day + days(number)).isoformat()
        login(client, who.member).post(url(who.member, view, key), {"until": until})
    deliver(pairing.cohort)
    (mail,) = [each for each in mails() if each["Subject"].startswith("Carl")]
    assert mail["Subject"] == f"Carl has a break until {date_format(day + days(20))}"
    assert reload(pairing).paused_until == day + days(40)
