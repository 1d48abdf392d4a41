"""Ending a pair as one of the two, and whom to turn to."""

import pytest
from django.utils import timezone

from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.answers import accept
from mentoring.pairings.operations.endings import step_out
from programs.enums import Side
from tests.factories import create_member, inside, login, reload, url
from tests.pairings.people import (
    answer,
    create_two,
    deliver,
    main_of,
    own_page,
    propose,
    sent,
    states_of,
)
from tests.pairings.test_races import at_once
from tests.profiles.people import take_part

KIND = "pairings.partner_stepped_out"
SIDES = [(0, 1), (1, 0)]


def create_pair(two=None):
    """Ada and Carl, after both said yes."""
    ada, carl = two or create_two()
    (pairing,) = propose((ada, carl))
    for side in (Side.MENTEE, Side.MENTOR):
        with inside(ada.organization_id):
            accept(pairing=reload(pairing), side=side, now=timezone.now())
    return ada, carl, pairing


def others(pairing):
    """Ben and Dora, another mentor and another mentee."""
    return (
        take_part(pairing.cohort, Side.MENTOR, name="Ben"),
        take_part(pairing.cohort, Side.MENTEE, name="Dora"),
    )


def name_contact(pairing, contact) -> None:
    with inside(pairing.organization_id):
        type(pairing.cohort.program).objects.update(concern_contact=contact)


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "other"), SIDES)
def test_either_side_ends_the_pair_and_the_other_reads_no_reason(client, mails, who, other):
    *two, pairing = create_pair()

    said = answer(client, two[who], pairing, "step_out")
    deliver(pairing.cohort)

    ended = reload(pairing)
    assert (ended.state, ended.mentor_place, ended.mentee_place) == ("withdrawn", None, None)
    assert ended.ended_at is not None
    assert f"{two[other].member} reads that, and no reason." in said.text
    assert sent(pairing.cohort, KIND) == [two[other].member.email]
    text = text_of(mails()[-1], "plain")
    assert f"Your pair with {two[who].member} has ended." in text
    assert "You were a pair. This is over." in own_page(client, two[other].member, pairing).text


@pytest.mark.django_db
def test_twice_is_once(client):
    ada, carl, pairing = create_pair()
    answer(client, ada, pairing, "step_out")

    late = answer(client, carl, pairing, "step_out")
    deliver(pairing.cohort)

    assert "This is not open any more." in late.text
    assert sent(pairing.cohort, KIND) == [carl.member.email]


def test_two_at_once_end_it_once(committed_db):
    ada, _carl, pairing = create_pair()

    def leaving(side):
        return lambda: str(step_out(pairing=pairing, side=side, now=timezone.now()))

    assert at_once(ada.organization_id, *map(leaving, Side)) == ["False", "True"]
    with inside(ada.organization_id):
        assert Message.objects.filter(kind=KIND).count() == 1


@pytest.mark.django_db
def test_a_paused_pair_can_be_ended_and_a_proposal_only_answered(client):
    ada, _carl, pairing = create_pair()
    with inside(ada.organization_id):
        Pairing.objects.filter(pk=pairing.pk).update(state=PairingState.PAUSED)
    ben, dora = others(pairing)
    (proposal,) = propose((ben, dora))

    answer(client, ada, pairing, "step_out")
    refused = answer(client, dora, proposal, "step_out")

    assert "This is not open any more." in refused.text
    assert states_of([pairing, proposal]) == ["withdrawn", "proposed"]


@pytest.mark.django_db
def test_strangers_and_people_who_know_nothing_of_it_find_nothing(client):
    _ada, _carl, pairing = create_pair()
    ben, dora = others(pairing)
    (proposal,) = propose((ben, dora))
    stranger = create_member(pairing.cohort.organization)

    for member, each in ((stranger, pairing), (dora.member, pairing), (ben.member, proposal)):
        address = url(member, "pair_step_out", each.pk)
        assert login(client, member).post(address).status_code == 404
    assert states_of([pairing, proposal]) == ["introductory", "proposed"]


@pytest.mark.django_db
def test_places_are_free_for_others_afterwards(client):
    ada, carl, pairing = create_pair()
    answer(client, carl, pairing, "step_out")
    other = take_part(pairing.cohort, Side.MENTEE, name="Eve")

    create_pair((ada, other))

    with inside(ada.organization_id):
        assert Pairing.objects.live().count() == 1


@pytest.mark.django_db
def test_the_page_of_a_pair_names_the_contact_for_concerns(client):
    ada, carl, pairing = create_pair()
    contact = create_member(
        pairing.cohort.organization, name="Nora O'Neil", email="nora@example.org"
    )
    name_contact(pairing, contact)

    for each in (ada, carl):
        text = main_of(own_page(client, each.member, pairing))
        assert "Nora O&#x27;Neil is there for concerns" in text
        assert 'href="mailto:nora@example.org"' in text
    answer(client, ada, pairing, "step_out")
    assert "Nora" not in main_of(own_page(client, carl.member, pairing))


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["nobody", "gone", "above", "partner"])
def test_a_contact_who_is_close_or_gone_is_not_named(client, how):
    ada, carl, pairing = create_pair()
    contact = create_member(pairing.cohort.organization, name="Nora", email="nora@example.org")
    with inside(ada.organization_id):
        if how == "gone":
            type(contact).objects.filter(pk=contact.pk).update(deactivated_at=timezone.now())
        if how == "above":
            type(contact).objects.filter(pk=carl.member_id).update(manager=contact)
    name_contact(pairing, {"nobody": None, "partner": carl.member}.get(how, contact))

    text = main_of(own_page(client, ada.member, pairing))

    assert "You can turn to the people who run" in text
    assert "mailto:" not in text
