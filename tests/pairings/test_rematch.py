"""Asking for somebody else, and a pair that is ended by those who run it."""

import re
from functools import partial

import pytest
from django.utils import timezone

from accounts.enums import Reach, Role
from accounts.models import AuditEvent
from mentoring.matching.assembling.links import history_of
from mentoring.meetings.models import Meeting
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from mentoring.pairings.operations import wishes
from mentoring.pairings.operations.rematch import end_for_both
from mentoring.pairings.wishes import SOMEBODY_ELSE
from programs.enums import CohortState, Side
from tests.factories import create_member, create_owner, inside, login, reload, url
from tests.meetings.people import plan
from tests.pairings.people import create_two, deliver, main_of, own_page, propose, sent, states_of
from tests.pairings.test_races import at_once
from tests.pairings.test_stepping_out import SIDES, create_pair
from tests.profiles.people import create_cohort, take_part

ASKED = "pairings.rematch_asked"
LINK = re.compile(r"https?://\S+")
ENDED = "pairings.ended_for_both"


def wish(client, who, pairing, what="another"):
    member = who.member
    page = login(client, member).post(
        url(member, "pair_rematch", pairing.pk), {"wish": what}, follow=True
    )
    return main_of(page) + page.text


def end_page(client, member, pairing, method="get", **more):
    address = url(member, "cohort_pair_end", pairing.cohort_id, pairing.pk)
    return getattr(login(client, member), method)(address, **more)


def board(client, member, pairing):
    return main_of(login(client, member).get(url(member, "cohort_health", pairing.cohort_id)))


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "other"), SIDES)
def test_those_who_run_the_cohort_hear_who_asks_and_the_partner_does_not(client, mails, who, other):
    *two, pairing = create_pair()
    owner = create_owner(pairing.cohort.organization)

    said = wish(client, two[who], pairing)
    deliver(pairing.cohort)

    assert "The people who run this know it now, and will get in touch." in said
    assert "You have asked for somebody else" in said
    assert sent(pairing.cohort, ASKED) == [owner.email]
    assert f"{two[who].member} asks for somebody else." in text_of(mails()[-1], "plain")
    assert "asks for somebody else, in confidence" in board(client, owner, pairing)
    theirs = own_page(client, two[other].member, pairing).text
    assert "asked for somebody else" not in theirs
    assert states_of([pairing]) == ["introductory"]


@pytest.mark.django_db
def test_who_changes_their_mind_is_not_looked_after_any_more(client):
    ada, _carl, pairing = create_pair()
    owner = create_owner(pairing.cohort.organization)
    wish(client, ada, pairing)
    wish(client, ada, pairing, "another")

    said = wish(client, ada, pairing, "stay")
    deliver(pairing.cohort)

    assert "Your pair goes on, and nobody looks for somebody else." in said
    assert "You have asked for somebody else" not in said
    assert sent(pairing.cohort, ASKED) == []
    assert "asks for somebody else" not in board(client, owner, pairing)


@pytest.mark.django_db
def test_asking_twice_tells_once_and_anew_after_taking_it_back(client):
    ada, _carl, pairing = create_pair()
    owner = create_owner(pairing.cohort.organization)
    wish(client, ada, pairing)
    deliver(pairing.cohort)
    wish(client, ada, pairing)
    deliver(pairing.cohort)
    assert sent(pairing.cohort, ASKED) == [owner.email]
    wish(client, ada, pairing, "stay")
    wish(client, ada, pairing)
    deliver(pairing.cohort)
    assert sent(pairing.cohort, ASKED) == [owner.email, owner.email]


@pytest.mark.django_db
def test_who_runs_the_program_and_is_one_of_the_two_is_not_the_one_who_hears(client):
    ada, carl, pairing = create_pair()
    here = pairing.cohort.organization
    create_owner(here, name="Only owner")
    with inside(here):
        carl.member.roles = [Role.PROGRAM_ADMIN]
        carl.member.save()
    wish(client, ada, pairing)
    deliver(pairing.cohort)
    assert carl.member.email not in sent(pairing.cohort, ASKED)
    assert len(sent(pairing.cohort, ASKED)) == 1
    assert "asks for somebody else" not in board(client, carl.member, pairing)


