"""Rows of check-ins and of an end, for tests of isolation."""

from datetime import datetime
from uuid import UUID

from mentoring.checkins.enums import Said
from mentoring.checkins.models import Answer, CheckIn, OwnDay
from mentoring.pairings.enums import EndReason
from mentoring.pairings.models import Closing, ClosingReason, Pairing
from programs.enums import Side


def furnish_check_ins(pairing_id: UUID, *, at: datetime) -> None:
    """What the mentee of the pair was asked and has said; call it as that member."""
    pairing = Pairing.objects.select_related("mentor", "mentee").get(pk=pairing_id)
    whose = {"pairing": pairing, "member_id": pairing.mentee.member_id}
    check_in = CheckIn.objects.create(
        side=Side.MENTEE, on=at.date(), asked_at=at, answered_at=at, **whose
    )
    Answer.objects.create(
        check_in=check_in, member_id=pairing.mentee.member_id, said=Said.HELP, at=at
    )
    OwnDay.objects.create(day=at.date(), **whose)
    closing = Closing.objects.create(pairing=pairing, by=Side.MENTEE, began_at=at)
    ClosingReason.objects.create(
        closing=closing,
        mentor_member_id=pairing.mentor.member_id,
        mentee_member_id=pairing.mentee.member_id,
        reason=EndReason.CHANGE,
    )
