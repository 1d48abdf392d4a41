"""A concern whose recipient is away: only the reporter decides who reads it instead."""

import pytest
from django.utils import timezone

from accounts.models import Member
from mentoring.outbox.models import Message
from mentoring.pairings.models import Concern
from mentoring.pairings.operations.concerns import CONCERN, MOST_A_DAY
from tests.factories import create_member, create_owner, inside, login, url
from tests.pairings.people import answer, days, deliver, main_of, own_page, sent
from tests.pairings.test_concerns import concerns_of, create_trouble, turn_to

pytestmark = pytest.mark.django_db


def create_stranded(client):
    """Ada told Nora, who has left; Olga, an owner, could read it instead."""
    ada, carl, nora, pairing = create_trouble()
    olga = create_owner(pairing.cohort.organization, name="Olga")
    turn_to(client, ada, pairing)
    deliver(pairing.cohort)
    away(nora)
    (concern,) = concerns_of(pairing, ada.member_id)
    concern.pairing = pairing
    return ada, carl, nora, olga, concern


def away(member: Member, **fields) -> None:
    fields = fields or {"deactivated_at": timezone.now()}
    with inside(member.organization):
        Member.objects.filter(pk=member.pk).update(**fields)


def hand_on(client, who, concern):
    address = url(who.member, "concern_hand_on", concern.pk)
    return login(client, who.member).post(address, follow=True)


def home(client, who):
    return main_of(login(client, who.member).get(url(who.member, "organization")))


def recipient_of(concern) -> str:
    with inside(concern.organization_id, member_id=concern.reporter_id):
        return Concern.objects.select_related("recipient").get(pk=concern.pk).recipient.name


def test_the_reporter_is_asked_first_thing_and_nobody_else_is(client):
    ada, carl, _nora, _olga, concern = create_stranded(client)

    assert "is away and has not looked into your concern" in home(client, ada)
    assert "Let Olga read it" in main_of(own_page(client, ada.member, concern.pairing))
    assert recipient_of(concern) == "Nora O'Neil"
    assert "concern" not in home(client, carl)
    assert "Olga" not in own_page(client, carl.member, concern.pairing).text


def test_with_the_reporters_yes_the_other_reads_it_and_the_first_does_not(client):
    ada, _carl, nora, olga, concern = create_stranded(client)

    said = hand_on(client, ada, concern)
    deliver(concern.pairing.cohort)

    assert "Olga gets a mail now" in said.text
    assert sent(concern.pairing.cohort, CONCERN) == sorted([nora.email, olga.email])
    page = login(client, olga).get(url(olga, "concern", concern.pk))
    assert "It&#x27;s &lt;b&gt;unkind" in main_of(page)
    assert "is away" not in home(client, ada)
    away(nora, deactivated_at=None)
    assert login(client, nora).get(url(nora, "concern", concern.pk)).status_code == 404


def test_a_leave_counts_and_who_comes_back_keeps_the_concern(client):
    ada, _carl, nora, _olga, concern = create_stranded(client)
    away(nora, deactivated_at=None, on_leave=True)
    assert "Let Olga read it" in main_of(own_page(client, ada.member, concern.pairing))

    away(nora, on_leave=False)
    assert "is away" not in home(client, ada)
    said = hand_on(client, ada, concern)

    assert "Nothing has changed." in said.text
    assert recipient_of(concern) == "Nora O'Neil"


def test_what_was_looked_into_stays_where_it_is(client):
    ada, _carl, nora, _olga, concern = create_stranded(client)
    with inside(concern.organization_id, member_id=nora.pk):
        Concern.objects.update(looked_at=timezone.now())

    assert "is away" not in home(client, ada)
    assert "Nothing has changed." in hand_on(client, ada, concern).text
    assert recipient_of(concern) == "Nora O'Neil"


def test_with_nobody_else_it_says_so(client):
    ada, _carl, _nora, olga, concern = create_stranded(client)
    away(olga)
    page = main_of(own_page(client, ada.member, concern.pairing))
    assert "There is nobody outside of both your reporting lines right now." in page
    assert "There is nobody outside" in hand_on(client, ada, concern).text
    assert recipient_of(concern) == "Nora O'Neil"


def test_nobody_hands_on_what_another_has_raised(client):
    _ada, carl, _nora, olga, concern = create_stranded(client)
    third = create_member(concern.pairing.cohort.organization)
    for who in (carl.member, olga, third, create_owner()):
        address = url(who, "concern_hand_on", concern.pk)
        assert login(client, who).post(address).status_code == 404
    assert recipient_of(concern) == "Nora O'Neil"


def test_pressing_twice_sends_one_mail(client):
    ada, _carl, _nora, olga, concern = create_stranded(client)
    hand_on(client, ada, concern)
    hand_on(client, ada, concern)
    with inside(concern.organization_id):
        assert Message.objects.filter(kind=CONCERN, recipient=olga.email).count() == 1


def test_it_still_works_after_the_end_of_the_pair(client):
    ada, carl, _nora, _olga, concern = create_stranded(client)
    answer(client, carl, concern.pairing, "step_out")
    assert "Let Olga read it" in main_of(own_page(client, ada.member, concern.pairing))
    hand_on(client, ada, concern)
    assert recipient_of(concern) == "Olga"


def test_a_sixth_concern_in_a_day_is_not_taken_and_keeps_its_words(client):
    ada, carl, _nora, pairing = create_trouble()
    for _ in range(MOST_A_DAY):
        turn_to(client, ada, pairing)

    said = turn_to(client, ada, pairing, text="One more")

    assert "You have raised five concerns today." in main_of(said)
    assert "One more</textarea>" in main_of(said)
    assert len(concerns_of(pairing, ada.member_id)) == MOST_A_DAY
    turn_to(client, carl, pairing)
    assert len(concerns_of(pairing, carl.member_id)) == 1
    with inside(pairing.organization_id, member_id=ada.member_id):
        Concern.objects.update(raised_at=timezone.now() - days(1))
    assert "gets a mail now" in turn_to(client, ada, pairing).text
