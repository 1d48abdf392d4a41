"""Pairs that set goals, and a cohort in which there are enough leaders, for tests."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from mentoring.meetings.models import Commitment, Goal, PublishedCommitment
from mentoring.meetings.operations import commitments, goals
from mentoring.meetings.queries.commitments import commitments_in, text_of
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.answers import accept
from programs.enums import Side
from programs.models import Participant
from tests.factories import inside, login, reload, url
from tests.pairings.people import propose
from tests.pairings.test_stepping_out import create_pair
from tests.profiles.people import take_part

WORDS = 'Meetings start with the <youngest> voice, "really" & it\'s kept'
OTHER = "Questions come before answers"
LEADERS = 5


def create_more_pairs(pairing: Pairing, count: int = LEADERS - 1) -> list[Pairing]:
    """Other pairs of the same cohort, each with a leader of its own."""
    cohort = pairing.cohort
    two = [(take_part(cohort, Side.MENTOR), take_part(cohort, Side.MENTEE)) for _ in range(count)]
    made = propose(*two)
    known = {person.pk: person for both in two for person in both}
    for each in made:
        # As they were made: with user and organization, which pages need outside of the scope.
        each.mentor, each.mentee = known[each.mentor_id], known[each.mentee_id]
        for side in (Side.MENTEE, Side.MENTOR):
            with inside(each.organization_id):
                accept(pairing=reload(each), side=side, now=timezone.now())
    return made


def create_large_cohort() -> tuple[Participant, Participant, Pairing]:
    """Ada and Carl, a pair in a cohort with enough leaders."""
    ada, carl, pairing = create_pair()
    create_more_pairs(pairing)
    return ada, carl, pairing


def set_goal(pairing: Pairing, text: str = "Talk less", *, by: Participant, **more: Any) -> Goal:
    with inside(pairing.organization_id, member_id=by.member_id):
        return goals.set_goal(
            pairing=pairing, side=Side(by.side), text=text, **{"now": timezone.now(), **more}
        )


def write(
    pairing: Pairing, text: str = WORDS, *, by: Participant, now: datetime | None = None
) -> Commitment:
    with inside(pairing.organization_id, member_id=by.member_id):
        return commitments.write(
            pairing=pairing, side=Side(by.side), text=text, now=now or timezone.now()
        )


def ask(commitment: Commitment, *, by: Participant, now: datetime | None = None) -> Commitment:
    """Propose the words for publishing."""
    return _say(commitments.propose, commitment, by, now)


def agree(commitment: Commitment, *, by: Participant, now: datetime | None = None) -> Commitment:
    return _say(commitments.agree, commitment, by, now)


def publish(
    pairing: Pairing,
    text: str = WORDS,
    *,
    ada: Participant,
    carl: Participant,
    now: datetime | None = None,
) -> Commitment:
    """Carl writes and proposes it, Ada says yes."""
    made = write(pairing, text, by=carl, now=now)
    return agree(ask(made, by=carl, now=now), by=ada, now=now)


def move(client: Any, who: Participant, commitment: Commitment, deed: str, **more: Any) -> Any:
    """Press a button of a commitment."""
    data = {"deed": deed, "seen": commitment.version, **more}
    address = url(who.member, "commitment_move", commitment.pk)
    return login(client, who.member).post(address, data, follow=True)


def post(client: Any, who: Participant, view: str, key: Any, **data: Any) -> Any:
    return login(client, who.member).post(url(who.member, view, key), data, follow=True)


def look(client: Any, who: Participant, view: str, key: Any, **query: Any) -> Any:
    return login(client, who.member).get(url(who.member, view, key), query)


def wordings(pairing: Pairing) -> list[tuple[str, str, int]]:
    """Words, state and version of each commitment, in order, as the mentor reads them."""
    with inside(pairing.organization_id, member_id=pairing.mentor.member_id):
        rows = list(commitments_in(pairing))
        return [(text_of(each), each.state, each.version) for each in rows]


def published(pairing: Pairing) -> list[str]:
    """What the cohort reads, by its words."""
    with inside(pairing.organization_id):
        rows = PublishedCommitment.objects.filter(cohort=pairing.cohort_id).order_by("text")
        return list(rows.values_list("text", flat=True))


def _say(deed: Any, commitment: Commitment, by: Participant, now: datetime | None) -> Commitment:
    with inside(commitment.organization_id, member_id=by.member_id):
        found: Commitment = deed(
            commitment=commitment,
            seen=commitment.version,
            side=Side(by.side),
            now=now or timezone.now(),
        )
        return found
