"""Asking those who run a cohort for somebody else, and ending a pair as one of them.

Nobody has to give a reason, and neither of the two learns who asked.
"""

from datetime import datetime

from django.db import transaction

from accounts.models import Member
from accounts.operations.audit import record
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.enums import Action
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.endings import end_pairs
from mentoring.pairings.operations.lifecycle import locked_live
from mentoring.pairings.queries.mails import coordinators_for
from programs.enums import Side
from programs.post import address_of

ASKED = "pairings.rematch_asked"
ENDED_FOR_BOTH = "pairings.ended_for_both"


def asking_of(pairing: Pairing, side: str) -> str:
    """Names one asking of one side; who takes it back and asks anew is heard anew."""
    asked_at = pairing.rematch_asked_at(side)
    return f"{side}@{asked_at.isoformat()}" if asked_at else ""


@transaction.atomic
def ask_for_somebody_else(*, pairing: Pairing, side: Side, now: datetime) -> bool:
    """Ask those who run the cohort for another partner; they are told, the partner is not.

    The pair goes on until somebody ends it. Twice is once. Return whether the pair is live.
    """
    found = locked_live(pairing)
    if found and not found.rematch_asked_at(side):
        _note(found, side, now)
        occasion = asking_of(found, side)
        wanted = [(address_of(each), found.pk, occasion) for _, each in coordinators_for([found])]
        enqueue_all(kind=ASKED, wanted=wanted, due_at=now)
    return found is not None


@transaction.atomic
def go_on_after_all(*, pairing: Pairing, side: Side) -> bool:
    """Take the asking back; return whether the pair is live."""
    found = locked_live(pairing)
    if found:
        _note(found, side, None)
    return found is not None


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


def _note(pairing: Pairing, side: Side, at: datetime | None) -> None:
    name = f"rematch_asked_by_{side}_at"
    setattr(pairing, name, at)
    pairing.save(update_fields=[name])
