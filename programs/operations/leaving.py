"""What becomes of programs when people leave the organization."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import Member
from programs.enums import ParticipantState
from programs.models import CohortInvitation, Participant
from programs.signals import participants_gone, participants_out

BATCH = 2000


@transaction.atomic
def say_goodbye(*, members: Iterable[Member], now: datetime) -> None:
    """Take people out of every cohort, and end what they were asked; nobody gets a mail."""
    keys = [each.pk for each in members]
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        theirs = Participant.objects.filter(member__in=some).order_by("pk")
        gone = list(theirs.exclude(state=ParticipantState.WITHDRAWN).select_for_update())
        out = [each.pk for each in gone if each.state != ParticipantState.DECLINED]
        Participant.objects.filter(pk__in=out).update(
            state=ParticipantState.WITHDRAWN,
            withdrawn_at=now,
            paused_until=None,
            is_findable=False,
            waits_to_be_asked=False,
        )
        if gone:
            participants_gone.send(sender=Participant, participants=gone, now=now)
        CohortInvitation.objects.filter(member__in=some).open().update(ended_at=now)
        participants_out.send(sender=Participant, keys=out, now=now)