@pytest.mark.django_db
def test_both_read_the_same_words_and_the_places_are_free(client, mails):
    ada, carl, pairing = create_pair()
    owner = create_owner(pairing.cohort.organization)
    meeting = plan(pairing, by=ada)
    wish(client, ada, pairing)

    page = end_page(client, owner, pairing)
    assert "End the pair of Ada and Carl?" in main_of(page)
    said = end_page(client, owner, pairing, "post", follow=True)
    deliver(pairing.cohort)

    ended = reload(pairing)
    assert (ended.state, ended.mentor_place, ended.mentee_place) == ("withdrawn", None, None)
    assert ended.rematch_asked_by_mentor_at is None
    assert "The pair of Ada and Carl has ended." in said.text
    assert said.redirect_chain[-1][0] == url(owner, "cohort_matching", pairing.cohort_id)
    assert sent(pairing.cohort, ENDED) == [ada.member.email, carl.member.email]
    texts = {
        LINK.sub("", text_of(each, "plain").replace("Ada", "X").replace("Carl", "X"))
        for each in mails()
        if "your pair with" in each["Subject"]
    }
    assert len(texts) == 1
    assert "No reason is kept, and it says nothing about either of you" in texts.pop()
    with inside(ada.organization_id):
        assert Meeting.objects.get(pk=meeting.pk).state == "cancelled"
        two = (ada.member_id, carl.member_id)
        assert two in history_of(pairing.cohort).blocked


@pytest.mark.django_db
def test_the_audit_log_keeps_who_ended_it_and_no_reason(client):
    ada, _carl, pairing = create_pair()
    owner = create_owner(pairing.cohort.organization)
    wish(client, ada, pairing)
    end_page(client, owner, pairing, "post")
    with inside(owner.organization):
        events = AuditEvent.objects.filter(action="pairs.ended")
        (event,) = events.values("actor_id", "subject_id", "subject_name", "details")
    assert event == {
        "actor_id": owner.pk,
        "subject_id": pairing.pk,
        "subject_name": "Ada & Carl",
        "details": {},
    }


@pytest.mark.django_db
def test_a_pair_that_has_ended_meanwhile_is_told_nothing_twice(client):
    ada, _carl, pairing = create_pair()
    owner = create_owner(pairing.cohort.organization)
    end_page(client, owner, pairing, "post")
    again = end_page(client, owner, pairing, "post", follow=True)
    deliver(pairing.cohort)
    assert "This pair has ended already. Nobody is told again." in again.text
    assert len(sent(pairing.cohort, ENDED)) == 2
    late = wish(client, ada, pairing)
    assert "This is not open any more." in late


@pytest.mark.django_db
def test_only_those_who_run_the_cohort_end_its_pairs_and_none_of_another(client):
    ada, carl, pairing = create_pair()
    here = ada.cohort.organization
    second = create_cohort(here, state=CohortState.MATCHING)
    others = [take_part(second, side) for side in Side]
    _, _, elsewhere = create_pair(others)
    analyst = create_member(here, roles=[Role.HR_ANALYST])
    narrowed = create_member(here, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS)
    owner = create_owner(here)
    who = (analyst, ada.member, carl.member, narrowed, create_owner())
    codes = [end_page(client, each, pairing, "post").status_code for each in who]
    assert codes == [403, 403, 403, 404, 404]
    address = url(owner, "cohort_pair_end", pairing.cohort_id, elsewhere.pk)
    assert login(client, owner).post(address).status_code == 404
    third = create_member(here)
    address = url(third, "pair_rematch", pairing.pk)
    assert login(client, third).post(address).status_code == 404
    assert states_of([pairing]) == ["introductory"]


@pytest.mark.django_db
def test_proposals_are_not_ended_there(client):
    (pairing,) = propose(create_two())
    assert end_page(client, create_owner(pairing.cohort.organization), pairing).status_code == 404


def test_ended_by_two_admins_at_once_it_is_told_once(committed_db):
    _ada, _carl, pairing = create_pair()
    actors = [create_owner(pairing.cohort.organization) for _ in range(2)]

    def end(actor):
        is_new = end_for_both(pairing=pairing, actor=actor, now=timezone.now())
        return "ended" if is_new else "over"

    done = at_once(pairing.organization_id, *(partial(end, actor) for actor in actors))
    assert done == ["ended", "over"]
    with inside(pairing.organization_id):
        assert Message.objects.filter(kind=ENDED).count() == 2
        assert AuditEvent.objects.filter(action="pairs.ended").count() == 1


def test_both_may_ask_at_once_and_both_are_kept(committed_db):
    *_, pairing = create_pair()

    def ask(side):
        is_live = wishes.ask(SOMEBODY_ELSE, pairing=pairing, side=side, now=timezone.now())
        return "asked" if is_live else "over"

    done = at_once(pairing.organization_id, *(partial(ask, side) for side in Side))
    assert done == ["asked", "asked"]
    found = reload(pairing)
    assert found.rematch_asked_by_mentor_at is not None
    assert found.rematch_asked_by_mentee_at is not None


@pytest.mark.django_db
def test_a_free_mentor_is_found_again_for_somebody_else(client):
    ada, _carl, pairing = create_pair()
    dora = take_part(pairing.cohort, Side.MENTEE, name="Dora")
    owner = create_owner(pairing.cohort.organization)
    end_page(client, owner, pairing, "post")
    page = login(client, dora.member).get(url(dora.member, "discover")).text
    assert str(ada.member) in page
