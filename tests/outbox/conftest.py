"""Messages of invented kinds, a mail server, and a clock that tests can set."""

import json
import socket
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from celery import current_app
from redis import Redis

from accounts.models import Organization
from mentoring.lib.ids import uuid7
from mentoring.lib.mailers import mailer_from_url
from mentoring.lib.recurrence import Every
from mentoring.outbox import jobs, nudge, recurring, registry
from mentoring.outbox.enums import Reason
from mentoring.outbox.models import Message, Schedule
from mentoring.outbox.operations import enqueue
from mentoring.outbox.recurring import RecurringKind
from mentoring.outbox.registry import Letter, MailKind
from mentoring.outbox.schedules import Wanted, keep_schedules
from mentoring.outbox.unrolling import unroll_some
from mentoring.tenancy.scope import within
from tests.factories import create_organization, inside
from tests.outbox.moments import MONDAY
from tests.outbox.post import Post, open_post

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


class Notes:
    """A kind of mail whose wishes and faults a test chooses."""

    name = "tests.note"

    def __init__(self) -> None:
        self.unwanted: set[UUID] = set()
        self.poison: set[UUID] = set()
        self.breaks_transaction: set[UUID] = set()
        self.asked: list[UUID] = []
        self.writes_when_asked = False

    def find_unwanted(self, messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
        self.asked += [each.pk for each in messages]
        if self.writes_when_asked:
            Message.objects.update(detail="asked")
        for message in messages:
            if message.subject_id in self.breaks_transaction:
                Message.objects.create(pk=message.pk)
        return {each.pk: Reason.WITHDRAWN for each in messages if each.subject_id in self.unwanted}

    def write(self, message: Message, now: datetime) -> Letter:
        if message.subject_id in self.poison:
            raise ZeroDivisionError
        return Letter(
            to=("Ada", message.address),
            language="en",
            time_zone="Europe/Berlin",
            context={"organization": "Acme", "invited_by": "Bo", "expires_at": now, "url": "/"},
        )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Notes:
    notes = Notes()
    kind = MailKind(
        name=Notes.name,
        label="Note",
        template="mail/invitation",
        unwanted=notes.find_unwanted,
        write=notes.write,
    )
    monkeypatch.setitem(registry._kinds, kind.name, kind)
    return notes


@pytest.fixture
def organization(committed_db: object) -> Organization:
    return create_organization("Acme")


@pytest.fixture
def port() -> int:
    """A port on loopback where nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def post(port: int, settings: object) -> Iterator[Post]:
    """A mail server, to which the settings point."""
    with open_post(port) as post:
        settings.MAILERS = {"default": mailer_from_url(post.url)}  # type: ignore[attr-defined]
        yield post


class Queue:
    """What waits in Redis."""

    name = "celery"

    def __init__(self, url: str) -> None:
        self.redis = Redis.from_url(url)

    def empty(self) -> None:
        self.redis.delete(self.name)

    def tasks(self) -> list[tuple[str, dict[str, object]]]:
        """Name and arguments of each task, first come first."""
        found = []
        for raw in reversed(self.redis.lrange(self.name, 0, -1)):
            message = json.loads(raw)
            _args, arguments, _ = json.loads(b64decode(message["body"]))
            found.append((message["headers"]["task"], arguments))
        return found


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine even a living Redis may need a moment."""
    monkeypatch.setattr(nudge, "PATIENCE", 20.0)


@pytest.fixture
def queue(committed_db: object, patient: None) -> Iterator[Queue]:
    queue = Queue(current_app.conf.broker_url)
    queue.empty()
    yield queue
    queue.empty()
    queue.redis.close()


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """One test's dead Redis is not the next one's."""
    monkeypatch.setattr(nudge._Pause, "until", 0.0)


type Enqueue = Callable[..., Message]


@pytest.fixture
def add(organization: Organization, notes: Notes, clock: Clock) -> Enqueue:
    """Enqueue a note, committed; due now unless told otherwise."""

    def add(recipient: str = "ada@example.org", **more: object) -> Message:
        wanted = {
            "kind": Notes.name,
            "subject_id": uuid7(),
            "occurrence": "1",
            "due_at": clock(),
            **more,
        }
        with inside(organization):
            return enqueue(recipient=recipient, **wanted)

    return add


@pytest.fixture
def deliver(organization: Organization, clock: Clock) -> Callable[..., bool]:
    """What the task does, in this process."""

    def deliver(of: Organization = organization, **more: float) -> bool:
        with within(of):
            return jobs.deliver(clock=clock, **more)

    return deliver


@pytest.fixture
def state() -> Callable[[Message], Message]:
    """The message as it is in the database now."""

    def state(message: Message) -> Message:
        with inside(message.organization_id):
            return Message.objects.get(pk=message.pk)

    return state


class Prompts:
    """A recurring kind whose recipients and faults a test chooses."""

    def __init__(self):
        self.nobody = set()
        self.poison = set()
        self.asked = []

    def recipients(self, schedules, now):
        self.asked += [each.pk for each in schedules]
        if any(each.person in self.poison for each in schedules):
            raise ZeroDivisionError
        return {
            each.pk: f"{each.person}@example.org"
            for each in schedules
            if each.person not in self.nobody
        }


@pytest.fixture
def prompts(notes, monkeypatch):
    prompts = Prompts()
    kind = RecurringKind(name=Notes.name, lasts=timedelta(days=3), recipients=prompts.recipients)
    monkeypatch.setitem(recurring._kinds, kind.name, kind)
    return prompts


@pytest.fixture
def keep(organization, prompts):
    """Keep a schedule, committed; a member of the organization gets it unless told otherwise."""

    def keep(*, now, of=organization, **more):
        wanted = {
            "person": uuid7(),
            "subject_id": uuid7(),
            "label": "mentor",
            "every": Every.MONTH,
            "anchor": MONDAY,
            **more,
        }
        with inside(of):
            keep_schedules(kind=Notes.name, wanted=[Wanted(**wanted)], now=now)
            return Schedule.objects.get(person=wanted["person"], subject_id=wanted["subject_id"])

    return keep


@pytest.fixture
def unroll(organization):
    def unroll(now, of=organization):
        count = 0
        with within(of):
            while found := unroll_some(now=now):
                count += found
        return count

    return unroll


@pytest.fixture
def made(organization):
    """Occurrence, due moment and end of every message, by due moment."""

    def made(of=organization):
        with inside(of):
            rows = Message.objects.filter(kind=Notes.name).order_by("due_at", "occurrence")
            return [(each.occurrence, each.due_at, each.expires_at) for each in rows]

    return made


@pytest.fixture
def now_as(organization):
    def now_as(schedule):
        with inside(schedule.organization_id):
            return Schedule.objects.get(pk=schedule.pk)

    return now_as
