"""Asking two who have met to write down what they agreed on."""

from datetime import datetime

from accounts.mornings import Mornings
from mentoring.lib.clock import day_at
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.deadlines import REMINDER_LASTS
from mentoring.pairings.models import Pairing
from programs.enums import Side
from programs.post import address_of

AGREEMENT_DUE = "pairings.agreement_due"
# By then they may have done it by themselves.
ASKED_AFTER_DAYS = 2


def ask_to_write_down(pairing: Pairing, *, now: datetime) -> None:
    """Plan a message to each of the two for a morning some working days after they first met.

    Whether it is still wanted is asked then. Twice is once; load the pairing with people.
    """
    mornings = Mornings.here()
    for side in Side:
        member = pairing.person(side).member
        today = day_at(now, mornings.zone_of(member))
        day = mornings.hours.working.days_after(today, ASKED_AFTER_DAYS)
        morning = mornings.on(day, member)
        enqueue_all(
            kind=AGREEMENT_DUE,
            wanted=[(address_of(member), pairing.pk, side.value)],
            due_at=morning,
            expires_at=morning.at + REMINDER_LASTS,
            now=now,
        )
