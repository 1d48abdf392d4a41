"""Two people at once, in real threads: one published row, and never words that one did not see."""

import pytest
from django.utils import timezone

from mentoring.meetings.models import PublishedCommitment
from mentoring.meetings.operations import commitments, goals
from mentoring.meetings.operations.publishing import release, take_down
from programs.enums import Side
from tests.factories import create_owner, inside
from tests.meetings.reaching import (
    OTHER,
    WORDS,
    ask,
    create_large_cohort,
    create_more_pairs,
    publish,
    published,
    set_goal,
    wordings,
    write,
)
from tests.meetings.test_goals import counts
from tests.meetings.test_goals import goals as goals_of
from tests.meetings.test_races import tried
from tests.pairings.test_races import at_once
from tests.pairings.test_stepping_out import create_pair

pytestmark = pytest.mark.usefixtures("committed_db")


def saying_yes(commitment, side, how=commitments.agree):
    @tried(commitments.Changed, commitments.OwnWording)
    def deed():
        how(commitment=commitment, seen=1, side=side, now=timezone.now())

    return deed


def test_two_yeses_at_once_publish_one_row():
    ada, carl, pairing = create_large_cohort()
    commitment = ask(write(pairing, by=carl), by=carl)
    deed = saying_yes(commitment, Side.MENTOR)

    outcomes = at_once(ada.organization_id, *[(ada.member_id, deed)] * 3)

    assert outcomes == ["done"] * 3
    assert published(pairing) == [WORDS]


def test_both_who_propose_at_once_have_both_said_yes():
    ada, carl, pairing = create_large_cohort()
    commitment = write(pairing, by=carl)
    deeds = [
        (who.member_id, saying_yes(commitment, Side(who.side), commitments.propose))
        for who in (ada, carl)
    ]
    assert at_once(ada.organization_id, *deeds) == ["done", "done"]
    assert published(pairing) == [WORDS]


def test_a_yes_and_other_words_at_once_never_publish_what_was_not_seen():
    ada, carl, pairing = create_large_cohort()
    commitment = ask(write(pairing, by=carl), by=carl)

    @tried(commitments.IsPublished, commitments.Changed)
    def reword():
        commitments.reword(commitment=commitment, seen=1, text=OTHER)

    outcomes = at_once(
        ada.organization_id,
        (ada.member_id, saying_yes(commitment, Side.MENTOR)),
        (carl.member_id, reword),
    )

    assert outcomes in (["IsPublished", "done"], ["Changed", "done"])
    is_shown = "IsPublished" in outcomes
    assert published(pairing) == ([WORDS] if is_shown else [])
    assert wordings(pairing) == [(WORDS, "published", 1) if is_shown else (OTHER, "draft", 2)]


def test_two_workers_let_out_what_waits_once():
    ada, carl, pairing = create_pair()
    publish(pairing, ada=ada, carl=carl)
    create_more_pairs(pairing)

    def deed() -> str:
        return str(release([pairing.cohort_id], now=timezone.now()))

    assert at_once(ada.organization_id, deed, deed) == ["0", "1"]
    assert published(pairing) == [WORDS]


def test_withdrawing_and_taking_down_at_once_leaves_nothing():
    ada, carl, pairing = create_large_cohort()
    commitment = publish(pairing, ada=ada, carl=carl)
    owner = create_owner(pairing.cohort.organization)
    with inside(pairing.organization_id):
        (row,) = PublishedCommitment.objects.all()

    def withdraw() -> str:
        return commitments.withdraw(commitment=commitment).state

    def down() -> str:
        take_down(cohort=pairing.cohort, published_id=row.pk, actor=owner)
        return "down"

    outcomes = at_once(ada.organization_id, (carl.member_id, withdraw), (owner.pk, down))
    assert outcomes == ["down", "withdrawn"]
    assert published(pairing) == []


def test_goals_set_and_reached_at_once_are_counted_right():
    ada, carl, pairing = create_pair()
    first = set_goal(pairing, "First", by=ada)

    def setting() -> str:
        made = goals.set_goal(pairing=pairing, side=Side.MENTEE, text="Second", now=timezone.now())
        return made.state

    def reaching() -> str:
        return goals.move_goal(goal=first, seen=1, state="done", now=timezone.now()).state

    outcomes = at_once(
        ada.organization_id,
        (ada.member_id, reaching),
        (carl.member_id, setting),
        (carl.member_id, setting),
    )
    assert outcomes == ["done", "open", "open"]
    assert len(goals_of(pairing)) == 2
    assert counts(pairing) == (2, 1)
