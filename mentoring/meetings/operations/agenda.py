"""Writing a meeting's agenda: the mentor owns it, the mentee adds to it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from mentoring.meetings.enums import AgendaSection, MeetingState
from mentoring.meetings.models import AgendaItem, Meeting
from mentoring.meetings.operations.planning import locked_pair
from mentoring.meetings.queries.agenda import may_change, next_planned, still_open, waiting_for
from mentoring.meetings.sealed import AGENDA_ITEM
from mentoring.profiles.sealed import seal, unseal
from programs.enums import Side

MOST = 60
BACK_WITHIN = timedelta(hours=1)


class CalledOff(Exception):
    """The meeting was called off: what was written about it stays as it is."""


class NotYours(Exception):
    """The mentee changes only what the mentee added; some things only the mentor does."""


class Gone(Exception):
    """Somebody has removed the point meanwhile, or too long ago to bring it back."""


class Full(Exception):
    """No meeting can look at more points than that."""


class NothingPlanned(Exception):
    """There is no meeting that could take anything over."""


class ItemChanged(Exception):
    """Somebody has changed the point since the person looked; ``item`` is how it stands."""

    def __init__(self, item: AgendaItem) -> None:
        super().__init__(item.pk)
        self.item = item


@transaction.atomic
def add(
    *, meeting: Meeting, side: Side, section: AgendaSection, text: str, now: datetime
) -> AgendaItem:
    """Put a point at the end of a section; both may. The same text again by the same is once.

    Raises NotLive, CalledOff, or Full.
    """
    meeting = writable(meeting)
    _forget_removed(meeting, now=now)
    kept = list(AgendaItem.objects.kept().filter(meeting=meeting))
    for each in kept:
        is_same = (each.section, each.added_by) == (section, side)
        if is_same and unseal(each.text, purpose=AGENDA_ITEM) == text:
            return each
    if len(kept) >= MOST:
        raise Full
    item: AgendaItem = AgendaItem.objects.create(
        **_whose(meeting),
        section=section,
        text=seal(text, purpose=AGENDA_ITEM),
        position=1 + max((each.position for each in kept), default=0),
        added_by=side,
        added_at=now,
    )
    return item


@transaction.atomic
def change(*, item: AgendaItem, seen: int, side: Side, text: str) -> AgendaItem:
    """Say it in other words; ``seen`` is the version that was on the page.

    Raises NotLive, CalledOff, Gone, NotYours, or ItemChanged.
    """
    found = _kept(item)
    if not may_change(found, side):
        raise NotYours
    if unseal(found.text, purpose=AGENDA_ITEM) == text:
        return found
    if found.version != seen:
        raise ItemChanged(found)
    found.text, found.version = seal(text, purpose=AGENDA_ITEM), found.version + 1
    found.save(update_fields=["text", "version"])
    return found


@transaction.atomic
def tick(*, item: AgendaItem, is_done: bool) -> None:
    """Tick a point as done, or not; both may. Raises NotLive, CalledOff, or Gone."""
    found = _kept(item)
    found.is_done = is_done
    found.save(update_fields=["is_done"])


@transaction.atomic
def decline(*, item: AgendaItem, side: Side, is_declined: bool) -> None:
    """Keep a point of the mentee for later because it is off the topic, or take it up again.

    Raises NotLive, CalledOff, Gone, or NotYours.
    """
    found = _kept(item)
    if side != Side.MENTOR or found.added_by != Side.MENTEE:
        raise NotYours
    found.is_declined = is_declined
    found.save(update_fields=["is_declined"])


@transaction.atomic
def move(*, item: AgendaItem, side: Side, is_up: bool) -> None:
    """Change places with the point before or after it in its section, if there is one.

    Raises NotLive, CalledOff, Gone, or NotYours.
    """
    found = _kept(item)
    if side != Side.MENTOR:
        raise NotYours
    rows = AgendaItem.objects.kept().filter(meeting=found.meeting_id, section=found.section)
    row = list(rows.in_order())
    at = next(number for number, each in enumerate(row) if each.pk == found.pk)
    to = at - 1 if is_up else at + 1
    if not 0 <= to < len(row):
        return
    places = [each.position for each in row]
    row[at], row[to] = row[to], row[at]
    for each, position in zip(row, places, strict=True):
        each.position = position
    AgendaItem.objects.bulk_update(row, ["position"])


@transaction.atomic
def remove(*, item: AgendaItem, side: Side, now: datetime) -> None:
    """Take a point off the agenda; for an hour it can be brought back. Twice is once.

    Raises NotLive, CalledOff, or NotYours.
    """
    found = _locked(item)
    if not may_change(found, side):
        raise NotYours
    _forget_removed(found.meeting, now=now)
    AgendaItem.objects.kept().filter(pk=found.pk).update(removed_at=now)


@transaction.atomic
def restore(*, item: AgendaItem, side: Side, now: datetime) -> None:
    """Bring a removed point back. Raises NotLive, CalledOff, NotYours, or Gone when too late."""
    found = _locked(item)
    if not may_change(found, side):
        raise NotYours
    if found.removed_at is None:
        return
    if found.removed_at <= now - BACK_WITHIN or not found.text:
        raise Gone
    AgendaItem.objects.filter(pk=found.pk).update(removed_at=None)


@transaction.atomic
def carry_over(*, meeting: Meeting, now: datetime) -> int:
    """Open the agenda of the next meeting with what the last one wanted done; return how much.

    Each point comes once, whoever opens the agenda and however often. Raises NotLive.
    """
    if not waiting_for(meeting).exists():
        return 0
    pairing = locked_pair(meeting.pairing)
    items = list(waiting_for(meeting).in_order())
    found = Meeting.objects.get(pk=meeting.pk)
    found.pairing = pairing
    _copy(items, found, section=AgendaSection.SINCE_LAST, now=now)
    return len(items)


@transaction.atomic
def take_over(*, meeting: Meeting, now: datetime) -> Meeting:
    """Copy what a meeting that was called off leaves open to the next one; return that.

    Twice is once. Raises NotLive, NothingPlanned, or Full.
    """
    pairing = locked_pair(meeting.pairing)
    to = next_planned(pairing.pk)
    if to is None:
        raise NothingPlanned
    to.pairing = pairing
    is_off = Meeting.objects.filter(pk=meeting.pk, state=MeetingState.CANCELLED).exists()
    items = list(still_open(meeting, to=to).in_order()) if is_off else []
    if len(items) + AgendaItem.objects.kept().filter(meeting=to).count() > MOST:
        raise Full
    _copy(items, to, section=None, now=now)
    return to


def writable(meeting: Meeting) -> Meeting:
    """The meeting as it is now, with its pairing locked. Raises NotLive or CalledOff."""
    pairing = locked_pair(meeting.pairing)
    found: Meeting = Meeting.objects.get(pk=meeting.pk)
    if found.state == MeetingState.CANCELLED:
        raise CalledOff
    found.pairing = pairing
    return found


def _locked(item: AgendaItem) -> AgendaItem:
    """The point as it is now, of a meeting that may change, removed or not."""
    meeting = writable(Meeting.objects.select_related("pairing").get(pk=item.meeting_id))
    found: AgendaItem = AgendaItem.objects.get(pk=item.pk)
    found.meeting = meeting
    return found


def _kept(item: AgendaItem) -> AgendaItem:
    found = _locked(item)
    if found.removed_at is not None:
        raise Gone
    return found


def _copy(
    items: Iterable[AgendaItem], to: Meeting, *, section: AgendaSection | None, now: datetime
) -> None:
    """Copies at the end of the agenda; one that is there already stays the only one.

    Without a ``section`` they stay in their own, and a copy is of what its original was.
    """
    here = AgendaItem.objects.filter(meeting=to).order_by("-position")
    last = here.values_list("position", flat=True).first() or 0
    copies = [
        AgendaItem(
            **_whose(to),
            section=section or each.section,
            text=each.text,
            position=last + number,
            added_by=each.added_by,
            added_at=now,
            is_done=each.is_done,
            carried_from_id=each.pk if section else each.carried_from_id or each.pk,
        )
        for number, each in enumerate(items, start=1)
    ]
    AgendaItem.objects.bulk_create(copies, ignore_conflicts=True)


def _forget_removed(meeting: Meeting, *, now: datetime) -> None:
    """Empty what was removed long enough ago."""
    old = AgendaItem.objects.filter(meeting=meeting, removed_at__lte=now - BACK_WITHIN)
    old.exclude(text="").update(text="")


def _whose(meeting: Meeting) -> dict[str, object]:
    pairing = meeting.pairing
    return {
        "organization_id": meeting.organization_id,
        "meeting": meeting,
        "mentor_member_id": pairing.mentor.member_id,
        "mentee_member_id": pairing.mentee.member_id,
    }
