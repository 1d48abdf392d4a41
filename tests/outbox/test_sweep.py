"""``manage.py sweep``: what beat and workers do, in one process and at a moment of choice."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta
from io import StringIO
from threading import Barrier, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from accounts.operations.invitations import KIND
from mentoring.lib.ids import uuid7
from mentoring.lib.mailers import mailer_from_url
from mentoring.lib.recurrence import Every
from mentoring.outbox.claims import claim_mails
from mentoring.outbox.enums import Reason, State
from mentoring.outbox.models import Message
from mentoring.outbox.sweeping import sweep_here
from mentoring.tenancy.scope import within
from tests.factories import create_organization, create_owner, inside
from tests.outbox.test_worker import invite_many
from tests.plugins.databases import ROOT

DAY = timedelta(days=1)


@pytest.fixture
def clock(clock):
    """The real time, because that is what the command asks."""
    clock.now = timezone.now()
    return clock


def sweep(**options):
    """What the command tells, as JSON."""
    out = StringIO()
    call_command("sweep", json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def counts(facts):
    return {name: count for name, count in facts["total"].items() if count}


def test_it_sends_what_is_due_in_all_organizations_and_nothing_else(
    add, clock, post, state, organization
):
    due, later = add("ada@example.org"), add("bo@example.org", due_at=clock() + DAY)
    other = create_owner()
    invite_many(other, 3)

    facts = sweep()

    assert sorted(post.counts) == ["ada@example.org", *(f"large{n}@example.org" for n in range(3))]
    assert {(row["organization"], row["kind"], row["sent"]) for row in facts["rows"]} == {
        (organization.slug, "tests.note", 1),
        (other.organization.slug, KIND, 3),
    }
    assert counts(facts) == {"sent": 4}
    assert (state(due).state, state(later).state) == (State.SENT, State.QUEUED)
    assert counts(sweep()) == {}


def test_a_dry_run_tells_and_changes_nothing(add, clock, notes, post, organization):
    subjects = [uuid7() for _ in range(3)]
    notes.unwanted.add(subjects[0])
    for number, subject_id in enumerate(subjects):
        add(f"p{number}@example.org", subject_id=subject_id)
    add("late@example.org", due_at=clock() - DAY, expires_at=clock() - timedelta(hours=1))
    broken = uuid7()
    notes.breaks_transaction.add(broken)
    add("broken@example.org", subject_id=broken)
    with inside(organization):
        Message.objects.filter(recipient="p2@example.org").update(kind="tests.removed")
        before = list(Message.objects.order_by("pk").values())

    notes.writes_when_asked = True

    facts = sweep(dry_run=True)

    assert facts["rows"] == [
        {
            "organization": organization.slug, "kind": "tests.note", "sent": 1, "skipped": 1,
            "expired": 1, "failed": 1, "again": 0, "reasons": {"withdrawn": 1, "broken": 1},
        },
        {
            "organization": organization.slug, "kind": "tests.removed", "sent": 0, "skipped": 0,
            "expired": 0, "failed": 1, "again": 0, "reasons": {"unknown": 1},
        },
    ]  # fmt: skip
    assert post.mails == []
    with inside(organization):
        assert list(Message.objects.order_by("pk").values()) == before


def test_a_later_moment_judges_by_that_moment_and_marks_by_the_real_one(add, clock, post, state):
    tomorrow = add("ada@example.org", due_at=clock() + DAY)
    over = add("bo@example.org", due_at=clock() + DAY, expires_at=clock() + 2 * DAY)
    next_week = add("cy@example.org", due_at=clock() + 7 * DAY)

    facts = sweep(at=(clock() + 3 * DAY).isoformat())

    assert counts(facts) == {"sent": 1, "expired": 1}
    assert post.recipients == ["ada@example.org"]
    assert (state(over).state, state(next_week).state) == (State.EXPIRED, State.QUEUED)
    assert abs(state(tomorrow).finished_at - timezone.now()) < timedelta(minutes=5)


def test_an_earlier_moment_leaves_what_became_due_since(add, clock, post):
    add("ada@example.org", due_at=clock() - 2 * DAY)
    add("bo@example.org", due_at=clock() - timedelta(hours=1))
    over = {"due_at": clock() - 3 * DAY, "expires_at": clock() - timedelta(hours=1)}
    add("cy@example.org", **over)

    facts = sweep(at=(clock() - DAY).isoformat())

    assert counts(facts) == {"sent": 1, "expired": 1}
    assert post.recipients == ["ada@example.org"]


def test_a_later_moment_ends_no_lease_and_no_pause(add, clock, post, state, organization, notes):
    held, poison = add("ada@example.org"), uuid7()
    with within(organization):
        claim_mails(now=timezone.now(), limit=1)
    notes.poison.add(poison)
    failing = add("bo@example.org", subject_id=poison)

    with pytest.raises(SystemExit) as left:
        sweep(at=(clock() + DAY).isoformat())

    assert left.value.code == 75
    assert post.mails == []
    assert (state(held).state, state(held).attempts) == (State.CLAIMED, 0)
    assert (state(failing).state, state(failing).attempts) == (State.QUEUED, 1)
    assert state(failing).look_at < timezone.now() + timedelta(minutes=5)


def test_a_mail_server_that_is_away_is_told_to_the_scheduler(add, settings, port, state, capsys):
    settings.MAILERS = {"default": mails_to(port)}
    message = add()
    with pytest.raises(SystemExit) as left:
        call_command("sweep")
    assert left.value.code == 75
    assert "1 unreachable" in capsys.readouterr().out
    assert state(message).reason == Reason.UNREACHABLE


def mails_to(port):
    return mailer_from_url(f"smtp://127.0.0.1:{port}")


def test_one_organization_alone(add, post, organization):
    add("ada@example.org")
    other = create_owner()
    invite_many(other, 2)
    assert counts(sweep(organization=other.organization.slug)) == {"sent": 2}
    assert counts(sweep(organization=create_organization().slug)) == {}
    assert post.recipients == ["large0@example.org", "large1@example.org"]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"at": "2027-03-01T09:00"}, "has no time zone"),
        ({"at": "next monday"}, "is not a moment"),
        ({"at": ""}, "is not a moment"),
        ({"at": "9999-12-31T23:59:59-14:00"}, "is the year right?"),
        ({"organization": "nobody-there"}, "No organization has the address"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(committed_db, options, error):
    with pytest.raises(CommandError, match=error):
        call_command("sweep", **options)


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00+14:00", "2027-03-01T09:00Z", "2026-12-24 12:00+01:00"]
)
def test_moments_with_a_zone_are_understood(committed_db, at):
    facts = sweep(at=at, dry_run=True)
    assert datetime.fromisoformat(facts["at"]) == datetime.fromisoformat(at)


def test_sweeps_at_once_send_each_mail_once(committed_db, post):
    owners = [create_owner() for _ in range(2)]
    for owner in owners:
        invite_many(owner, 60)
    start, swept = Barrier(3), []

    def run() -> None:
        start.wait()
        swept.append(sweep_here(at=timezone.now(), clock=timezone.now))
        connections.close_all()

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)

    assert len(post.mails) == 120
    assert sum(each.total(State.SENT) for each in swept) == 120


def test_it_needs_no_redis(committed_db, free_port, post):
    invite_many(create_owner(), 2)
    done = subprocess.run(
        [sys.executable, "manage.py", "sweep"],
        cwd=ROOT,
        env={**os.environ, "REDIS_URL": f"redis://127.0.0.1:{free_port}/0", "MAIL_URL": post.url},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "2 sent, 0 skipped" in done.stdout
    assert len(post.mails) == 2


def test_schedules_are_swept_too_and_no_occurrence_ahead_is_left_out(
    keep, clock, post, made, now_as, organization
):
    monday = clock().date() + timedelta(days=7 - clock().date().weekday())
    schedule = keep(now=clock(), anchor=monday, every=Every.WEEK)
    at = datetime.combine(monday + timedelta(days=15), time(12), tzinfo=UTC)
    before = now_as(schedule).next_on

    foretold = sweep(at=at.isoformat(), dry_run=True)

    assert counts(foretold) == {"sent": 1, "expired": 2}
    assert (made(), now_as(schedule).next_on) == ([], before)

    facts = sweep(at=at.isoformat())
    assert counts(facts) == counts(foretold)
    assert len(made()) == 3
    assert now_as(schedule).next_on == before + timedelta(days=21)
