"""Demo pairs are asked how it is going: some have answered, and one is stuck."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from mentoring.checkins.enums import Said
from mentoring.checkins.operations.answering import Voice, say, say_help
from mentoring.checkins.operations.asking import Occasion, ask
from mentoring.checkins.queries.checkins import asked_on
from mentoring.outbox.unrolling import unroll_some
from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Pairing
from mentoring.tenancy.scope import within
from programs.enums import Side

BEFORE, LATELY = timedelta(days=31), timedelta(days=1)
ANSWERS = (Said.ALL_WELL, Said.MET, Said.DATE_SET)


def ask_how_it_goes(pairings: Iterable[Pairing], *, now: datetime) -> None:
    """Both of the active ones are asked a month ago and now; the mentors have yet to answer.

    One mentee says now to need help and tells nobody. Call it while no member is in scope.
    """
    keys = [each.pk for each in pairings]
    active = Pairing.objects.filter(pk__in=keys, state=PairingState.ACTIVE)
    found = list(active.with_people().select_related("organization").order_by("pk"))
    for number, pairing in enumerate(found):
        for at in (now - BEFORE, now - LATELY):
            # Mails that are late would wait for a civil hour, and a demo is also given at night.
            ask([Occasion(pairing, side, at.date()) for side in Side], due_at=now, now=at)
        for side in Side:
            _answer(pairing, side, ANSWERS[number % len(ANSWERS)], now=now - BEFORE)
    for pairing in found[:1]:
        _answer(pairing, Side.MENTEE, Said.HELP, now=now - LATELY)
    # The days that have gone by while the meetings above were held.
    while unroll_some(now=now):
        pass


def _answer(pairing: Pairing, side: Side, said: Said, *, now: datetime) -> None:
    """As that one of the two, a little later than asked."""
    on, at = now.date(), now + timedelta(hours=2)
    member_id = pairing.person(side).member_id
    key = (pairing.pk, member_id, on)
    voice = Voice(pairing, side, on, asked_on([key])[key])
    with within(pairing.organization_id, member_id=member_id):
        if said == Said.HELP:
            say_help(voice, tells=False, now=at)
        else:
            say(voice, said, now=at)
