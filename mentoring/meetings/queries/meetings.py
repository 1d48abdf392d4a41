"""The meetings of a pair, as its two people may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db.models import F, Max, Min, Q
from django.db.models.functions import Greatest

from accounts.models import Member
from mentoring.meetings.enums import MeetingState
from mentoring.meetings.models import Change, Meeting, MeetingQuerySet, Place
from mentoring.meetings.queries.agenda import with_points
from mentoring.meetings.sealed import unseal_place
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.pairs import Card, pairings_known_to


@dataclass(frozen=True, slots=True)
class Ahead:
    """A meeting that is to come, and where, as far as the reader may know."""

    meeting: Meeting
    place: str


@dataclass(frozen=True, slots=True)
class Meetings:
    """What the page of a pair shows of its meetings: few rows, however many there are.

    ``unclear`` are planned ones whose time has passed; the oldest comes first. ``points`` is
    how many wait on the agenda of the next one ahead.
    """

    unclear: list[Meeting]
    ahead: list[Ahead]
    points: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did with a meeting; ``who`` is empty when it was the reader."""

    change: Change
    who: str

    @classmethod
    def told(cls, change: Change, card: Card) -> Self:
        by_assistant = change.assistant and str(change.assistant)
        own = change.side == card.side and not by_assistant
        return cls(change, "" if own else by_assistant or str(card.partner.member))


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting of the list."""

    meeting: Meeting
    acts: list[Act]
    is_over: bool


def meetings_known_to(member: Member) -> MeetingQuerySet:
    """The meetings of the member's pairs, with the people."""
    return Meeting.objects.filter(pairing__in=pairings_known_to(member).values("pk")).with_pairing()


def meetings_of(pairing: Pairing) -> MeetingQuerySet:
    """All that a pair planned, held or called off; the latest first."""
    return Meeting.objects.filter(pairing=pairing).order_by("-starts_at", "-pk")


def count_held(pairing: Pairing) -> int:
    """How often the two have met."""
    return Meeting.objects.held().filter(pairing=pairing).count()


def overview_of(pairing: Pairing, *, now: datetime) -> Meetings:
    """For the page of a pair, in one query."""
    rows = meetings_of(pairing).planned().annotate(sealed_place=F("places__text"))
    planned = list(with_points(rows, pairing).order_by("starts_at", "pk"))
    ahead = [each for each in planned if not each.is_over(now=now)]
    return Meetings(
        unclear=[each for each in planned if each.is_over(now=now)],
        ahead=[Ahead(each, _place_in(each)) for each in ahead],
        points=_points(ahead[0], is_next=ahead[0] is planned[0]) if ahead else 0,
    )


def _place_in(meeting: Meeting) -> str:
    """Where it is, as far as the database shows that to the member in scope."""
    sealed: str | None = getattr(meeting, "sealed_place", None)
    return unseal_place(sealed) if sealed else ""


def _points(meeting: Meeting, *, is_next: bool) -> int:
    points: int = getattr(meeting, "points", 0)
    return points + (getattr(meeting, "waiting", 0) if is_next else 0)


def past_of(pairing: Pairing, *, most: int) -> list[Meeting]:
    """The latest that were held or called off. One query."""
    return list(meetings_of(pairing).exclude(state=MeetingState.PLANNED)[:most])


def planned_of(pairings: Iterable[UUID]) -> dict[UUID, list[Meeting]]:
    """What pairs have planned and nobody has noted yet, the soonest first. One query."""
    found: dict[UUID, list[Meeting]] = {}
    rows = Meeting.objects.planned().filter(pairing__in=list(pairings))
    for each in rows.order_by("starts_at", "pk"):
        found.setdefault(each.pairing_id, []).append(each)
    return found


def last_noted(pairings: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each pair last planned a meeting, or noted one as held, that still counts. One query."""
    rows = Meeting.objects.filter(pairing__in=list(pairings))
    counting = rows.exclude(state=MeetingState.CANCELLED).order_by().values("pairing")
    latest = counting.annotate(latest=Max(Greatest("noted_at", "held_noted_at")))
    return dict(latest.values_list("pairing", "latest"))


def next_ahead(pairing: Pairing, *, now: datetime) -> Meeting | None:
    """The next meeting that is planned and not over. One query."""
    rows = Meeting.objects.planned().filter(pairing=pairing, ends_at__gt=now)
    found: Meeting | None = rows.order_by("starts_at", "pk").first()
    return found


def places_of(meetings: Iterable[UUID]) -> dict[UUID, str]:
    """Where they are, as far as the member in scope may know."""
    rows = Place.objects.filter(meeting__in=list(meetings)).values_list("meeting", "text")
    return {key: unseal_place(text) for key, text in rows}


def place_of(meeting: Meeting) -> str:
    """Where it is, if the member in scope may know and there is a place."""
    return places_of([meeting.pk]).get(meeting.pk, "")


def dates_of(pairing: Pairing) -> dict[str, datetime | None]:
    """When the pair first and last met, and plans to at last: first_at, last_at, planned_at."""
    held, planned = Q(state=MeetingState.HELD), Q(state=MeetingState.PLANNED)
    found: dict[str, datetime | None] = (
        Meeting.objects.filter(pairing=pairing)
        .order_by()
        .aggregate(
            first_at=Min("starts_at", filter=held),
            last_at=Max("starts_at", filter=held),
            planned_at=Max("starts_at", filter=planned),
        )
    )
    return found


def lines_of(meetings: Iterable[Meeting], card: Card, *, now: datetime) -> list[Line]:
    """The meetings with what was done to each, told to the reader. One query."""
    found = list(meetings)
    changes = changes_of(found)
    return [
        Line(each, [Act.told(change, card) for change in changes[each.pk]], each.is_over(now=now))
        for each in found
    ]


def changes_of(meetings: Iterable[Meeting]) -> dict[UUID, list[Change]]:
    """What was done with each of them, in order. One query."""
    keys = [each.pk for each in meetings]
    found: dict[UUID, list[Change]] = {key: [] for key in keys}
    rows = Change.objects.filter(meeting__in=keys).select_related("assistant")
    for each in rows.order_by("at", "pk"):
        found[each.meeting_id].append(each)
    return found


def calendar_of(member: Member, *, since: datetime) -> list[Meeting]:
    """What the member's calendar shows: planned and held meetings of live pairs, and past ones."""
    mine = Q(pairing__mentor__member=member) | Q(pairing__mentee__member=member)
    rows = Meeting.objects.real().filter(mine, ends_at__gte=since).with_pairing()
    return list(rows.order_by("starts_at", "pk"))
