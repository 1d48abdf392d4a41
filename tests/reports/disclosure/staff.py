"""Pairs of an organization, what they answered, and where they sat at the end of October."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from accounts.models import Member
from mentoring.checkins.models import Answer, CheckIn
from mentoring.feedback.models import Reflection, Response
from mentoring.feedback.parts import OwnPart
from mentoring.feedback.sealed import seal_reflection
from mentoring.lib.ids import uuid7
from mentoring.pairings.models import Pairing
from mentoring.profiles.models import SelfRating
from mentoring.profiles.ratings import statements_of
from mentoring.reports.disclosure.telling import tell_month
from mentoring.reports.models import PairFigures, Seat, Snapshot
from programs.enums import Moment, ParticipantState, Side
from programs.models import Cohort, Participant
from tests.factories import inside
from tests.pairings.people import create_round

DAY = date(2026, 10, 31)
BEFORE = datetime(2026, 3, 1, 9, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 10, 9, tzinfo=UTC)
NIGHT = datetime(2026, 11, 1, 3, tzinfo=UTC)
GRADES = ("Junior", "Senior")


@dataclass
class Company:
    """Pairs by number; the first half of each side is in Sales, the rest in Finance."""

    cohort: Cohort
    pairings: list[Pairing]

    @property
    def key(self) -> UUID:
        return self.cohort.organization_id

    def person(self, side: Side, at: int) -> Participant:
        found: Participant = self.pairings[at].person(side)
        return found


def create_company(count: int = 20, *, cohort: Cohort | None = None) -> Company:
    cohort = cohort or create_round()
    with inside(cohort.organization):
        both = {side: _people(cohort, side, count) for side in Side}
        pairings = Pairing.objects.bulk_create(
            [_pairing(*two) for two in zip(both[Side.MENTOR], both[Side.MENTEE], strict=True)]
        )
    return Company(cohort, list(pairings))


def _people(cohort: Cohort, side: Side, count: int) -> list[Participant]:
    members = Member.objects.bulk_create(
        Member(name=f"{side} {n}", email=f"{uuid7()}@example.org") for n in range(count)
    )
    return Participant.objects.bulk_create(
        Participant(cohort=cohort, member=each, side=side, state=ParticipantState.APPROVED)
        for each in members
    )


def _pairing(mentor: Participant, mentee: Participant) -> Pairing:
    return Pairing(
        cohort=mentor.cohort,
        mentor=mentor,
        mentee=mentee,
        state="active",
        origin="matching",
        proposed_at=BEFORE,
        mentor_agreed_at=BEFORE,
        mentee_agreed_at=BEFORE,
        mentor_place=1,
        mentee_place=1,
        began_at=BEFORE,
        introduced_at=BEFORE,
    )


def create_snapshot(
    *companies: Company, day: date = DAY, moved: Sequence[tuple[int, int]] = ()
) -> Snapshot:
    """Where everybody sat; ``moved`` are what mentees put off, and meetings held, pair by pair."""
    with inside(companies[0].key):
        snapshot = Snapshot.objects.create(
            as_of=day, is_month_end=True, taken_at=NIGHT, bands=[[each] for each in GRADES]
        )
        for company in companies:
            count = len(company.pairings)
            Seat.objects.bulk_create(
                Seat(
                    snapshot=snapshot,
                    cohort=company.cohort,
                    member_id=company.person(side, at).member_id,
                    side=side,
                    department="Sales" if at < count // 2 else "Finance",
                    grade=GRADES[at % 2],
                    grade_rank=at % 2,
                    is_enrolled=True,
                )
                for side in Side
                for at in range(count)
            )
            PairFigures.objects.bulk_create(
                PairFigures(
                    snapshot=snapshot,
                    cohort=company.cohort,
                    pairing=pairing,
                    state="active",
                    origin="matching",
                    cadence="monthly",
                    matched_on=BEFORE.date(),
                    ends_on=DAY,
                    moved_by_mentee=put_off,
                    meetings=held,
                )
                for pairing, (put_off, held) in zip(company.pairings, moved, strict=False)
            )
    return snapshot


def rate(who: Participant, pairing: Pairing, begun: int, now: int, **more: Any) -> None:
    """The same score for every statement, at the start and at the end."""
    keys = [each.key for each in statements_of(Side(who.side))]
    with inside(who.organization_id, member_id=who.member_id):
        for key in keys:
            SelfRating.objects.get_or_create(
                participant=who,
                member_id=who.member_id,
                statement=key,
                defaults={"organization_id": who.organization_id, "score": begun},
            )
        Reflection.objects.update_or_create(
            pairing=pairing,
            writer_id=who.member_id,
            part=OwnPart.STANDING,
            defaults={
                "organization_id": who.organization_id,
                "text": seal_reflection({"now": dict.fromkeys(keys, now)}),
                "saved_at": more.get("at", OCTOBER),
            },
        )


def check_in(who: Participant, pairing: Pairing, said: str, *, at: datetime = OCTOBER) -> None:
    with inside(who.organization_id, member_id=who.member_id):
        row = CheckIn.objects.create(
            pairing=pairing, member_id=who.member_id, side=who.side, on=at.date(), answered_at=at
        )
        Answer.objects.create(check_in=row, member_id=who.member_id, said=said, at=at)


def ask(company: Company, side: Side, at: int, *, has_answered: bool, form: Any) -> None:
    who = company.person(side, at)
    with inside(company.key):
        Response.objects.create(
            pairing=company.pairings[at],
            member_id=who.member_id,
            side=side,
            moment=Moment.MIDPOINT,
            asked_at=OCTOBER,
            form=form if has_answered else None,
            begun_at=OCTOBER if has_answered else None,
            sent_at=OCTOBER + timedelta(days=1) if has_answered else None,
        )


def tell_all(snapshot: Snapshot, *, now: datetime = NIGHT) -> dict[tuple[str, str], Any]:
    """What was decided: the value, or why not, by measure and group."""
    with inside(snapshot.organization_id):
        found = tell_month(snapshot.pk, now=now)
    return {(each.measure, each.scope): each.value or each.refusal for each in found}
