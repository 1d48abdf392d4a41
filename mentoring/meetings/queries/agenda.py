"""The agenda of a meeting, as one of the two may read it; the database shows it to nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Member
from mentoring.meetings.enums import AgendaSection, MeetingState
from mentoring.meetings.models import AgendaItem, AgendaItemQuerySet, Meeting, MeetingQuerySet
from mentoring.meetings.sealed import AGENDA_ITEM
from mentoring.pairings.enums import Phase
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.pairs import Card, pairings_known_to
from mentoring.profiles.sealed import unseal
from programs.enums import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point, and what the reader may do with it; ``who`` added it, empty for the reader.

    ``is_carried`` says that the last meeting wanted it done before this one, ``is_taken_over``
    that it comes from a meeting that was called off.
    """

    item: AgendaItem
    text: str
    who: str
    may_change: bool
    may_decline: bool
    may_go_up: bool
    may_go_down: bool
    is_carried: bool
    is_taken_over: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One section with its points."""

    section: AgendaSection
    points: list[Point]


@dataclass(frozen=True, slots=True)
class Agenda:
    """All sections in order; ``removed`` is the point that the reader has just removed."""

    parts: list[Part]
    removed: AgendaItem | None
    is_open: bool

    def has(self, key: str) -> bool:
        """Whether the point of that name stands on it."""
        points = (point for part in self.parts for point in part.points)
        return any(str(point.item.pk) == key for point in points)


@dataclass(frozen=True, slots=True)
class Leftover:
    """What a meeting that was called off leaves open, and which meeting could take it over."""

    number: int
    to: Meeting | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A meeting that is near, and who has put something on its agenda by hand."""

    meeting: Meeting
    by: frozenset[Side]


@dataclass(frozen=True, slots=True)
class _Reader:
    card: Card
    is_open: bool

    @classmethod
    def of(cls, meeting: Meeting, card: Card) -> Self:
        return cls(card, is_writable(meeting, card))

    def point(self, item: AgendaItem, *, is_first: bool, is_last: bool) -> Point:
        side, origin = self.card.side, getattr(item, "origin", None)
        is_mentor = self.is_open and side == Side.MENTOR
        is_carried = item.section == AgendaSection.SINCE_LAST and origin == BEFORE_NEXT
        return Point(
            item=item,
            text=unseal(item.text, purpose=AGENDA_ITEM),
            who="" if item.added_by == side else str(self.card.partner.member),
            may_change=self.is_open and may_change(item, side),
            may_decline=is_mentor and item.added_by == Side.MENTEE,
            may_go_up=is_mentor and not is_first,
            may_go_down=is_mentor and not is_last,
            is_carried=is_carried,
            is_taken_over=origin is not None and not is_carried,
        )


BEFORE_NEXT = AgendaSection.BEFORE_NEXT.value
FEW = 3


def may_change(item: AgendaItem, side: Side) -> bool:
    """Whether that side may change and remove it: the mentor owns the agenda."""
    return side in {Side.MENTOR.value, item.added_by}


def is_writable(meeting: Meeting, card: Card) -> bool:
    """Whether the agenda and the notes of the meeting may still change."""
    return card.phase == Phase.PAIR and meeting.state != MeetingState.CANCELLED


def items_known_to(member: Member) -> AgendaItemQuerySet:
    """What stands on the agendas of the member's pairs, removed points among it."""
    known = pairings_known_to(member).values("pk")
    return AgendaItem.objects.filter(meeting__pairing__in=known)


def agenda_of(meeting: Meeting, card: Card, *, removed: str = "") -> Agenda:
    """The whole agenda in one query. ``removed`` names a point to offer back, if there is one."""
    rows = AgendaItem.objects.filter(meeting=meeting).annotate(origin=F("carried_from__section"))
    items = list(rows.in_order())
    reader = _Reader.of(meeting, card)
    gone = (each for each in items if str(each.pk) == removed and each.removed_at and each.text)
    kept = [each for each in items if each.removed_at is None]
    return Agenda(
        [_part(section, kept, reader) for section in AgendaSection],
        next((each for each in gone if may_change(each, card.side)), None),
        reader.is_open,
    )


