"""What may follow what, in code and in the database alike."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring.pairings.enums import LIVE, OPEN, Origin, PairingState
from mentoring.pairings.models import Pairing
from mentoring.pairings.transitions import is_allowed
from programs.enums import Side
from tests.factories import inside
from tests.pairings.people import create_two

pytestmark = pytest.mark.django_db


def fields_in(state: PairingState) -> dict[str, object]:
    """What the constraints ask for in a state."""
    now = timezone.now()
    is_live = state in LIVE
    is_proposed = state == PairingState.PROPOSED
    return {
        "state": state,
        "asked": Side.MENTOR if is_proposed else "",
        "asked_at": now,
        "expires_at": now,
        "mentor_place": 1 if is_live else None,
        "mentee_place": 1 if is_live else None,
        "mentor_agreed_at": now,
        "mentee_agreed_at": now,
    }


@pytest.mark.parametrize("before", PairingState)
def test_the_database_allows_what_the_table_allows(before):
    mentor, mentee = create_two()
    refused, expected = [], []
    with inside(mentor.organization_id):
        for after in set(PairingState) - {before}:
            pairing = Pairing.objects.create(
                cohort=mentor.cohort,
                mentor=mentor,
                mentee=mentee,
                origin=Origin.MANUAL,
                proposed_at=timezone.now(),
                **fields_in(before),
            )
            try:
                with transaction.atomic():
                    Pairing.objects.filter(pk=pairing.pk).update(**fields_in(after))
            except IntegrityError:
                refused.append(after)
            Pairing.objects.all().delete()
            if not is_allowed(before, after):
                expected.append(after)
    assert refused == expected, "the trigger and the table differ"


def test_what_has_ended_stays_so_and_nobody_goes_back_to_a_proposal():
    allowed = {(one, other) for one in PairingState for other in PairingState}
    allowed = {steps for steps in allowed if is_allowed(*steps)}

    def before(*states: PairingState) -> set[PairingState]:
        return {one for one, other in allowed if other in states}

    assert before(*PairingState) == set(OPEN)
    assert before(PairingState.PROPOSED) == set()
    assert before(PairingState.DECLINED, PairingState.EXPIRED) == {PairingState.PROPOSED}
    assert before(PairingState.COMPLETED) == {PairingState.CLOSING}


def test_the_same_two_have_one_open_pairing_at_most():
    mentor, mentee = create_two()
    values = {"cohort": mentor.cohort, "mentor": mentor, "mentee": mentee, "origin": "manual"}
    with inside(mentor.organization_id):
        Pairing.objects.create(**values, proposed_at=timezone.now(), **fields_in("expired"))
        Pairing.objects.create(**values, proposed_at=timezone.now(), **fields_in("proposed"))
        with pytest.raises(IntegrityError, match="open_once"), transaction.atomic():
            Pairing.objects.create(**values, proposed_at=timezone.now(), **fields_in("active"))
