"""Saying how it is going: one tap, and what follows from it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import Member
from mentoring.checkins.enums import Said
from mentoring.checkins.models import Answer, CheckIn
from mentoring.checkins.rhythm import is_asked
from mentoring.meetings.models import Meeting
from mentoring.meetings.operations.logs import NotedAlready, hold, log
from mentoring.meetings.plans import Plan
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.lifecycle import locked_live
from mentoring.pairings.operations.wishes import ask
from mentoring.pairings.wishes import A_HAND
from programs.enums import Side


class NotAsked(Exception):
    """The pair has ended, has a break, or has not begun: nobody is asked how it is going."""


@dataclass(frozen=True, slots=True)
class Held:
    """A planned meeting that took place, and how long it was."""

    meeting: Meeting
    minutes: int


# The meeting that “we met” is about: one that was planned, another, or one that is noted.
type Met = Held | Plan | None


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: one of the two of a pair, on the day it is where the person is.

    ``check_in`` is the one that the person answers; without one the answer is a new one.
    """

    pairing: Pairing
    side: Side
    today: date
    check_in: CheckIn | None = None

    @property
    def member(self) -> Member:
        return self.pairing.person(self.side).member


@transaction.atomic
def say(voice: Voice, said: Said, *, now: datetime) -> CheckIn:
    """Keep what the person says, for the person alone; the latest answer counts.

    Call it as that member. Raises NotAsked.
    """
    found = locked_live(voice.pairing)
    if found is None or not is_asked(found):
        raise NotAsked
    check_in = voice.check_in or _unasked(voice, now)
    CheckIn.objects.filter(pk=check_in.pk).update(answered_at=now)
    Answer.objects.update_or_create(
        organization_id=check_in.organization_id,
        check_in=check_in,
        defaults={"member": voice.member, "said": said, "at": now},
    )
    return check_in


@transaction.atomic
def say_met(voice: Voice, met: Met, *, now: datetime) -> bool:
    """Say that the two have met, and note the meeting unless it is noted.

    Return whether one was noted just now. Raises NotAsked, and like `hold` and `log`, but a
    meeting that somebody has noted already is welcome.
    """
    say(voice, Said.MET, now=now)
    try:
        with transaction.atomic():
            if isinstance(met, Held):
                hold(meeting=met.meeting, side=voice.side, minutes=met.minutes, now=now)
            elif met:
                log(pairing=voice.pairing, side=voice.side, was=met, now=now)
    except NotedAlready:
        return False
    return met is not None


@transaction.atomic
def say_help(voice: Voice, *, tells: bool, now: datetime) -> None:
    """Say that the person needs help; those who run the cohort learn of it if ``tells``.

    Raises NotAsked.
    """
    say(voice, Said.HELP, now=now)
    if tells:
        ask(A_HAND, pairing=voice.pairing, side=voice.side, now=now)


def _unasked(voice: Voice, now: datetime) -> CheckIn:
    check_in, _ = CheckIn.objects.get_or_create(
        organization_id=voice.pairing.organization_id,
        pairing=voice.pairing,
        member=voice.member,
        on=voice.today,
        defaults={"side": voice.side, "answered_at": now},
    )
    return check_in
