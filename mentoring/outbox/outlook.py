"""Who would get what in the time to come, of kinds and about subjects that a reader may see.

Unlike `foresight`, which tells what a sweep at one moment would do, each message is judged on
the day on which it is due, and nobody is locked out meanwhile.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from mentoring.outbox.adding import key_of
from mentoring.outbox.almanac import current_almanac
from mentoring.outbox.bells import SUFFIX, with_bell
from mentoring.outbox.enums import Channel, Reason
from mentoring.outbox.gate import wishes_on
from mentoring.outbox.log import Way, way_of
from mentoring.outbox.models import Message, Schedule
from mentoring.outbox.recurring import RecurringKind, recurring_kind
from mentoring.outbox.registry import label_of, mail_kind
from mentoring.outbox.unrolling import advance

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

logger = structlog.get_logger(__name__)

# Each of them is judged, while somebody waits for the page.
MOST = 20_000
# A week is the shortest rhythm there is; this only ends a loop that a fault would make endless.
MOST_OF_ONE = 50

type Occasion = tuple[str, str, UUID, str]
type Fates = Mapping[UUID, "Fate | None"]


class Fate(StrEnum):
    """What would become of a message, in as few words as its reader's wishes allow."""

    GOES = "goes"
    OWN_WISH = "own_wish"
    NO_BELL = "no_bell"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Planned:
    """A message that something will decide before it is due."""

    kind: str
    recipient: str
    subject_id: UUID
    occurrence: str
    due_at: datetime
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Some kinds, about these subjects; and what is planned of them beyond the queue.

    Kinds are not asked with ``is_open``: what happens until the day decides whether it is wanted.
    """

    kinds: Sequence[str]
    subjects: QuerySet[Any, UUID]
    planned: Sequence[Planned] = ()
    is_open: bool = False


@dataclass(slots=True)
class Ahead:
    """One occasion for one person, with the fate of its mail and of its bell."""

    kind: str
    address: str
    due_at: datetime
    ways: dict[Way, Fate] = field(default_factory=dict)

    @property
    def label(self) -> "Text":
        return label_of(self.kind)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is ahead, soonest first.

    ``left_out`` counts occasions that wait and that nobody wants as things stand, without saying
    whose. With ``is_cut`` there are more than were looked at.
    """

    rows: list[Ahead]
    left_out: int
    is_cut: bool


def outlook(parts: Sequence[Part], *, now: datetime, until: datetime, most: int = MOST) -> Outlook:
    """What waits, what schedules make and what is planned, at most so many. Nothing is written.

    Costs some queries for each kind and day, however many people there are.
    """
    with transaction.atomic():
        shown, is_cut = _found(parts, now=now, until=until, most=most)
        open_kinds = {kind for part in parts if part.is_open for kind in part.kinds}
        fates = _fates(shown, open_kinds, now=now)
        transaction.set_rollback(True)
    wanted = [each for each in shown if fates[each.pk]]
    rows = _together(wanted, fates)
    left_out = len({_occasion(each) for each in shown} - {_occasion(each) for each in wanted})
    return Outlook(rows, left_out, is_cut)


def _found(
    parts: Sequence[Part], *, now: datetime, until: datetime, most: int
) -> tuple[list[Message], bool]:
    """The soonest messages of the parts, and whether there are more.

    Those that are not there yet are made up.
    """
    known: dict[Occasion, Message] = {}
    scheduled, is_cut = _scheduled(parts, now=now, until=until, most=most)
    planned = (each for part in parts for each in part.planned if each.due_at <= until)
    for each in [
        *_waiting(parts, until=until, most=most),
        *_made(scheduled, now=now),
        *_made(planned, now=now),
    ]:
        known.setdefault((each.kind, each.recipient, each.subject_id, each.occurrence), each)
    found = sorted(known.values(), key=lambda each: (each.due_at, each.recipient, each.kind))
    return found[:most], is_cut or len(found) > most


def _waiting(parts: Sequence[Part], *, until: datetime, most: int) -> list[Message]:
    if not parts:
        return []
    about = [
        Q(kind__in=[name for kind in part.kinds for name in with_bell(kind)])
        & Q(("subject_id__in", part.subjects))
        for part in parts
    ]
    rows = Message.objects.filter(look_at__isnull=False, due_at__lte=until)
    return list(rows.filter(reduce(or_, about)).order_by("due_at", "pk")[: most + 1])


def _scheduled(
    parts: Sequence[Part], *, now: datetime, until: datetime, most: int
) -> tuple[list[Planned], bool]:
    """What schedules make until then, as workers would, and whether some were left out.

    It is reckoned, not written.
    """
    about = [
        (kind, part.subjects)
        for part in parts
        for name in part.kinds
        if (kind := recurring_kind(name))
    ]
    if not about:
        return [], False
    made = [
        scheduled_of(kind, subjects, now=now, until=until, most=most) for kind, subjects in about
    ]
    found = sorted((each for some in made for each in some), key=lambda each: each.due_at)
    return found[: most + 1], any(len(some) > most for some in made)


