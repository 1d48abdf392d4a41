"""“I need help”: only those learn of it whom the person tells."""

import pytest

from accounts.enums import Reach, Role
from accounts.models import Member
from mentoring.outbox.mailbox import text_of
from mentoring.pairings.operations.wishes import have_helped
from programs.enums import Side
from tests.checkins.people import create_asked, page_of, said_by, say
from tests.factories import create_member, create_owner, inside, login, reload, url
from tests.pairings.people import answer, deliver, main_of, own_page, sent
from tests.pairings.test_races import at_once
from tests.programs.people.steps import narrowed_admin

ASKED = "pairings.help_asked"
ADVICE = "asks for a hand, in confidence"


def board(client, member, pairing) -> str:
    return main_of(login(client, member).get(url(member, "cohort_health", pairing.cohort_id)))


def have_had(client, member, pairing, side, seen):
    address = url(member, "cohort_pair_helped", pairing.cohort_id, pairing.pk)
    return login(client, member).post(address, {"side": side, "seen": seen}, follow=True)


def set_on_leave(*people, is_on_leave=True):
    for each in people:
        with inside(each.organization_id):
            Member.objects.filter(pk=each.pk).update(on_leave=is_on_leave)


def take_back(client, who, pairing):
    address, data = url(who.member, "pair_hand", pairing.pk), {"wish": "stay"}
    return login(client, who.member).post(address, {**data, "back": "pair_check_in"}, follow=True)


@pytest.mark.django_db
def test_who_keeps_it_to_themselves_is_helped_by_the_page_alone(client):
    ada, carl, pairing = create_asked()
    owner = create_owner(ada.cohort.organization)
    page = main_of(say(client, ada, pairing, "help", who="keep"))
    deliver(pairing.cohort)
    assert "What can help" in page
    assert url(ada.member, "pair_concern", pairing.pk) in page
    assert sent(pairing.cohort, ASKED) == []
    assert ADVICE not in board(client, owner, pairing)
    assert "need help" not in main_of(own_page(client, carl.member, pairing)).replace(
        "I need help", ""
    )


@pytest.mark.django_db
def test_who_tells_is_written_to_alone_and_the_partner_learns_nothing(client, mails):
    ada, carl, pairing = create_asked()
    owner = create_owner(ada.cohort.organization)
    say(client, ada, pairing, "help", who="tell")
    say(client, ada, pairing, "help", who="tell")
    deliver(pairing.cohort)

    assert sent(pairing.cohort, ASKED) == [owner.email]
    (mail,) = [each for each in mails() if "asks for a hand" in each["Subject"]]
    text = text_of(mail, "plain")
    assert "Ada asks you for a hand with the pair." in text
    assert f"Please write to Ada alone: {ada.member.email}." in text
    page = board(client, owner, pairing)
    assert f"Ada {ADVICE}" in page
    assert "Write to Ada" in page
    assert "Write to both" not in page
    assert "You have asked for a hand" in main_of(page_of(client, ada, pairing))
    for shown in (own_page(client, carl.member, pairing), page_of(client, carl, pairing)):
        assert "asked for a hand" not in shown.text


@pytest.mark.django_db
@pytest.mark.parametrize("away", ["", "named", "named admin", "named admin owner"])
def test_who_is_on_leave_is_not_asked_unless_everybody_is(client, away):
    ada, _carl, pairing = create_asked()
    people = {
        "named": narrowed_admin(ada.cohort, reaches=True),
        "admin": create_member(ada.cohort.organization, roles=[Role.PROGRAM_ADMIN]),
        "owner": create_owner(ada.cohort.organization),
    }
    set_on_leave(*(people[name] for name in away.split()))

    say(client, ada, pairing, "help", who="tell")
    deliver(pairing.cohort)

    there = [name for name in people if name not in away]
    assert sent(pairing.cohort, ASKED) == [people[[*there, "named"][0]].email]


@pytest.mark.django_db
@pytest.mark.parametrize("is_back", [True, False])
def test_what_was_asked_arrives_whoever_goes_on_leave_or_is_back_meanwhile(client, is_back):
    ada, _carl, pairing = create_asked()
    owner = create_owner(ada.cohort.organization)
    admin = create_member(ada.cohort.organization, roles=[Role.PROGRAM_ADMIN], on_leave=is_back)
    say(client, ada, pairing, "help", who="tell")
    set_on_leave(admin, is_on_leave=not is_back)
    deliver(pairing.cohort)
    assert sent(pairing.cohort, ASKED) == [(owner if is_back else admin).email]