def waiting_for(meeting: Meeting) -> AgendaItemQuerySet:
    """What the last meeting wanted done before the next, if this one is next and has not got it.

    What was removed here does not come back.
    """
    pair = Meeting.objects.filter(pairing=meeting.pairing_id)
    last = pair.held().order_by("-starts_at", "-pk").values("pk")[:1]
    first = pair.planned().order_by("starts_at", "pk").values("pk")[:1]
    here = AgendaItem.objects.filter(carried_from=OuterRef("pk"), meeting=meeting)
    return AgendaItem.objects.kept().filter(
        Exists(Meeting.objects.filter(pk=meeting.pk, pk__in=first)),
        ~Exists(here),
        meeting__in=last,
        section=BEFORE_NEXT,
        is_declined=False,
    )


def with_points(rows: MeetingQuerySet, pairing: Pairing) -> MeetingQuerySet:
    """Meetings of the pair with ``points``, how many stand on each agenda.

    ``waiting`` is how many more opening the agenda brings if the meeting is the next one.
    """
    kept = AgendaItem.objects.kept().filter(is_declined=False)
    last = Meeting.objects.held().filter(pairing=pairing).order_by("-starts_at", "-pk")
    carried = AgendaItem.objects.filter(
        carried_from=OuterRef("pk"), meeting=OuterRef(OuterRef("pk"))
    )
    waiting = kept.filter(~Exists(carried), meeting__in=last.values("pk")[:1], section=BEFORE_NEXT)
    return rows.annotate(
        points=_number(kept.filter(meeting=OuterRef("pk"))), waiting=_number(waiting)
    )


def _number(rows: AgendaItemQuerySet) -> Coalesce:
    counted = rows.order_by().values("meeting").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def prepared_of(pairings: Iterable[UUID], *, after: datetime, until: datetime) -> list[Prepared]:
    """Planned meetings that begin between the two moments, the soonest first. One query."""
    by_hand = AgendaItem.objects.kept().filter(meeting=OuterRef("pk"), carried_from=None)
    added = {f"by_{side}": Exists(by_hand.filter(added_by=side)) for side in Side.values}
    rows = Meeting.objects.planned().filter(
        pairing__in=list(pairings), starts_at__gt=after, starts_at__lte=until
    )
    return [
        Prepared(each, frozenset(side for side in Side if getattr(each, f"by_{side.value}")))
        for each in rows.annotate(**added).order_by("starts_at", "pk")
    ]


def next_planned(pairing: UUID) -> Meeting | None:
    """What the pair has planned next, or should have held."""
    found: Meeting | None = (
        Meeting.objects.planned().filter(pairing=pairing).order_by("starts_at", "pk").first()
    )
    return found


def next_steps_of(pairing: Pairing) -> list[str]:
    """What the last meeting wanted done before the next, as one of the two reads it. One query."""
    last = Meeting.objects.held().filter(pairing=pairing).order_by("-starts_at", "-pk")
    rows = AgendaItem.objects.kept().filter(
        meeting__in=last.values("pk")[:1], section=BEFORE_NEXT, is_declined=False
    )
    return [unseal(each.text, purpose=AGENDA_ITEM) for each in rows.in_order()[:FEW]]


def leftover_of(meeting: Meeting) -> Leftover:
    """What can be taken over from a meeting that was called off. Two queries."""
    to = next_planned(meeting.pairing_id)
    return Leftover(still_open(meeting, to=to).count(), to)


def still_open(meeting: Meeting, *, to: Meeting | None) -> AgendaItemQuerySet:
    """Points that nobody has done, declined, removed, or taken over to that meeting already."""
    taken = AgendaItem.objects.filter(meeting=to)
    from_here = taken.filter(carried_from=OuterRef("pk"))
    same_origin = taken.filter(carried_from=OuterRef("carried_from"))
    rows = AgendaItem.objects.kept().filter(meeting=meeting, is_done=False, is_declined=False)
    return rows.filter(~Exists(from_here), ~Exists(same_origin)) if to else rows


def _part(section: AgendaSection, items: Iterable[AgendaItem], reader: _Reader) -> Part:
    rows = [each for each in items if each.section == section]
    last = len(rows) - 1
    points = [
        reader.point(each, is_first=number == 0, is_last=number == last)
        for number, each in enumerate(rows)
    ]
    return Part(section, points)
