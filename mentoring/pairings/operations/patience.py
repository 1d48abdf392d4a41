"""Telling who began a closing that nobody answers when that one may end the pair alone."""

from datetime import date, datetime, time

from accounts.mornings import Mornings
from mentoring.lib.clock import instant, zone_named
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.deadlines import REMINDER_LASTS
from mentoring.pairings.models import Closing, Pairing
from mentoring.pairings.queries.agreements import rhythm_of
from mentoring.pairings.queries.closings import PATIENCE, open_closing_of
from programs.post import address_of

ALONE = "pairings.closing_alone"


def occasion_of(closing: Closing, ends_on: date) -> str:
    """Names the wish to end the pair and the end that is waited for; another end replaces it."""
    return f"{closing.by}@{closing.began_at.isoformat()}/{ends_on}"


def offer_to_end_alone(pairing: Pairing, *, now: datetime) -> None:
    """Plan it for the first morning on which it is allowed, if the pair closes. Twice is once.

    Whether the other one has answered is asked then. Load the pairing with people.
    """
    closing = open_closing_of(pairing)
    ends_on = rhythm_of([pairing])[pairing.pk].ends_on if closing else None
    if not closing or not ends_on:
        return
    mornings = Mornings.here()
    is_over_at = instant(ends_on, time(), zone_named(mornings.organization.time_zone))
    member = pairing.person(closing.by).member
    morning = mornings.after(max(is_over_at, closing.began_at + PATIENCE), member)
    message = (address_of(member), pairing.pk, occasion_of(closing, ends_on))
    ends_at = morning.at + REMINDER_LASTS
    enqueue_all(kind=ALONE, wanted=[message], due_at=morning, expires_at=ends_at, now=now)
