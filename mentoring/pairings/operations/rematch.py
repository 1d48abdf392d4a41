"""Ending a pair as one of those who run its cohort; neither learns whether the other asked."""

from datetime import datetime

from django.db import transaction

from accounts.models import Member
from accounts.operations.audit import record
from mentoring.pairings.enums import Action
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.endings import end_pairs
from mentoring.pairings.operations.lifecycle import locked_live
from programs.enums import Side

ENDED_FOR_BOTH = "pairings.ended_for_both"


@transaction.atomic
def end_for_both(*, pairing: Pairing, actor: Member, now: datetime) -> bool:
    """End a live pair as one of those who run its cohort; both read the same neutral words.

    Return whether it ended just now.
    """
    found = locked_live(pairing)
    if not found:
        return False
    end_pairs([found], [(found, side) for side in Side], ENDED_FOR_BOTH, now=now)
    record(
        actor=actor,
        action=Action.PAIR_ENDED,
        subject_id=found.pk,
        subject_name=f"{found.mentor.member} & {found.mentee.member}",
        details={},
    )
    return True
