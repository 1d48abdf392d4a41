"""Rounds of before in the demo: a year of pairs, meetings and good ends for reports to tell of.

Written as rows instead of through operations, which would send everybody a year of mails.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from accounts.models import Member
from mentoring.feedback.operations import reflecting
from mentoring.feedback.operations.reflecting import Said
from mentoring.lib.clock import day_at, zone_named
from mentoring.meetings.enums import Deed, MeetingState
from mentoring.meetings.models import Change, Meeting
from mentoring.meetings.operations.planning import keep_dates
from mentoring.pairings.enums import EndReason, Origin, Outcome, PairingState
from mentoring.pairings.models import Agreement, Break, Closing, Pairing
from mentoring.pairings.queries.pairs import card_of
from mentoring.profiles.models import SelfRating
from mentoring.profiles.ratings import statements_of
from mentoring.tenancy.scope import within
from programs.enums import Cadence, CohortState, ParticipantState, Side
from programs.models import Cohort, CohortInvitation, Participant, Program
from programs.proposals import months_later

DAY = timedelta(days=1)
RHYTHM = timedelta(days=30)
MINUTES = (30, 45, 45, 60, 60, 90)
# Of ten pairs, how they stand in the end; of those that go on, over and over.
ENDS = (
    PairingState.COMPLETED,
    PairingState.COMPLETED,
    PairingState.CLOSED_EARLY,
    PairingState.COMPLETED,
    PairingState.COMPLETED,
    PairingState.WITHDRAWN,
)
GOES_ON = (
    PairingState.ACTIVE,
    PairingState.ACTIVE,
    PairingState.ACTIVE,
    PairingState.PAUSED,
    PairingState.ACTIVE,
    PairingState.INTRODUCTORY,
)


@dataclass(frozen=True, slots=True)
class Round:
    """A cohort of before: how long ago its pairs began, how long they went on, how many."""

    name: str
    began: int
    days: int
    pairs: int
    is_over: bool


ROUNDS = (
    Round("First round", began=400, days=180, pairs=16, is_over=True),
    Round("Second round", began=170, days=170, pairs=12, is_over=False),
)


def live_through(
    *, but: Iterable[Member], admin: Member, mark: str, seed: int, now: datetime
) -> None:
    """Two rounds of the first program that has all it needs, with people who have no role.

    Those named by ``but`` have pairs of their own.

    Call it inside the organization's scope and while no member is in scope.
    """
    complete = Program.objects.in_use().by_name().exclude(concern_contact=None)
    program = complete.first()
    people = list(
        Member.objects.joined()
        .filter(roles=[], grade__isnull=False)
        .exclude(pk__in=[each.pk for each in but])
        .select_related("grade", "organization")
        .order_by("grade__rank", "email")
    )
    if program is None or len(people) < 4:
        return
    for each in ROUNDS:
        random = Random(f"{seed}/{admin.organization.slug}/{each.name}")  # noqa: S311  (repeatable)
        cohort = _cohort(program, each, admin, mark, now=now)
        for number, two in enumerate(_pairs_of(people, each.pairs)):
            began = now - each.began * DAY + random.randint(0, 20) * DAY
            pairing = _pair(cohort, two, admin, began=began)
            _meet(pairing, each, number, random, now=now)
            if each.is_over:
                _look_back(pairing, random, now=now)


def date_back() -> None:
    """Who has a pair in a cohort of today had enrolled before it began."""
    for side in Side:
        rows = Pairing.objects.exclude(began_at=None).values_list(side.value, "began_at")
        for participant, began_at in rows:
            late = Participant.objects.filter(pk=participant, submitted_at__gt=began_at)
            late.update(submitted_at=began_at - 14 * DAY, decided_at=began_at - 12 * DAY)


def _pairs_of(people: Sequence[Member], most: int) -> Iterator[tuple[Member, Member]]:
    """Juniors as mentors of seniors, in other departments where there is somebody."""
    half = len(people) // 2
    mentors, mentees = people[:half], list(people[half:])
    for mentor in mentors[:most]:
        elsewhere = [each for each in mentees if each.department_id != mentor.department_id]
        mentee = (elsewhere or mentees)[-1]
        mentees.remove(mentee)
        yield mentor, mentee


def _cohort(program: Program, one: Round, admin: Member, mark: str, *, now: datetime) -> Cohort:
    starts = day_at(now - one.began * DAY, zone_named(admin.organization.time_zone))
    cohort: Cohort = Cohort.objects.create(
        program=program,
        name=f"{mark}{one.name}",
        state=CohortState.CLOSED if one.is_over else CohortState.RUNNING,
        enrollment_opens_on=starts - 30 * DAY,
        enrollment_closes_on=starts - 9 * DAY,
        starts_on=starts,
        ends_on=months_later(starts, program.length_months),
        state_changed_at=now - one.began * DAY,
    )
    return cohort


def _pair(cohort: Cohort, two: tuple[Member, Member], admin: Member, *, began: datetime) -> Pairing:
    seats = {}
    for side, member in zip((Side.MENTOR, Side.MENTEE), two, strict=True):
        CohortInvitation.objects.create(
            cohort=cohort, member=member, side=side, invited_by=admin, invited_at=began - 30 * DAY
        )
        seats[side] = Participant.objects.create(
            cohort=cohort,
            member=member,
            side=side,
            state=ParticipantState.APPROVED,
            submitted_at=began - 14 * DAY,
            consented_at=began - 14 * DAY,
            decided_at=began - 12 * DAY,
            decided_by=admin,
        )
    pairing: Pairing = Pairing.objects.create(
        cohort=cohort,
        mentor=seats[Side.MENTOR],
        mentee=seats[Side.MENTEE],
        state=PairingState.INTRODUCTORY,
        origin=Origin.MATCHING,
        proposed_at=began - 3 * DAY,
        mentor_agreed_at=began,
        mentee_agreed_at=began - DAY,
        mentor_place=1,
        mentee_place=1,
        began_at=began,
    )
    return pairing


def _meet(pairing: Pairing, one: Round, number: int, random: Random, *, now: datetime) -> None:
    """About once a month; some miss one now and then, and one pair has not met yet."""
    began = pairing.began_at or now
    state = (ENDS if one.is_over else GOES_ON)[number % len(ENDS)]
    last = min(began + one.days * DAY, now - 2 * DAY)
    at = (began + random.randint(3, 12) * DAY).replace(minute=0, second=0, microsecond=0)
    while at < last and state != PairingState.INTRODUCTORY:
        if random.random() < 0.85 or at < began + 13 * DAY:
            _held(pairing, at, random)
        at += RHYTHM + random.randint(-4, 6) * DAY
    keep_dates(pairing, now=now)
    pairing.refresh_from_db()
    if state != PairingState.INTRODUCTORY:
        _agree(pairing, began + 13 * DAY, one)
    _end(pairing, state, last, now=now)


def _held(pairing: Pairing, at: datetime, random: Random) -> None:
    minutes = random.choice(MINUTES)
    meeting = Meeting.objects.create(
        pairing=pairing,
        state=MeetingState.HELD,
        starts_at=at,
        ends_at=at + timedelta(minutes=minutes),
        noted_by=Side.MENTEE,
        noted_at=at - 5 * DAY,
        held_noted_by=Side.MENTOR,
        held_noted_at=at + timedelta(hours=2),
    )
    deeds = [(Deed.PLANNED, Side.MENTEE, -5 * DAY), (Deed.LOGGED, Side.MENTOR, timedelta(hours=2))]
    if random.random() < 0.2:
        side = random.choice((Side.MENTEE, Side.MENTEE, Side.MENTOR))
        deeds.insert(1, (Deed.MOVED, side, -2 * DAY))
    Change.objects.bulk_create(
        Change(meeting=meeting, deed=deed, side=side, at=at + then, starts_at=at, minutes=minutes)
        for deed, side, then in deeds
    )


def _agree(pairing: Pairing, at: datetime, one: Round) -> None:
    zone = zone_named(pairing.organization.time_zone)
    Agreement.objects.create(
        pairing=pairing,
        version=1,
        cadence=Cadence.MONTHLY,
        minutes=45,
        ends_on=day_at(at + max(one.days, 200) * DAY, zone),
        proposed_by=Side.MENTOR,
        proposed_on=day_at(at, zone),
        proposed_at=at,
        mentor_confirmed_at=at,
        mentee_confirmed_at=at + DAY,
        in_force_at=at + DAY,
    )


def _end(pairing: Pairing, state: PairingState, at: datetime, *, now: datetime) -> None:
    """Bring the pair to where it stands, step by step."""
    if state == PairingState.PAUSED:
        Break.objects.create(pairing=pairing, began_at=now - 20 * DAY)
        until = day_at(now + 20 * DAY, zone_named(pairing.organization.time_zone))
        _becomes(pairing, state, paused_until=until)
    elif state == PairingState.WITHDRAWN:
        _becomes(pairing, state, mentor_place=None, mentee_place=None, ended_at=at - 60 * DAY)
    elif state in (PairingState.COMPLETED, PairingState.CLOSED_EARLY):
        Closing.objects.create(
            pairing=pairing,
            by=Side.MENTEE,
            began_at=at - 3 * DAY,
            reason=EndReason.REACHED,
            outcome=Outcome.AGREED,
            settled_at=at,
        )
        _becomes(pairing, PairingState.CLOSING)
        _becomes(pairing, state, mentor_place=None, mentee_place=None, ended_at=at)


def _becomes(pairing: Pairing, state: PairingState, **fields: object) -> None:
    pairing.state = state
    for name, value in fields.items():
        setattr(pairing, name, value)
    pairing.save(update_fields=["state", *fields])


def _look_back(pairing: Pairing, random: Random, *, now: datetime) -> None:
    """Where both stood and stand now, each for themselves."""
    if pairing.state == PairingState.WITHDRAWN:
        return
    found = Pairing.objects.with_people().get(pk=pairing.pk)
    for side in Side:
        me = found.person(side)
        keys = [each.key for each in statements_of(side)]
        start = {key: random.randint(1, 3) for key in keys}
        today = {key: min(5, score + random.randint(0, 2)) for key, score in start.items()}
        with within(found.organization_id, member_id=me.member_id):
            SelfRating.objects.bulk_create(
                SelfRating(
                    organization_id=found.organization_id,
                    participant=me,
                    member_id=me.member_id,
                    statement=key,
                    score=score,
                    written_at=found.began_at or now,
                )
                for key, score in start.items()
            )
            said = Said(scores=today, line="", shared=frozenset())
            card = card_of(found, me.member, now=now)
            reflecting.reflect(card=card, said=said, seen=0, now=found.ended_at or now)
