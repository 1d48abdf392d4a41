"""What has been between two people, on their page, newest first."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring.meetings.enums import GoalState
from mentoring.meetings.operations.goals import move_goal
from programs.enums import Cadence
from tests.factories import inside
from tests.meetings.people import held, plan, send
from tests.meetings.reaching import set_goal, write
from tests.meetings.test_logs import ago, create_old_pair
from tests.pairings.agreeing import agree
from tests.pairings.people import answer, main_of, own_page

pytestmark = pytest.mark.django_db
TITLE = re.compile(r'class="event-title">([^<]+)<')


def told_to(client, participant, pairing) -> list[str]:
    """The titles of what has been."""
    page = main_of(own_page(client, participant.member, pairing))
    return TITLE.findall(page.split("What has been")[1]) if "What has been" in page else []


def test_it_begins_with_two_yeses_and_grows(client):
    ada, carl, pairing = create_old_pair()
    assert told_to(client, ada, pairing) == ["You both said yes"]

    held(pairing, by=carl, starts_at=ago(days=40))
    agree(pairing)
    agree(pairing, cadence=Cadence.QUARTERLY)
    meeting = plan(pairing, by=ada)
    send(client, carl, "meeting_cancel", meeting.pk, {"reason": "away", "seen": 0})

    assert told_to(client, ada, pairing) == [
        "Called off: Away or not well (by Carl)",
        "You changed your agreement",
        "You agreed how you work together",
        "You met, 45 minutes",
        "You both said yes",
    ]
    assert told_to(client, carl, pairing)[0] == "Called off: Away or not well (by you)"


def test_it_stays_when_the_pair_has_ended(client):
    ada, carl, pairing = create_old_pair()
    held(pairing, by=carl, starts_at=ago(days=40))
    answer(client, ada, pairing, "step_out")
    assert told_to(client, carl, pairing) == [
        "The pair ended",
        "You met, 45 minutes",
        "You both said yes",
    ]


def test_it_shows_the_latest_few(client):
    ada, carl, pairing = create_old_pair()
    for number in range(12):
        held(pairing, by=carl, starts_at=ago(days=number + 1), minutes=30 + number)
    with inside(ada.organization_id):
        assert pairing.began_at < timezone.now() - timedelta(days=300)
    assert told_to(client, ada, pairing) == [f"You met, {30 + each} minutes" for each in range(8)]


def test_goals_and_commitments_are_part_of_it(client):
    ada, carl, pairing = create_old_pair()
    goal = set_goal(pairing, "Talk <less> & listen", by=carl)
    write(pairing, "Juniors speak first", by=carl)
    with inside(ada.organization_id, member_id=carl.member_id):
        move_goal(goal=goal, seen=1, state=GoalState.DONE, now=timezone.now())

    assert told_to(client, ada, pairing) == [
        "Reached: Talk &lt;less&gt; &amp; listen",
        "A commitment: Juniors speak first",
        "A goal: Talk &lt;less&gt; &amp; listen",
        "You both said yes",
    ]
