"""An organization with a snapshot, pairs and meetings, and what is exported of them."""

import csv
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from itertools import count
from typing import Any

from django.utils import timezone
from openpyxl import load_workbook

from accounts.enums import Role
from accounts.models import Member
from mentoring.lib.clock import day_at, zone_named
from mentoring.meetings.models import Change, Meeting
from mentoring.pairings.models import Pairing
from mentoring.reports.exporting.looking import look
from mentoring.reports.exporting.orders import Order
from mentoring.reports.exporting.pieces import pieces_of
from mentoring.reports.models import Export, PairFigures, Seat, Snapshot
from mentoring.reports.operations import exports
from mentoring.tenancy.scope import within
from programs.enums import Side
from programs.models import Cohort, Participant
from tests.factories import create_member, inside
from tests.pairings.people import create_round
from tests.profiles.people import take_part

PURPOSE = "For the board meeting in May"
_numbers = count(1)


def today(organization: Any) -> date:
    return day_at(timezone.now(), zone_named(organization.time_zone))


class Place:
    """A cohort of an organization in Berlin, told of as of today."""

    def __init__(self, cohort: Cohort | None = None, *, as_of: date | None = None) -> None:
        self.cohort = cohort or create_round()
        self.organization = self.cohort.organization
        self.as_of = as_of or today(self.organization)
        with inside(self.organization):
            self.snapshot, _ = Snapshot.objects.get_or_create(
                as_of=self.as_of, defaults={"taken_at": timezone.now()}
            )

    def analyst(self, *, roles: Iterable[Role] = (Role.HR_ANALYST,), **fields: Any) -> Member:
        name = fields.pop("name", f"Analyst {next(_numbers)}")
        return create_member(self.organization, name=name, roles=list(roles), **fields)

    def pair(self, mentor: str = "Ada", mentee: str = "Carl", **fields: Any) -> Pairing:
        """Two people who met once; ``fields`` are those of the snapshot."""
        one = take_part(self.cohort, Side.MENTOR, name=mentor)
        other = take_part(self.cohort, Side.MENTEE, name=mentee)
        with inside(self.organization):
            pairing = Pairing.objects.create(
                cohort=self.cohort,
                mentor=one,
                mentee=other,
                state="active",
                origin="matching",
                mentor_agreed_at=timezone.now(),
                mentee_agreed_at=timezone.now(),
                mentor_place=1,
                mentee_place=1,
                proposed_at=timezone.now(),
                began_at=timezone.now(),
            )
        self.tell_of(pairing, **fields)
        return pairing

    def tell_of(self, pairing: Pairing, **fields: Any) -> None:
        """Put the pair and its two people into the snapshot."""
        with inside(self.organization):
            PairFigures.objects.create(
                **{
                    "snapshot": self.snapshot,
                    "cohort": self.cohort,
                    "pairing": pairing,
                    "mentor_department": "Sales",
                    "mentee_department": "Board",
                    "mentor_grade": "G1",
                    "mentee_grade": "G7",
                    "mentor_rank": 1,
                    "mentee_rank": 7,
                    "state": "active",
                    "origin": "matching",
                    "cadence": "monthly",
                    "matched_on": self.as_of - timedelta(days=60),
                    "introduced_on": self.as_of - timedelta(days=50),
                    "agreed_on": self.as_of - timedelta(days=50),
                    "ends_on": self.as_of + timedelta(days=100),
                    "last_met_on": self.as_of - timedelta(days=10),
                    "meetings": 3,
                    "minutes": 100,
                    "due": 3,
                    "kept": 2,
                    "moved_by_mentee": 1,
                    **fields,
                }
            )
            for side in Side:
                person: Participant = pairing.person(side)
                Seat.objects.create(
                    snapshot=self.snapshot,
                    cohort=self.cohort,
                    member_id=person.member_id,
                    side=side,
                    department=fields.get(f"{side}_department", "Sales"),
                    grade="G1" if side == Side.MENTOR else "G7",
                    enrolled_on=self.as_of - timedelta(days=70),
                    is_enrolled=True,
                    is_ready=True,
                    was_matched=True,
                    capacity=1,
                    partners=1,
                )

    def meeting(self, pairing: Pairing, starts_at: datetime, **fields: Any) -> Meeting:
        """A meeting that was held, and noted an hour after it began."""
        noted = starts_at + timedelta(hours=1)
        with inside(self.organization):
            meeting = Meeting.objects.create(
                **{
                    "pairing": pairing,
                    "state": "held",
                    "starts_at": starts_at,
                    "ends_at": starts_at + timedelta(minutes=45),
                    "noted_by": "mentee",
                    "noted_at": noted,
                    "held_noted_by": "mentor",
                    "held_noted_at": noted,
                    **fields,
                }
            )
            if meeting.state == "held":
                Change.objects.create(
                    meeting=meeting,
                    deed="logged",
                    side="mentor",
                    at=noted,
                    starts_at=starts_at,
                    minutes=meeting.minutes,
                )
            return meeting

    def at(self, day: date, hour: int = 9) -> datetime:
        return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def order(*tables: str, **more: Any) -> Order:
    return Order(**{"tables": tables or ("pairs",), "format": "csv", "purpose": PURPOSE, **more})


def ask(member: Member, wanted: Order, *, as_of: date | None = None) -> Export:
    """Ask for an export, as the page does."""
    with inside(member.organization_id, member_id=member.pk):
        return exports.request(
            order=wanted,
            as_of=as_of or today(member.organization),
            member=member,
            clock=timezone.now,
        )


def work(export: Export, *, at: datetime | None = None) -> Export:
    """What a worker makes of it."""
    with within(export.organization_id):
        look(export_id=export.pk, clock=lambda: at or timezone.now())
    with inside(export.organization_id):
        return Export.objects.get(pk=export.pk)


def content(export: Export) -> bytes:
    with within(export.organization_id):
        return b"".join(pieces_of(export.pk))


def rows_of(export: Export) -> list[dict[str, str]]:
    """The lines of a CSV."""
    return list(csv.DictReader(StringIO(content(export).decode("utf-8-sig"), newline="")))


def book_of(export: Export) -> Any:
    """The workbook, read by somebody else's reader."""
    return load_workbook(BytesIO(content(export)), read_only=True)
