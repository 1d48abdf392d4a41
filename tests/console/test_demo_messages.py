"""Pairs of the demo write to each other, and somebody has turned to the owner."""

import pytest
from django.utils import timezone

from mentoring.console.demo.messages import CONCERN, TALK, raise_one, talk
from mentoring.pairings.models import Concern
from mentoring.pairings.queries.concerns import told
from programs.models import Program
from tests.factories import create_member, create_owner, inside
from tests.pairings.talking import texts_of
from tests.pairings.test_stepping_out import create_pair, name_contact

pytestmark = pytest.mark.django_db


def test_a_live_pair_has_a_short_conversation_of_which_the_last_word_is_unread():
    ada, carl, pairing = create_pair()
    with inside(pairing.organization_id):
        talk([_fresh(pairing)], mark="KANARI ", now=timezone.now())

    assert texts_of(pairing, ada.member) == [f"KANARI {text}" for _side, text in TALK]
    with inside(pairing.organization_id, member_id=carl.member_id):
        rows = pairing.messages.order_by("written_at")
        assert [bool(each.read_at) for each in rows] == [True, True, False]


@pytest.mark.parametrize("is_close", [False, True])
def test_a_concern_reaches_the_owner_who_is_the_contact_no_more(is_close):
    ada, _carl, pairing = create_pair()
    owner = create_owner(pairing.cohort.organization)
    contact = create_member(pairing.cohort.organization)
    name_contact(pairing, contact)
    with inside(pairing.organization_id):
        if is_close:
            type(owner).objects.filter(pk=ada.member_id).update(manager=owner)
        done = raise_one([_fresh(pairing)], owner, mark="KANARI ", now=timezone.now())

    with inside(pairing.organization_id, member_id=owner.pk):
        texts = [told(each, owner).text for each in Concern.objects.all()]
        assert Program.objects.get().concern_contact_id == contact.pk
    assert (done, texts) == ((False, []) if is_close else (True, [f"KANARI {CONCERN}"]))


def _fresh(pairing):
    pairing.refresh_from_db()
    return pairing
