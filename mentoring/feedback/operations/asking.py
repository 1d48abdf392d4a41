"""Asking the two of a pair in waves: planned as soon as a day is known, asked once each.

Whether it is the right day is asked again when it has come, so that another end moves what was
not asked yet, and nobody has to take back what was planned.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import Member
from accounts.mornings import DAY, Mornings
from mentoring.feedback.models import Response
from mentoring.feedback.queries.surveys import Key, asked_among
from mentoring.feedback.waves import (
    LOOKS_AGAIN,
    REPEATS_AFTER,
    closes_at,
    is_due_sometime,
    rests,
    span_of,
)
from mentoring.lib.clock import day_at, zone_named
from mentoring.outbox.almanac import Morning
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import Rhythm, rhythm_of
from mentoring.pairings.queries.mails import is_present, today_here
from programs.enums import Moment, Side
from programs.models import Participant
from programs.post import address_of

ASK = "feedback.ask"
SURVEY = "feedback.survey"
AGAIN = "feedback.survey_again"

type Message = tuple[str, UUID, str]


@dataclass(frozen=True, slots=True)
class Occasion:
    """One of the two in one wave; the pairing comes with people and program."""

    pairing: Pairing
    side: Side
    moment: Moment

    @property
    def person(self) -> Participant:
        return self.pairing.person(self.side)

    @property
    def member(self) -> Member:
        return self.person.member

    @property
    def key(self) -> Key:
        return self.pairing.pk, self.person.member_id, self.moment.value

    @property
    def name(self) -> str:
        """Names it in the outbox."""
        return f"{self.side}@{self.moment}"


def plan_waves(keys: Collection[UUID], moments: Collection[Moment], *, now: datetime) -> None:
    """Look at these pairs on the morning on which each wave is due. Twice is once.

    What was asked, or is too late, is not planned.
    """
    rows = Pairing.objects.filter(pk__in=list(keys), began_at__isnull=False).with_people()
    pairs = list(rows)
    mornings, asked = Mornings.here(), asked_among(each.pk for each in pairs)
    rhythms = rhythm_of(pairs) if Moment.MIDPOINT in moments else {}
    occasions = (
        Occasion(pairing, side, moment)
        for pairing in pairs
        for moment in moments
        if is_due_sometime(pairing, moment)
        for side in Side
    )
    due = {
        each: morning
        for each in occasions
        if each.key not in asked
        and (morning := _morning_of(each, rhythms.get(each.pairing.pk), mornings, now=now))
    }
    _look(due, mornings, now=now)


def may_ask(
    occasion: Occasion, rhythm: Rhythm, mornings: Mornings, asked: Collection[Key], *, now: datetime
) -> bool:
    """Whether it is time, whoever is there; the day is that of the person."""
    pairing = occasion.pairing
    if occasion.moment not in pairing.cohort.program.waves or occasion.key in asked:
        return False
    zone = zone_named(mornings.organization.time_zone)
    span = span_of(pairing, occasion.moment, ends_on=rhythm.ends_on, zone=zone)
    today = day_at(now, mornings.zone_of(occasion.member))
    return bool(
        is_due_sometime(pairing, occasion.moment) and span and span.first <= today <= span.last
    )


def ask(occasions: Iterable[Occasion], *, due_at: datetime, now: datetime) -> None:
    """Note that they are asked, and send each a mail now and one reminder later. Twice is once.

    ``due_at`` is when they were to be asked: a mail that is late waits for a civil hour. Who is
    away, or whose pair has a break, is looked for again in a week.
    """
    found, mornings, today = list(occasions), Mornings.here(), today_here(now)
    there = [
        each
        for each in found
        if is_present(each.person, today) and not rests(each.pairing, each.moment)
    ]
    again = {
        each: mornings.on(day_at(now + LOOKS_AGAIN, mornings.zone_of(each.member)), each.member)
        for each in found
        if each not in there
    }
    _look(again, mornings, now=now)
    Response.objects.bulk_create(
        [
            Response(
                organization_id=each.pairing.organization_id,
                pairing=each.pairing,
                member=each.member,
                side=each.side,
                moment=each.moment,
                asked_at=now,
            )
            for each in there
        ],
        ignore_conflicts=True,
    )
    known = asked_among(each.pairing.pk for each in there)
    _write(
        [each for each in there if (row := known.get(each.key)) and not row.sent_at],
        mornings,
        due_at=due_at,
        now=now,
    )


def _morning_of(
    occasion: Occasion, rhythm: Rhythm | None, mornings: Mornings, *, now: datetime
) -> Morning | None:
    """The morning of the first day, else the next one; None when that is too late."""
    zone = zone_named(mornings.organization.time_zone)
    ends_on = rhythm.ends_on if rhythm else None
    span = span_of(occasion.pairing, occasion.moment, ends_on=ends_on, zone=zone)
    if span is None:
        return None
    planned = mornings.on(span.first, occasion.member)
    if planned.at <= now:
        tomorrow = day_at(now, mornings.zone_of(occasion.member)) + DAY
        planned = mornings.on(tomorrow, occasion.member)
    return planned if _day(planned.at, occasion, mornings) <= span.last else None


def _day(moment: datetime, occasion: Occasion, mornings: Mornings) -> date:
    return day_at(moment, mornings.zone_of(occasion.member))


def _look(due: dict[Occasion, Morning], mornings: Mornings, *, now: datetime) -> None:
    plans: dict[Morning, list[Message]] = {}
    for each, morning in due.items():
        name = f"{each.name}:{_day(morning.at, each, mornings)}"
        plans.setdefault(morning, []).append((str(each.person.member_id), each.pairing.pk, name))
    for morning, wanted in plans.items():
        enqueue_all(kind=ASK, wanted=wanted, due_at=morning, now=now)


def _write(
    occasions: Iterable[Occasion], mornings: Mornings, *, due_at: datetime, now: datetime
) -> None:
    mails: list[Message] = []
    repeats: dict[Morning, list[Message]] = {}
    for each in occasions:
        mails.append((address_of(each.member), each.pairing.pk, each.name))
        today = day_at(now, mornings.zone_of(each.member))
        later = mornings.on(mornings.hours.working.days_after(today, REPEATS_AFTER), each.member)
        repeats.setdefault(later, []).append(mails[-1])
    closes = closes_at(now)
    enqueue_all(kind=SURVEY, wanted=mails, due_at=due_at, expires_at=closes, now=now)
    for morning, wanted in repeats.items():
        enqueue_all(kind=AGAIN, wanted=wanted, due_at=morning, expires_at=closes, now=now)
