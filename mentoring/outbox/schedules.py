"""Decide what comes again and again: begin, change and end it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import batched
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from mentoring.lib.recurrence import Every
from mentoring.outbox.almanac import Almanac, current_almanac, zones_of
from mentoring.outbox.models import Schedule, ScheduleQuerySet
from mentoring.outbox.reckoning import begin, write_all

BATCH = 1000
RULE = ("label", "every", "anchor", "at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person is to get again and again about a subject.

    The ``label`` begins the name of each occurrence, before a colon. Without ``at`` it comes
    at the organization's hour. The place is where the person is. A day that is ``settled``
    never comes, nor any before it.
    """

    person: UUID
    subject_id: UUID
    label: str
    every: Every
    anchor: date
    at: time | None = None
    settled: date | None = None

    @property
    def key(self) -> tuple[UUID, UUID]:
        return self.person, self.subject_id


@transaction.atomic
def keep_schedules(*, kind: str, wanted: Iterable[Wanted], now: datetime) -> None:
    """Let each person have exactly one schedule of the kind about each subject, like this.

    One with the same rule stays as it is; another rule counts from now on, and a day that was
    settled under the old one does not come back. One that had ended begins again.
    """
    # In one order for everybody: two transactions that want the same wait instead of deadlocking.
    everything = sorted({each.key: each for each in wanted}.values(), key=lambda each: each.key)
    if not everything:
        return
    almanac = current_almanac()
    for some in batched(everything, BATCH):
        _keep(kind, some, almanac, now=now)


@transaction.atomic
def keep_exactly(*, kind: str, wanted: Iterable[Wanted], now: datetime) -> None:
    """Let these schedules of the kind be, and end all others of it.

    For whoever knows at any time what the whole should be: it mends what was missed.
    """
    everything = list(wanted)
    keys = {each.key for each in everything}
    others = [
        pk
        for pk, *key in Schedule.objects.going_on()
        .filter(kind=kind)
        .values_list("pk", "person", "subject_id")
        if tuple(key) not in keys
    ]
    _end(Schedule.objects.going_on().filter(pk__in=others), now=now)
    keep_schedules(kind=kind, wanted=everything, now=now)


def _keep(kind: str, wanted: Sequence[Wanted], almanac: Almanac, *, now: datetime) -> None:
    zones = zones_of({each.person for each in wanted})
    new = [_made(kind, each, zones.get(each.person, "UTC")) for each in wanted]
    for schedule in new:
        begin(schedule, almanac, now=now)
    Schedule.objects.bulk_create(new, ignore_conflicts=True)
    by_key = {each.key: each for each in wanted}
    people, subjects = {each.person for each in wanted}, {each.subject_id for each in wanted}
    there = Schedule.objects.filter(kind=kind, person__in=people, subject_id__in=subjects)
    changed = []
    for schedule in there.select_for_update().order_by("pk"):
        same = by_key.get((schedule.person, schedule.subject_id))
        if same and (schedule.ended_at or _rule(schedule) != _rule(same)):
            for name in RULE:
                setattr(schedule, name, getattr(same, name))
            schedule.zone = zones.get(schedule.person, schedule.zone)
            schedule.done_on = max(filter(None, (schedule.done_on, same.settled)), default=None)
            begin(schedule, almanac, now=now)
            changed.append(schedule)
    write_all(changed)


def _made(kind: str, wanted: Wanted, zone: str) -> Schedule:
    rule = {name: getattr(wanted, name) for name in RULE}
    return Schedule(
        kind=kind,
        person=wanted.person,
        subject_id=wanted.subject_id,
        zone=zone,
        done_on=wanted.settled,
        **rule,
    )


def _rule(row: Schedule | Wanted) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in RULE)


@transaction.atomic
def end_schedules(
    *,
    now: datetime,
    kind: str = "",
    subject_ids: Collection[UUID] | None = None,
    persons: Collection[UUID] | None = None,
) -> int:
    """End those that are of the kind, about the subjects and for the people; return how many.

    What is left out does not narrow. Messages that were made stay as they are. Raises
    ValueError when nothing is said at all, because that would end everything.
    """
    narrowed = Q()
    if kind:
        narrowed &= Q(kind=kind)
    if subject_ids is not None:
        narrowed &= Q(subject_id__in=list(subject_ids))
    if persons is not None:
        narrowed &= Q(person__in=list(persons))
    if not narrowed:
        raise ValueError("Say which schedules are to end.")
    return _end(Schedule.objects.going_on().filter(narrowed), now=now)


def _end(rows: ScheduleQuerySet, *, now: datetime) -> int:
    # In the order of everybody who takes several, so that nobody deadlocks.
    held = [pk for (pk,) in rows.select_for_update().order_by("pk").values_list("pk")]
    return Schedule.objects.filter(pk__in=held).update(next_at=None, ended_at=now)