def scheduled_of(
    kind: RecurringKind,
    subjects: QuerySet[Any, UUID],
    *,
    now: datetime,
    until: datetime,
    most: int = MOST,
) -> list[Planned]:
    """What the schedules of a kind make about these subjects until then, at most one too many."""
    rows = Schedule.objects.due(now=until).filter(kind=kind.name, subject_id__in=subjects)
    schedules = list(rows.order_by("next_at")[: most + 1])
    if not schedules:
        return []
    almanac, recipients = current_almanac(), kind.recipients(schedules, now)
    made = [
        planned
        for each in schedules
        if (recipient := recipients.get(each.pk))
        for planned in _made_by(each, kind, recipient, almanac, now=now, until=until)
    ]
    return sorted(made, key=lambda each: each.due_at)[: most + 1]


def _made_by(
    schedule: Schedule,
    kind: RecurringKind,
    recipient: str,
    almanac: Any,
    *,
    now: datetime,
    until: datetime,
) -> Iterator[Planned]:
    moved = copy(schedule)
    for _ in range(MOST_OF_ONE):
        if moved.next_at is None or moved.next_at > until:
            return
        made = advance(kind, moved, almanac, now=max(now, moved.next_at))
        if made and made.due_at <= until:
            yield Planned(
                kind.name, recipient, moved.subject_id, made.name, made.due_at, made.expires_at
            )


def _made(planned: Iterable[Planned], *, now: datetime) -> Iterator[Message]:
    """Messages that are in no table, each with its bell."""
    for each in planned:
        for name in with_bell(each.kind):
            yield Message(
                kind=name,
                channel=Channel.EFFECT if name.endswith(SUFFIX) else Channel.MAIL,
                recipient=key_of(each.recipient),
                address=each.recipient.strip(),
                subject_id=each.subject_id,
                occurrence=each.occurrence,
                due_at=each.due_at,
                look_at=each.due_at,
                expires_at=each.expires_at,
                created_at=now,
            )


def _fates(messages: Sequence[Message], open_kinds: Container[str], *, now: datetime) -> Fates:
    """None where nobody wants the message by then."""
    fates: dict[UUID, Fate | None] = {}
    for (kind, _day), same in _by_day(messages).items():
        moment = max(now, min(each.due_at for each in same))
        timely = [each for each in same if not each.expires_at or each.expires_at > moment]
        fates.update({each.pk: None for each in same})
        fates.update(
            {each.pk: Fate.GOES for each in timely}
            if kind in open_kinds
            else _asked(kind, timely, moment)
        )
    wanted = [each for each in messages if fates[each.pk] == Fate.GOES and not _is_sure(each)]
    for key, reason in wishes_on(wanted, now=now).items():
        fates[key] = Fate.NO_BELL if reason == Reason.NO_BELL else Fate.OWN_WISH
    return fates


def _by_day(messages: Iterable[Message]) -> dict[tuple[str, date], list[Message]]:
    """A mail and its bell are asked about together, because their kind is the same."""
    found: dict[tuple[str, date], list[Message]] = {}
    for each in messages:
        key = each.kind.removesuffix(SUFFIX), each.due_at.date()
        found.setdefault(key, []).append(each)
    return found


def _asked(kind: str, messages: Sequence[Message], moment: datetime) -> Fates:
    """What the kind says; halved to find one that is at fault."""
    if not messages:
        return {}
    try:
        with transaction.atomic():
            unwanted = mail_kind(kind).unwanted(messages, moment)
    except Exception as error:  # noqa: BLE001 - one that fails keeps nobody from seeing the others
        if len(messages) == 1:
            logger.warning("outbox_outlook_failed", kind=kind, error=type(error).__name__)
            return {messages[0].pk: Fate.UNCLEAR}
        middle = len(messages) // 2
        return {
            **_asked(kind, messages[:middle], moment),
            **_asked(kind, messages[middle:], moment),
        }
    return {each.pk: None if each.pk in unwanted else Fate.GOES for each in messages}


def _is_sure(message: Message) -> bool:
    """What is essential is sent whatever the person wants."""
    return mail_kind(message.kind.removesuffix(SUFFIX)).is_essential


def _together(messages: Iterable[Message], fates: Fates) -> list[Ahead]:
    rows: dict[tuple[Occasion, datetime], Ahead] = {}
    for each in messages:
        occasion = _occasion(each)
        row = rows.setdefault(
            (occasion, each.due_at), Ahead(occasion[0], each.address or each.recipient, each.due_at)
        )
        fate = fates[each.pk]
        if fate:
            row.ways[way_of(each)] = fate
    return list(rows.values())


def _occasion(message: Message) -> Occasion:
    kind = message.kind.removesuffix(SUFFIX)
    return kind, message.recipient, message.subject_id, message.occurrence