@pytest.mark.django_db
def test_who_runs_the_cohort_and_is_the_partner_does_not_see_it_on_the_board(client):
    ada, carl, pairing = create_asked()
    owner = create_owner(ada.cohort.organization)
    with inside(pairing.organization_id):
        carl.member.roles = [Role.PROGRAM_ADMIN]
        carl.member.save()
    say(client, ada, pairing, "help", who="tell")
    deliver(pairing.cohort)
    assert sent(pairing.cohort, ASKED) == [owner.email]
    assert ADVICE not in board(client, carl.member, pairing)
    assert ADVICE in board(client, owner, pairing)
    seen = reload(pairing).help_asked_by_mentor_at.isoformat()
    assert have_had(client, carl.member, pairing, "mentor", seen).status_code == 404
    assert reload(pairing).help_asked_by_mentor_at is not None


@pytest.mark.django_db
def test_whoever_has_helped_says_so_and_the_board_rests(client):
    ada, _carl, pairing = create_asked()
    owner = create_owner(ada.cohort.organization)
    say(client, ada, pairing, "help", who="tell")
    seen = reload(pairing).help_asked_by_mentor_at.isoformat()
    assert seen in board(client, owner, pairing)

    page = have_had(client, owner, pairing, "mentor", seen)

    assert "The board does not ask for it any more." in page.text
    assert ADVICE not in board(client, owner, pairing)
    again = have_had(client, owner, pairing, "mentor", seen)
    assert "This has changed meanwhile." in again.text


@pytest.mark.django_db
@pytest.mark.parametrize("seen", ["", "yesterday", "2026-01-01T10:00", "2026-99-99T10:00+00:00"])
def test_a_board_of_before_settles_nothing(client, seen):
    ada, _carl, pairing = create_asked()
    owner = create_owner(ada.cohort.organization)
    say(client, ada, pairing, "help", who="tell")
    page = have_had(client, owner, pairing, "mentor", seen)
    assert "This has changed meanwhile." in page.text
    assert reload(pairing).help_asked_by_mentor_at is not None


@pytest.mark.django_db
def test_what_was_asked_anew_since_stays_on_the_board(client):
    ada, _carl, pairing = create_asked()
    owner = create_owner(ada.cohort.organization)
    say(client, ada, pairing, "help", who="tell")
    seen = reload(pairing).help_asked_by_mentor_at.isoformat()
    take_back(client, ada, pairing)
    say(client, ada, pairing, "help", who="tell")
    page = have_had(client, owner, pairing, "mentor", seen)
    assert "This has changed meanwhile." in page.text
    assert ADVICE in board(client, owner, pairing)


@pytest.mark.django_db
def test_who_needs_no_hand_any_more_takes_it_back_before_the_mail_leaves(client):
    ada, _carl, pairing = create_asked()
    owner = create_owner(ada.cohort.organization)
    say(client, ada, pairing, "help", who="tell")
    page = take_back(client, ada, pairing)
    deliver(pairing.cohort)
    assert "The people who run this are not asked any more." in page.text
    assert "You have asked for a hand" not in main_of(page)
    assert sent(pairing.cohort, ASKED) == []
    assert ADVICE not in board(client, owner, pairing)
    assert said_by(ada, pairing) == ["help"]


@pytest.mark.django_db
def test_the_end_of_the_pair_ends_the_asking(client):
    ada, carl, pairing = create_asked()
    say(client, ada, pairing, "help", who="tell")
    answer(client, carl, pairing, "step_out")
    assert reload(pairing).help_asked_by_mentor_at is None


@pytest.mark.django_db
def test_only_those_who_run_this_cohort_settle_it(client):
    ada, _carl, pairing = create_asked()
    here = ada.cohort.organization
    say(client, ada, pairing, "help", who="tell")
    seen = reload(pairing).help_asked_by_mentor_at.isoformat()
    narrowed = create_member(here, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS)
    analyst = create_member(here, roles=[Role.HR_ANALYST])
    assert have_had(client, narrowed, pairing, "mentor", seen).status_code == 404
    assert have_had(client, analyst, pairing, "mentor", seen).status_code == 403
    assert reload(pairing).help_asked_by_mentor_at is not None


@pytest.mark.usefixtures("committed_db")
def test_two_who_settle_it_at_once_settle_it_once(client):
    ada, _carl, pairing = create_asked()
    say(client, ada, pairing, "help", who="tell")
    seen = reload(pairing).help_asked_by_mentor_at

    def settle():
        done = have_helped(pairing=pairing, side=Side.MENTOR, seen=seen)
        return "done" if done else "over"

    assert at_once(pairing.organization_id, settle, settle) == ["done", "over"]
