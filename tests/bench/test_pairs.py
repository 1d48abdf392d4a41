"""How long those who run a cohort wait for the board of its pairs, and a pair for its page."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Member
from mentoring.meetings.models import Change, Meeting
from mentoring.pairings.models import Pairing
from programs.enums import ParticipantState, Side
from programs.models import Participant
from tests.factories import create_owner, inside, login, url
from tests.pairings.people import create_round

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
PAIRS, MEETINGS = 10_000, 6


def fill(cohort) -> None:
    """Pairs with some meetings each, the last of them moved once."""
    now = timezone.now()
    organization = cohort.organization
    with inside(organization):
        members = Member.objects.bulk_create(
            [
                Member(organization=organization, name=f"Person {n}", email=f"p{n}@example.org")
                for n in range(2 * PAIRS)
            ]
        )
        people = Participant.objects.bulk_create(
            [
                Participant(
                    organization=organization,
                    cohort=cohort,
                    member=member,
                    side=Side.MENTOR if n < PAIRS else Side.MENTEE,
                    state=ParticipantState.APPROVED,
                )
                for n, member in enumerate(members)
            ]
        )
        pairings = Pairing.objects.bulk_create(
            [
                Pairing(
                    organization=organization,
                    cohort=cohort,
                    mentor=mentor,
                    mentee=mentee,
                    state="active",
                    origin="matching",
                    proposed_at=now,
                    mentor_agreed_at=now,
                    mentee_agreed_at=now,
                    mentor_place=1,
                    mentee_place=1,
                    began_at=now - timedelta(days=n % 200),
                )
                for n, (mentor, mentee) in enumerate(
                    zip(people[:PAIRS], people[PAIRS:], strict=True)
                )
            ]
        )
        meetings = Meeting.objects.bulk_create(
            [
                Meeting(
                    organization=organization,
                    pairing=pairing,
                    state="held",
                    starts_at=now - timedelta(days=number + 1),
                    ends_at=now - timedelta(days=number + 1) + timedelta(hours=1),
                    noted_by="mentor",
                    noted_at=now,
                    held_noted_by="mentor",
                    held_noted_at=now,
                )
                for pairing in pairings
                for number in range(MEETINGS)
            ]
        )
        Change.objects.bulk_create(
            [
                Change(
                    organization=organization,
                    meeting=meeting,
                    deed=deed,
                    side="mentee",
                    at=now,
                    starts_at=meeting.starts_at,
                )
                for meeting in meetings
                for deed in ("planned", "moved", "logged")
            ]
        )


def test_the_board_of_ten_thousand_pairs(client):
    cohort = create_round()
    fill(cohort)
    owner = create_owner(cohort.organization)
    login(client, owner)
    address = url(owner, "cohort_health", cohort.pk)
    for query in ({}, {"needs": "yes"}, {"page": "40"}, {"q": "person 77"}):
        began = time.perf_counter()
        assert client.get(address, query).status_code == 200
        print(f"board {query}: {time.perf_counter() - began:.2f} s")
