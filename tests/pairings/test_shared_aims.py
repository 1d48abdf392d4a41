"""The mentor of a pair reads what the mentee wants to reach, as was promised, and nobody else."""

import pytest
from django.core.management import call_command
from django.db import connection

from mentoring.pairings.models import Pairing, SharedAims
from mentoring.pairings.operations.aims import forget_aims, share_aims
from mentoring.profiles.models import Aims
from mentoring.profiles.sealed import AIMS, CHALLENGES, seal
from mentoring.tenancy.scope import within
from tests.factories import create_owner, inside, login, url
from tests.pairings.people import answer, ask, create_two, deliver, main_of, own_page
from tests.pairings.test_stepping_out import create_pair
from tests.profiles.test_key_rotation import rotation

__all__ = ["rotation"]
AIM = "To hear what my “open door” looks like from outside"
HARD = "Nobody contradicts me"


def state_aims(carl, aims: str = AIM, challenges: str = HARD) -> None:
    with inside(carl.organization_id, member_id=carl.member_id):
        Aims.objects.update_or_create(
            participant=carl,
            member_id=carl.member_id,
            defaults={
                "aims": seal(aims, purpose=AIMS),
                "challenges": seal(challenges, purpose=CHALLENGES),
            },
        )


def create_pair_with_aims():
    ada, carl = create_two()
    state_aims(carl)
    _, _, pairing = create_pair((ada, carl))
    deliver(ada.cohort)
    return ada, carl, pairing


def page_of(client, participant, pairing) -> str:
    return main_of(own_page(client, participant.member, pairing))


@pytest.mark.django_db
def test_both_read_them_once_they_are_a_pair(client):
    ada, carl, pairing = create_pair_with_aims()
    to_ada, to_carl = (page_of(client, each, pairing) for each in (ada, carl))

    assert "What Carl wants to reach" in to_ada
    assert "Carl wrote this for you." in to_ada
    assert "What you want to reach" in to_carl
    assert "Ada reads this, and nobody else." in to_carl
    for page in (to_ada, to_carl):
        assert AIM in page
        assert HARD in page


@pytest.mark.django_db
def test_nobody_reads_them_before(client):
    ada, carl = create_two()
    state_aims(carl)
    pairing = ask(carl, ada)
    deliver(ada.cohort)
    assert AIM not in page_of(client, ada, pairing)
    with inside(ada.organization_id, member_id=carl.member_id):
        assert SharedAims.objects.count() == 0


@pytest.mark.django_db
def test_who_stated_none_shares_none(client):
    ada, carl = create_two()
    state_aims(carl, "", "")
    _, _, pairing = create_pair((ada, carl))
    deliver(ada.cohort)
    assert "wants to reach" not in page_of(client, ada, pairing)


@pytest.mark.django_db
def test_later_changes_follow(client):
    ada, carl, pairing = create_pair_with_aims()
    step = url(carl.member, "enroll_step", carl.cohort_id, "mentee", "aims")
    login(client, carl.member).post(step, {"aims": "To listen more", "challenges": ""})
    deliver(ada.cohort)

    page = page_of(client, ada, pairing)
    assert "To listen more" in page
    assert HARD not in page

    client.force_login(carl.member.user)
    client.post(step, {"aims": "", "challenges": ""})
    deliver(ada.cohort)
    with inside(ada.organization_id, member_id=ada.member_id):
        assert SharedAims.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("who", [0, 1])
def test_they_go_with_the_pair(client, who):
    *two, pairing = create_pair_with_aims()
    answer(client, two[who], pairing, "step_out")
    # Also before a worker has deleted them.
    assert [AIM in page_of(client, each, pairing) for each in two] == [False, False]
    deliver(pairing.cohort)
    for each in two:
        with inside(each.organization_id, member_id=each.member_id):
            assert SharedAims.objects.count() == 0


@pytest.mark.django_db
def test_a_sharing_that_comes_after_the_end_shares_nothing(client):
    ada, carl, pairing = create_pair_with_aims()
    answer(client, carl, pairing, "step_out")
    deliver(pairing.cohort)
    with within(ada.organization_id):
        share_aims([pairing.pk])
    with inside(ada.organization_id, member_id=ada.member_id):
        assert SharedAims.objects.count() == 0


@pytest.mark.django_db
def test_nothing_is_forgotten_while_the_pair_lives():
    ada, _carl, pairing = create_pair_with_aims()
    with within(ada.organization_id):
        forget_aims([pairing.pk])
    with inside(ada.organization_id, member_id=ada.member_id):
        assert SharedAims.objects.count() == 1


@pytest.mark.django_db
def test_they_stay_encrypted_and_hidden_from_everybody_else(client):
    ada, carl, pairing = create_pair_with_aims()
    owner = create_owner(ada.cohort.organization)

    def asked_by(member_id) -> list[str]:
        with inside(ada.organization_id, member_id=member_id), connection.cursor() as cursor:
            cursor.execute("SELECT aims || challenges FROM pairings_sharedaims")
            return [text for (text,) in cursor.fetchall()]

    (stored,) = asked_by(ada.member_id)
    assert asked_by(carl.member_id) == [stored]
    assert "contradicts" not in stored
    assert asked_by(owner.pk) == asked_by(None) == []
    assert login(client, owner).get(url(owner, "pair", pairing.pk)).status_code == 404


@pytest.mark.django_db
def test_sharing_twice_is_sharing_once():
    ada, _carl, pairing = create_pair_with_aims()
    for _ in range(2):
        with within(ada.organization_id):
            share_aims([pairing.pk])
    with inside(ada.organization_id, member_id=ada.member_id):
        assert SharedAims.objects.count() == 1
        assert Pairing.objects.count() == 1


def test_after_a_rotation_the_mentor_still_reads_them(rotation, client, capsys):
    ada, _carl, pairing = create_pair_with_aims()
    rotation.begin()
    call_command("renew_secrets")
    rotation.forget_old_key()
    assert "private texts are encrypted" in capsys.readouterr().out
    assert AIM in page_of(client, ada, pairing)
